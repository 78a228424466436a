import { join } from 'node:path';
import type { Argv } from 'yargs';
import { answerOf } from '../../experiment/answer.ts';
import { ASSUMPTIONS } from '../../experiment/assumptions.ts';
import type { CellResult } from '../../experiment/cells.ts';
import { type Axis, settingsOf } from '../../experiment/grid.ts';
import { anchorOf, type Optimum, optimumOf, type Tried, tornado } from '../../experiment/optimum.ts';
import { coarseAxes, fineAxes, KNOBS } from '../../experiment/search-space.ts';
import { priceBooks } from '../../platforms/prices/table.ts';
import type { PlatformSpec } from '../../platforms/table.ts';
import { csvLines, jsonRow } from '../../render/csv.ts';
import { optimumColumns, optimumRows, optimumWords, tornadoLines } from '../../render/optimum-report.ts';
import { formatProblem, ScenarioError } from '../../scenario/problem.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { evaluator } from '../evaluator.ts';
import { EXIT, UsageError } from '../exit-code.ts';
import { interruption } from '../interruption.ts';
import { type LoadedCells, loadCells } from '../load-cells.ts';
import { type LoadedScenario, loadText, loadWritten, readText, writtenText } from '../load-scenario.ts';
import { manifestFile } from '../manifest.ts';
import { type OverrideArgs, once, overrideOptions, overridesOf, threadsOf } from '../options.ts';
import { probeFolder, writeFiles } from '../output.ts';
import { progressBar } from '../progress.ts';
import { hanging } from '../table.ts';

export const command = 'optimize <file>';
export const describe = 'find the cheapest setting of a platform that meets the SLO, and what it hangs on';

export function builder<T>(args: Argv<T>) {
  return overrideOptions(args)
    .positional('file', { type: 'string', demandOption: true, describe: 'a scenario file with an slo' })
    .option('platform', {
      type: 'string',
      requiresArg: true,
      describe: 'which platform [default: the only one that has settings]',
    })
    .option('out', { type: 'string', requiresArg: true, describe: 'folder for results [default: results]' })
    .option('threads', { type: 'string', requiresArg: true, describe: 'worker threads [default: the cores]' })
    .option('json', { type: 'boolean', describe: 'print optimize.csv as JSON lines and nothing else' })
    .option('quiet', { type: 'boolean', describe: 'print nothing but errors' })
    .example(
      '$0 optimize my.yaml --platform modal',
      'GPU, keep_warm, idle window, buffer and most containers',
    );
}

export interface OptimizeArgs extends OverrideArgs {
  file: string;
  platform?: string | string[] | undefined;
  out?: string | string[] | undefined;
  threads?: string | string[] | undefined;
  json?: boolean | undefined;
  quiet?: boolean | undefined;
}

/** A scenario, the platform that is tuned, and how its settings are run. */
interface Task {
  readonly loaded: LoadedScenario;
  readonly platform: PlatformSpec;
  /** The scenarios of a grid. */
  readonly cells: (axes: readonly Axis[]) => Promise<LoadedCells>;
  /** The platform that is tuned alone, in each scenario. */
  readonly evaluate: (scenarios: readonly Scenario[]) => Promise<CellResult[]>;
}

/** @returns the exit code */
export async function handler(args: OptimizeArgs): Promise<number> {
  const out = once('out', args.out) ?? 'results';
  if (out === '') throw new UsageError('--out: expected a folder');
  const threads = threadsOf(once('threads', args.threads));
  const { signal, release } = interruption();
  const progress = progressBar('optimize', args.quiet ?? false);
  try {
    const text = readText(args.file);
    const overrides = overridesOf(args);
    const written = writtenText(text, args.file);
    const loaded = await loadWritten(written, overrides, signal);
    for (const warning of loaded.warnings) process.stderr.write(`${formatProblem(warning)}\n`);
    const platform = tunedPlatform(loaded.scenario, args);
    const folder = join(out, loaded.scenario.name);
    probeFolder(folder);
    const run = evaluator({ threads, signal }, progress.update);
    const task: Task = {
      loaded,
      platform,
      cells: (axes) => loadCells(written, axes, settingsOf(axes), { overrides, signal }),
      evaluate: (scenarios) => run.cells(scenarios, platform.name),
    };
    const gpus = await usableGpus(text, args, platform, loaded.scenario, signal);
    const { optimum, scenarios } = await search(task, gpus);
    const swings = await sensitivity(task, optimum, scenarios);
    progress.stop();
    write(loaded, args, platform, optimum, folder);
    report(args, optimum, loaded, swings, `${folder}/{optimize.csv,optimize.manifest.json}`);
    return optimum.answer.best === undefined ? EXIT.doubtful : EXIT.done;
  } finally {
    progress.stop();
    release();
  }
}

function tunedPlatform({ platforms, slo, sweep }: Scenario, args: OptimizeArgs): PlatformSpec {
  if (Object.keys(slo).length === 0)
    throw new UsageError(`${args.file}: expected an slo to meet, as slo: {latency_p95: 15s}`);
  const tunable = platforms.filter(({ kind }) => KNOBS[kind] !== undefined);
  const name =
    once('platform', args.platform) ??
    sweep?.platform ??
    (tunable.length === 1 ? tunable[0]!.name : undefined);
  const found = tunable.find((platform) => platform.name === name);
  if (found) return found;
  const names = tunable.map((platform) => platform.name).join(', ');
  throw new UsageError(
    `${args.file}: name the platform to tune with --platform; those with settings are ${names || 'none'}`,
  );
}

/** GPUs of the price book that the model runs on, with a speed of their own; none if the scenario gives price or speed itself. */
async function usableGpus(
  text: string,
  args: OptimizeArgs,
  platform: PlatformSpec,
  scenario: Scenario,
  signal: AbortSignal,
): Promise<string[]> {
  const book = priceBooks.find(({ name }) => name === scenario.prices);
  if (book === undefined) return [];
  const { kind, name } = platform;
  const facts =
    kind === 'modal'
      ? book.modal.gpus
      : kind === 'runpod-serverless'
        ? book.runpod.gpus
        : book.replicate.hardware;
  const key = KNOBS[kind]!.gpu;
  const usable = new Map<string, number>();
  for (const gpu of Object.keys(facts)) {
    try {
      const override = { option: `--platform ${name}`, path: ['platforms', name, key], value: gpu };
      const one = await loadText(text, args.file, [...overridesOf(args), override], signal);
      if (one.warnings.some(({ path }) => path === `platforms.${name}.${key}`)) continue;
      usable.set(gpu, one.scenario.platforms.find((found) => found.name === name)!.seconds_per_image);
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error;
    }
  }
  return new Set(usable.values()).size > 1 ? [...usable.keys()] : [];
}

/** Looks coarsely, then finely around the best. All settings serve the same requests. */
async function search({ loaded, platform, cells, evaluate }: Task, gpus: readonly string[]) {
  const { slo } = loaded.scenario;
  const coarse = coarseAxes(loaded.scenario, platform, gpus);
  const first = await tryAll(coarse);
  const anchor = anchorOf(
    answerOf(
      first.tried.map(({ result }) => result),
      slo,
    ),
  );
  if (anchor === undefined) return { optimum: optimumOf(first.tried, slo), scenarios: first.scenarios };
  const best = first.scenarios[anchor]!;
  const tuned = best.platforms.find(({ name }) => name === platform.name)!;
  const second = await tryAll(fineAxes(best, tuned, coarse, first.tried[anchor]!.setting));
  const tried = [...first.tried, ...second.tried];
  return { optimum: optimumOf(tried, slo), scenarios: [...first.scenarios, ...second.scenarios] };

  async function tryAll(axes: readonly Axis[]): Promise<{ tried: Tried[]; scenarios: readonly Scenario[] }> {
    const { scenarios } = await cells(axes);
    const results = await evaluate(scenarios);
    const settings = settingsOf(axes);
    return { scenarios, tried: results.map((result, k) => ({ axes, setting: settings[k]!, result })) };
  }
}

/** The best setting under each other assumption. */
async function sensitivity(
  { loaded, platform, evaluate }: Task,
  { answer, tried }: Optimum,
  scenarios: readonly Scenario[],
) {
  const { best } = answer;
  if (best === undefined) return [];
  const alone = {
    ...scenarios[best]!,
    plans: [],
    platforms: scenarios[best]!.platforms.filter(({ name }) => name === platform.name),
  };
  const others = ASSUMPTIONS.map((assumption) => assumption.apply(alone));
  const known = others.filter((scenario) => scenario !== undefined);
  const results = await evaluate(known);
  const inOrder = others.map((scenario) => (scenario ? results[known.indexOf(scenario)] : undefined));
  return tornado(tried[best]!.result, inOrder, loaded.scenario.slo);
}

function write(
  loaded: LoadedScenario,
  args: OptimizeArgs,
  platform: PlatformSpec,
  optimum: Optimum,
  folder: string,
): void {
  const csv = { name: 'optimize.csv', pieces: csvLines(optimumColumns(optimum), optimumRows(optimum)) };
  const own = { platform: platform.name };
  writeFiles(folder, [csv], (files) =>
    manifestFile('optimize.manifest.json', loaded, args, { command: 'optimize', own, files }),
  );
}

function report(
  args: OptimizeArgs,
  optimum: Optimum,
  { scenario }: LoadedScenario,
  swings: ReturnType<typeof tornado>,
  written: string,
): void {
  if (args.json) {
    const columns = optimumColumns(optimum);
    for (const row of optimumRows(optimum)) process.stdout.write(`${jsonRow(columns, row)}\n`);
    return;
  }
  if (args.quiet) return;
  const width = process.stdout.isTTY ? process.stdout.columns : 80;
  const words = optimumWords(optimum, scenario.slo).map((line) => hanging(line, width));
  const lines = swings.length > 0 ? ['', ...tornadoLines(swings)] : [];
  process.stdout.write(`${[...words, ...lines].join('\n')}\nWrote ${written}\n`);
}
