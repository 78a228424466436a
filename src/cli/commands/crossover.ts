import { join } from 'node:path';
import type { Argv } from 'yargs';
import { plain } from '../../core/plain-number.ts';
import { baseRate_per_hour, type CrossoverPlan, crossovers } from '../../experiment/crossover.ts';
import { formulaOf } from '../../experiment/formula.ts';
import { type Axis, axesOf, settingsOf, settingWords } from '../../experiment/grid.ts';
import { CROSSOVER_KINDS, type CrossoverKind } from '../../experiment/offers.ts';
import type { PlatformSpec } from '../../platforms/table.ts';
import {
  CROSSOVER_COLUMNS,
  type CrossoverReport,
  CURVE_COLUMNS,
  crossoverRows,
  crossoverWords,
  curveChart,
  curveRows,
} from '../../render/crossover-report.ts';
import { csvLines, jsonRow } from '../../render/csv.ts';
import { formatProblem } from '../../scenario/problem.ts';
import type { Scenario } from '../../scenario/scenario.ts';
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
import { probeFolder, removeFile, writeFiles } from '../output.ts';
import { progressBar } from '../progress.ts';
import { REPORT } from '../report-file.ts';
import { hanging } from '../table.ts';

export function builder<T>(args: Argv<T>) {
  return overrideOptions(args)
    .positional('file', { type: 'string', demandOption: true, describe: 'a scenario file of two platforms' })
    .option('out', { type: 'string', requiresArg: true, describe: 'folder for results [default: results]' })
    .option('threads', { type: 'string', requiresArg: true, describe: 'worker threads [default: the cores]' })
    .option('json', { type: 'boolean', describe: 'print crossover.csv as JSON lines and nothing else' })
    .option('quiet', { type: 'boolean', describe: 'print nothing but errors' })
    .example('$0 my.yaml', 'by rate, over all traffic')
    .example('$0 my.yaml --set crossover.to=500/h', 'over another range');
}

export interface CrossoverArgs extends OverrideArgs {
  file: string;
  out?: string | string[] | undefined;
  threads?: string | string[] | undefined;
  json?: boolean | undefined;
  quiet?: boolean | undefined;
}

/** @returns the exit code */
export async function handler(args: CrossoverArgs): Promise<number> {
  const out = once('out', args.out) ?? 'results';
  if (out === '') throw new UsageError('--out: expected a folder');
  const threads = threadsOf(once('threads', args.threads));
  const { signal, release } = interruption();
  try {
    const written = writtenText(readText(args.file), args.file);
    const loaded = await loadWritten(written, overridesOf(args), signal);
    for (const warning of loaded.warnings) process.stderr.write(`${formatProblem(warning)}\n`);
    const { plan, settings } = await planOf(loaded, written, args, signal);
    const folder = join(out, loaded.scenario.name);
    probeFolder(folder);
    const progress = progressBar(loaded.scenario.name, args.quiet ?? false);
    const { scenarios: evaluate } = evaluator({ threads, signal }, progress.update);
    const found = await crossovers(plan, kindsOf(plan), evaluate).finally(progress.stop);
    const pair = plan.sides.map((side) => side.settings[0]!) as [PlatformSpec, PlatformSpec];
    const report: CrossoverReport = { plan, found, settings, formula: formulaOf(pair) };
    write(loaded, args, report, folder);
    print(args, report, `${folder}/{crossover.csv,crossover-curve.csv,crossover.manifest.json}`);
    const isServed = found.some(({ curve }) => curve.some(({ offers }) => offers[0] ?? offers[1]));
    return isServed ? EXIT.done : EXIT.doubtful;
  } finally {
    release();
  }
}

/** The settings that are compared only where there are several, and the SLO only where there is one. */
function kindsOf({ sides, scenario }: CrossoverPlan): CrossoverKind[] {
  const hasGrid = sides.some(({ settings }) => settings.length > 1);
  const hasSlo = Object.keys(scenario.slo).length > 0;
  return CROSSOVER_KINDS.filter((kind) => kind === 'fixed' || (kind === 'equal-slo' ? hasSlo : hasGrid));
}

const DEFAULT_RANGE = [5, 2000] as const;
/** Where the traffic lies outside the default range, this many times its rate to either side. */
const AROUND = 20;

interface Planned {
  readonly plan: CrossoverPlan;
  readonly settings: CrossoverReport['settings'];
}

async function planOf(
  loaded: LoadedScenario,
  written: WrittenText,
  args: CrossoverArgs,
  signal: AbortSignal,
): Promise<Planned> {
  const { scenario } = loaded;
  const block = scenario.crossover ?? {};
  const names = block.platforms ?? scenario.platforms.map(({ name }) => name);
  const [a, b] = names;
  if (scenario.platforms.length < 2)
    throw new UsageError(
      `${args.file}: expected two platforms, here only ${a}: add the one to compare it with`,
    );
  if (names.length !== 2 || a === b) {
    const two = a === b ? scenario.platforms.map(({ name }) => name).slice(0, 2) : names.slice(0, 2);
    throw new UsageError(
      `${args.file}: expected two platforms, here ${names.join(', ')}; name them as crossover: {platforms: [${two.join(', ')}]}`,
    );
  }
  const source =
    block.source === undefined ? undefined : scenario.sources.findIndex(({ name }) => name === block.source);
  const [first, second] = [a, b].map((name) => scenario.platforms.find((one) => one.name === name)!);
  if (first!.sources.join() !== second!.sources.join())
    throw new UsageError(
      `${args.file}: ${a} and ${b} serve different sources, so that their costs are not for the same work; give both the same sources`,
    );
  if (source !== undefined && !first!.sources.includes(source))
    throw new UsageError(
      `${args.file}: crossover.source is ${block.source}, which ${a} and ${b} do not serve`,
    );
  const base = baseRate_per_hour(scenario, source === undefined ? first!.sources : [source]);
  if (!(base > 0)) throw new UsageError(`${args.file}: there is no traffic whose rate could be varied`);
  const isNear = base > DEFAULT_RANGE[0] && base < DEFAULT_RANGE[1];
  const [from, to] = isNear ? DEFAULT_RANGE : [base / AROUND, base * AROUND];
  const from_per_hour = block.from === undefined ? from : block.from * 3600;
  const to_per_hour = block.to === undefined ? to : block.to * 3600;
  if (from_per_hour >= to_per_hour) {
    const words = (rate: number, written: unknown) => `${plain(rate, 4)}/h${written ? '' : ' by default'}`;
    throw new UsageError(
      `${args.file}: expected crossover.from below crossover.to, here ${words(from_per_hour, block.from)} and ${words(to_per_hour, block.to)}`,
    );
  }
  const sides = await Promise.all(names.map((name) => sideOf(name, scenario, written, args, signal)));
  return {
    plan: { scenario, source, from_per_hour, to_per_hour, sides: sides.map(({ side }) => side) as never },
    settings: sides.map(({ words }) => words) as never,
  };
}

/** A platform as it is, then with every setting of the sweep block, if that is of it. */
async function sideOf(
  name: string,
  scenario: Scenario,
  written: WrittenText,
  args: CrossoverArgs,
  signal: AbortSignal,
) {
  const find = (one: Scenario) => one.platforms.find((platform) => platform.name === name)!;
  const { sweep } = scenario;
  const all = sweep?.platform === name ? axesOf(sweep) : [];
  const axes: Axis[] = all.filter(({ path }) => path[0] === 'platforms');
  for (const axis of all.filter((one) => !axes.includes(one)))
    process.stderr.write(`note: the axis ${axis.name} of the sweep is left out: it is not of ${name}\n`);
  if (axes.length === 0) return { side: { name, settings: [find(scenario)] }, words: [''] };
  const settings = settingsOf(axes);
  const { scenarios } = await loadCells(written, axes, settings, { overrides: overridesOf(args), signal });
  return {
    side: { name, settings: [find(scenario), ...scenarios.map(find)] },
    words: ['', ...settings.map((setting) => settingWords(axes, setting))],
  };
}

function write(loaded: LoadedScenario, args: CrossoverArgs, report: CrossoverReport, folder: string): void {
  const { sides, from_per_hour, to_per_hour } = report.plan;
  const csvs = [
    { name: 'crossover.csv', pieces: csvLines(CROSSOVER_COLUMNS, crossoverRows(report)) },
    { name: 'crossover-curve.csv', pieces: csvLines(CURVE_COLUMNS, curveRows(report)) },
  ];
  const own = { platforms: sides.map(({ name }) => name), from_per_hour, to_per_hour };
  writeFiles(folder, csvs, (files) =>
    manifestFile('crossover.manifest.json', loaded, args, {
      command: 'crossover',
      answer: crossoverWords(report),
      own,
      files,
    }),
  );
  removeFile(folder, REPORT);
}

function print(args: CrossoverArgs, report: CrossoverReport, written: string): void {
  if (args.json) {
    for (const row of crossoverRows(report)) process.stdout.write(`${jsonRow(CROSSOVER_COLUMNS, row)}\n`);
    return;
  }
  if (args.quiet) return;
  const width = process.stdout.isTTY ? process.stdout.columns : 80;
  const last = report.found.at(-1)!;
  const words = crossoverWords(report).map((line) => hanging(line, width));
  process.stdout.write(`${[...curveChart(report, last), ...words].join('\n')}\nWrote ${written}\n`);
}
