import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Argv } from 'yargs';
import { suggestion } from '../../core/suggest.ts';
import { trafficKey } from '../../experiment/cells.ts';
import { type Contestant, contrasts } from '../../experiment/contrast.ts';
import { optionsOf } from '../../experiment/run.ts';
import { SUMMARY_COLUMNS } from '../../measure/columns.ts';
import { contrastRows, contrastWords } from '../../render/contrast-report.ts';
import { formatProblem } from '../../scenario/problem.ts';
import { run } from '../execute.ts';
import { EXIT, UsageError } from '../exit-code.ts';
import { interruption } from '../interruption.ts';
import { loadScenario } from '../load-scenario.ts';
import { type OverrideArgs, once, overrideOptions, overridesOf, threadsOf } from '../options.ts';
import { plainTable } from '../plain-table.ts';
import { progressBar } from '../progress.ts';
import { resultRows } from '../result-table.ts';
import { systemMessage } from '../system-message.ts';
import { hanging } from '../table.ts';

export function builder<T>(args: Argv<T>) {
  const what = 'a scenario file or a folder of results; after a colon a platform, as my.yaml:modal';
  return overrideOptions(args)
    .positional('a', { type: 'string', demandOption: true, describe: what })
    .positional('b', { type: 'string', demandOption: true, describe: what })
    .option('threads', { type: 'string', requiresArg: true, describe: 'worker threads [default: the cores]' })
    .option('json', { type: 'boolean', describe: 'print one JSON object and nothing else' })
    .option('quiet', { type: 'boolean', describe: 'show no progress' })
    .example('$0 my.yaml:replicate my.yaml:modal', 'two platforms of one file, on the same requests')
    .example('$0 results/monday results/tuesday', 'what two runs wrote');
}

export interface CompareArgs extends OverrideArgs {
  a: string;
  b: string;
  threads?: string | string[] | undefined;
  json?: boolean | undefined;
  quiet?: boolean | undefined;
}

/** @returns the exit code */
export async function handler(args: CompareArgs): Promise<number> {
  const threads = threadsOf(once('threads', args.threads));
  const { signal, release } = interruption();
  try {
    const a = await contestant(args.a, args, threads, signal);
    const b = await contestant(args.b, args, threads, signal);
    const found = contrasts(a, b);
    const unstable = [a, b].filter(({ row }) => row.status === 'unstable');
    for (const { name } of unstable)
      process.stderr.write(
        `warning: ${name} is unstable: it serves less than what comes, and its cost is for what it serves\n`,
      );
    const code = unstable.length > 0 ? EXIT.doubtful : EXIT.done;
    if (args.json) {
      process.stdout.write(`${JSON.stringify({ a: a.name, b: b.name, contrasts: found })}\n`);
      return code;
    }
    const width = process.stdout.isTTY ? process.stdout.columns : 80;
    const words = contrastWords(a, b, found).map((line) => hanging(line, width));
    process.stdout.write(`${[plainTable(contrastRows(a, b, found)), ...words].join('\n')}\n`);
    return code;
  } finally {
    release();
  }
}

/** What a word of the command line names. */
async function contestant(
  word: string,
  args: CompareArgs,
  threads: number,
  signal: AbortSignal,
): Promise<Contestant> {
  const colon = existsSync(word) ? -1 : word.lastIndexOf(':');
  const [path, platform] = colon > 0 ? [word.slice(0, colon), word.slice(colon + 1)] : [word, undefined];
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined)
    throw new UsageError(
      `${path || 'an empty name'}: there is no such file or folder; expected a scenario file or a folder of results, as my.yaml:modal`,
    );
  if (!found.isDirectory()) return ofScenario(path, platform, args, threads, signal);
  const [override] = overridesOf(args);
  if (override)
    throw new UsageError(
      `${override.option}: ${path} holds results, which are what they are; name a scenario file`,
    );
  return ofFolder(path, platform);
}

/** One of several by its name; without a name there must be only one. */
function chosen<Item>(
  path: string,
  items: ReadonlyMap<string, Item>,
  name: string | undefined,
): [string, Item] {
  const names = [...items.keys()];
  if (name === undefined && names.length === 1) return [...items][0]!;
  if (name !== undefined && items.has(name)) return [name, items.get(name)!];
  if (name) throw new UsageError(`${path}: no platform "${name}"${suggestion(name, names)}`);
  throw new UsageError(
    `${path}: name one of its platforms, as ${path}:${names[0]}; there are ${names.join(', ')}`,
  );
}

/** What a run wrote: values with their intervals, without the replications. */
function ofFolder(path: string, platform: string | undefined): Contestant {
  const file = join(path, 'summary.csv');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(
      `${file} cannot be read: ${systemMessage(error)}; expected a folder that warmpool run wrote`,
    );
  }
  const rows = resultRows(text, file, SUMMARY_COLUMNS, ['platform', 'status', 'cost_usd_per_hour']);
  const byName = new Map(rows.map((row) => [String(row.platform ?? ''), row]));
  if (byName.size === 0) throw new UsageError(`${file}: expected rows of platforms, here none`);
  const [name, row] = chosen(path, byName, platform);
  return { name, row, hours: undefined, totals: [], traffic: undefined, isShared: false };
}

async function ofScenario(
  path: string,
  platform: string | undefined,
  args: CompareArgs,
  threads: number,
  signal: AbortSignal,
): Promise<Contestant> {
  const { scenario, warnings, inputs } = await loadScenario(path, overridesOf(args), signal);
  for (const warning of warnings) process.stderr.write(`${formatProblem(warning)}\n`);
  const places = new Map(scenario.platforms.map((one) => [one.name, one]));
  const [name, spec] = chosen(path, places, platform);
  const alone = { ...scenario, platforms: [spec], plans: [] };
  const progress = progressBar(`${scenario.name}: ${name}`, args.quiet ?? false);
  const result = await run(alone, { threads, signal, onProgress: progress.update }).finally(progress.stop);
  const [option] = optionsOf(result);
  // Two logs of one name may be different logs.
  const traffic = JSON.stringify([trafficKey(scenario), spec.sources, inputs.map(({ sha256 }) => sha256)]);
  return {
    name,
    row: option!.summary.row,
    hours: scenario.duration_us / 3600e6,
    totals: option!.totals,
    traffic,
    isShared: spec.background !== undefined,
  };
}
