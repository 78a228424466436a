import type { Argv } from 'yargs';
import { axesOf, edgesOf } from '../../experiment/grid.ts';
import { formatProblem, type Problem, ScenarioError } from '../../scenario/problem.ts';
import { EXIT, UsageError } from '../exit-code.ts';
import { loadCells } from '../load-cells.ts';
import { loadWritten, readText, writtenText } from '../load-scenario.ts';
import { type OverrideArgs, overrideOptions, overridesOf } from '../options.ts';

export function builder<T>(args: Argv<T>) {
  return overrideOptions(args)
    .positional('files', { type: 'string', array: true, demandOption: true, describe: 'scenario files' })
    .option('quiet', { type: 'boolean', describe: 'print nothing but errors' });
}

export interface ValidateArgs extends OverrideArgs {
  files: string[];
  quiet?: boolean | undefined;
}

/** @returns the exit code */
export async function handler(args: ValidateArgs): Promise<number> {
  if (args.files.length === 0) throw new UsageError('expected at least one scenario file');
  const overrides = overridesOf(args);
  const problems: Problem[] = [];
  for (const file of args.files) {
    try {
      const written = writtenText(readText(file), file);
      const { scenario, warnings } = await loadWritten(written, overrides);
      const axes = scenario.sweep ? axesOf(scenario.sweep) : [];
      if (axes.length > 0) await loadCells(written, axes, edgesOf(axes), { overrides });
      if (args.quiet) continue;
      for (const warning of warnings) process.stderr.write(`${formatProblem(warning)}\n`);
      const platforms = scenario.platforms.map((platform) => platform.name).join(', ');
      process.stdout.write(`${file}: ok (${scenario.name}: ${platforms})\n`);
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new ScenarioError(problems);
  return EXIT.done;
}
