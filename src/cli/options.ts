import { availableParallelism } from 'node:os';
import { parse as parseYaml } from 'yaml';
import type { Argv } from 'yargs';
import type { Override } from '../scenario/yaml-source.ts';
import { UsageError } from './exit-code.ts';

/** Options of every command that reads scenarios. */
export function overrideOptions<T>(args: Argv<T>) {
  return args
    .option('seed', { type: 'string', requiresArg: true, describe: 'seed in place of the file’s' })
    .option('replications', { type: 'string', requiresArg: true, describe: 'number of independent runs' })
    .option('duration', { type: 'string', requiresArg: true, describe: 'length of a run, as 24h' })
    .option('set', {
      type: 'string',
      array: false,
      requiresArg: true,
      describe: 'a value in place of the file’s, as platforms.modal.keep_warm=2; may be repeated',
    });
}

export interface OverrideArgs {
  seed?: string | string[] | undefined;
  replications?: string | string[] | undefined;
  duration?: string | string[] | undefined;
  set?: string | string[] | undefined;
}

/** What was given on the command line in place of the file's values, in order: the named options last. */
export function overridesOf(args: OverrideArgs): Override[] {
  const sets = [args.set ?? []].flat().map((text) => {
    const equals = text.indexOf('=');
    if (equals <= 0)
      throw new UsageError(`--set ${text}: expected path=value, as platforms.modal.keep_warm=2`);
    const path = text.slice(0, equals).split('.');
    if (path.some((step) => step === '' || step === '__proto__')) {
      throw new UsageError(`--set ${text}: expected a path of names and dots, as platforms.modal.keep_warm`);
    }
    return { option: `--set ${text}`, path, value: yamlValue(`--set ${text}`, text.slice(equals + 1)) };
  });
  const named = (['seed', 'replications', 'duration'] as const).flatMap((name) => {
    const text = once(name, args[name]);
    if (text === undefined) return [];
    // A seed that does not look like a number is the text itself, whatever YAML would make of it.
    const isText = name === 'seed' && text !== '' && !/^[-+.\d]/.test(text);
    return [
      {
        option: `--${name} ${text}`,
        path: [name],
        value: isText ? text : yamlValue(`--${name} ${text}`, text),
      },
    ];
  });
  return [...sets, ...named];
}

/** An option that may be given once. */
export function once(name: string, value: string | string[] | undefined): string | undefined {
  if (Array.isArray(value)) throw new UsageError(`--${name} is given ${value.length} times: give it once`);
  return value;
}

/** Values are read as in the file: 2 is a number, 60s a text, {"08:00": 2} a table. */
function yamlValue(option: string, text: string): unknown {
  try {
    return parseYaml(text, { maxAliasCount: 0, logLevel: 'error' });
  } catch {
    throw new UsageError(`${option}: the value is not YAML`);
  }
}

/** A number of threads; by default the cores. */
export function threadsOf(text: string | undefined): number {
  if (text === undefined) return availableParallelism();
  const threads = Number(text);
  if (Number.isInteger(threads) && threads >= 1 && threads <= 1024) return threads;
  throw new UsageError(`--threads ${text}: expected a whole number from 1 to 1024`);
}

/** As `2%`, or a share as 0.02. */
export function precisionOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const share = /%$/.test(text) ? Number(text.slice(0, -1)) / 100 : Number(text);
  if (text !== '' && share > 0 && share < 1) return share;
  throw new UsageError(`--precision ${text}: expected a percentage, as 2%`);
}
