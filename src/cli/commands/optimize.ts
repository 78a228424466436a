import { join } from 'node:path';
import type { Argv } from 'yargs';
import { plain } from '../../core/plain-number.ts';
import { suggestion } from '../../core/suggest.ts';
import { settingsOf } from '../../experiment/grid.ts';
import type { Optimum } from '../../experiment/optimum.ts';
import { searchOptimum, type Trial } from '../../experiment/search.ts';
import { KNOBS, offeredLoad } from '../../experiment/search-space.ts';
import { rivalsOf, type Swing, sensitivity } from '../../experiment/sensitivity.ts';
import { priceBooks } from '../../platforms/prices/table.ts';
import type { PlatformSpec } from '../../platforms/table.ts';
import { csvLines, jsonRow } from '../../render/csv.ts';
import {
  optimumColumns,
  optimumRows,
  optimumWords,
  TORNADO_COLUMNS,
  tornadoLines,
  tornadoRows,
} from '../../render/optimum-report.ts';
import { formatProblem, ScenarioError } from '../../scenario/problem.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import type { Override } from '../../scenario/yaml-source.ts';
import { evaluator } from '../evaluator.ts';
import { EXIT, UsageError } from '../exit-code.ts';
import { interruption } from '../interruption.ts';
import { loadCells } from '../load-cells.ts';
import {
  type LoadedScenario,
  loadWritten,
  readText,
  type WrittenText,
  writtenText,
} from '../load-scenario.ts';
import { manifestFile } from '../manifest.ts';
import { type OverrideArgs, once, overrideOptions, overridesOf, threadsOf } from '../options.ts';
import { type OutputFile, probeFolder, writeFiles } from '../output.ts';
import { progressBar } from '../progress.ts';
import { hanging } from '../table.ts';

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
    .example('$0 my.yaml --platform modal', 'GPU, keep_warm, idle window, buffer and most containers');
}

export interface OptimizeArgs extends OverrideArgs {
  file: string;
  platform?: string | string[] | undefined;
  out?: string | string[] | undefined;
  threads?: string | string[] | undefined;
  json?: boolean | undefined;
  quiet?: boolean | undefined;
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
    const trial: Trial = {
      platform,
      gpus: await usableGpus(written, overrides, platform, loaded, signal),
      scenarios: async (axes) =>
        (await loadCells(written, axes, settingsOf(axes), { overrides, signal })).scenarios,
      evaluate: (scenarios) => run.cells(scenarios, platform.name),
    };
    for (const note of notesOf(loaded.scenario, trial)) process.stderr.write(`note: ${note}\n`);
    const { optimum, scenarios } = await searchOptimum(loaded.scenario, trial);
    const rivals = rivalsOf(optimum);
    const swings = await sensitivity(
      trial,
      optimum,
      rivals.map((k) => scenarios[k]!),
      loaded.scenario.slo,
    );
    progress.stop();
    const tornado = {
      name: 'optimize-tornado.csv',
      pieces: csvLines(TORNADO_COLUMNS, tornadoRows(swings, optimum, rivals)),
    };
    write(loaded, args, platform, optimum, tornado, folder);
    report(
      args,
      optimum,
      loaded,
      swings,
      `${folder}/{optimize.csv,optimize-tornado.csv,optimize.manifest.json}`,
    );
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
  if (tunable.length === 0)
    throw new UsageError(
      `${args.file}: none of its platforms has settings to tune; those of kind ${Object.keys(KNOBS).join(', ')} have`,
    );
  const names = tunable.map((platform) => platform.name);
  const asked = once('platform', args.platform);
  const name = asked ?? sweep?.platform ?? (tunable.length === 1 ? names[0] : undefined);
  const found = tunable.find((platform) => platform.name === name);
  if (found) return found;
  const given = platforms.find((platform) => platform.name === name);
  if (given)
    throw new UsageError(
      `${args.file}: ${name} is of kind ${given.kind}, which has nothing to tune; ${names.join(', ')} can be`,
    );
  if (asked !== undefined)
    throw new UsageError(`${args.file}: no platform "${asked}"${suggestion(asked, names)}`);
  throw new UsageError(`${args.file}: name the platform to tune with --platform: ${names.join(' or ')}`);
}

/** GPUs of the price book that the model runs on, each at its own speed and price; none if the scenario gives either itself. */
async function usableGpus(
  written: WrittenText,
  overrides: readonly Override[],
  platform: PlatformSpec,
  { scenario, written: values }: LoadedScenario,
  signal: AbortSignal,
): Promise<string[]> {
  const book = priceBooks.find(({ name }) => name === scenario.prices);
  if (book === undefined || isPinned(values, platform.name)) return [];
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
      const one = await loadWritten(written, [...overrides, override], signal);
      if (one.warnings.some(({ path }) => path === `platforms.${name}.${key}`)) continue;
      usable.set(gpu, one.scenario.platforms.find((found) => found.name === name)!.seconds_per_image);
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error;
    }
  }
  return new Set(usable.values()).size > 1 ? [...usable.keys()] : [];
}

/** Whether a platform is given its own price or speed, which then is not that of another GPU. */
function isPinned(written: unknown, platform: string): boolean {
  const { platforms } = written as { platforms: Record<string, object> };
  return ['usd_per_second', 'seconds_per_image'].some((key) => Object.hasOwn(platforms[platform]!, key));
}

/** What the search cannot do, told before it. */
function notesOf(scenario: Scenario, { platform, gpus }: Trial): string[] {
  const load = offeredLoad(scenario, platform);
  const { max_containers } = platform.policy;
  const { gpu, most } = KNOBS[platform.kind]!;
  return [
    ...(gpus.length === 0
      ? [
          `only the ${gpu} of ${platform.name} is tried: the price book has no other with a speed and a price for it`,
        ]
      : []),
    ...(load >= max_containers
      ? [
          `the traffic keeps ${plain(load, 3)} containers busy on average, and ${most} is ${max_containers}: raise it for a setting that can serve`,
        ]
      : []),
  ];
}

function write(
  loaded: LoadedScenario,
  args: OptimizeArgs,
  platform: PlatformSpec,
  optimum: Optimum,
  tornado: OutputFile,
  folder: string,
): void {
  const csv = { name: 'optimize.csv', pieces: csvLines(optimumColumns(optimum), optimumRows(optimum)) };
  const own = { platform: platform.name };
  writeFiles(folder, [csv, tornado], (files) =>
    manifestFile('optimize.manifest.json', loaded, args, {
      command: 'optimize',
      options: { platform: once('platform', args.platform) },
      answer: optimumWords(optimum, loaded.scenario.slo),
      own,
      files,
    }),
  );
}

function report(
  args: OptimizeArgs,
  optimum: Optimum,
  { scenario }: LoadedScenario,
  swings: readonly Swing[],
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
