import { join } from 'node:path';
import type { Argv } from 'yargs';
import { plain } from '../../core/plain-number.ts';
import { type Answer, answerOf } from '../../experiment/answer.ts';
import { workloadsOf } from '../../experiment/cells.ts';
import { expectedWork } from '../../experiment/replication.ts';
import { csvLines, jsonRow } from '../../render/csv.ts';
import { type SweepReport, sweepAnswer, sweepLegend, sweepMaps } from '../../render/sweep-report.ts';
import { sweepColumns, sweepRows } from '../../render/sweep-rows.ts';
import { formatProblem } from '../../scenario/problem.ts';
import { EXIT, UsageError } from '../exit-code.ts';
import { interruption } from '../interruption.ts';
import { Journal } from '../journal.ts';
import { loadSweep, MOST_CELLS, type Sweep } from '../load-sweep.ts';
import { manifestFile } from '../manifest.ts';
import { type OverrideArgs, once, overrideOptions, precisionOf, threadsOf } from '../options.ts';
import { probeFolder, removeFile, writeFiles } from '../output.ts';
import { makeReport, probeReport } from '../own-report.ts';
import { progressBar } from '../progress.ts';
import { REPORT } from '../report-file.ts';
import { gridResults, type SweepWork } from '../sweep-work.ts';
import { hanging } from '../table.ts';
import { version } from '../version.ts';

export function builder<T>(args: Argv<T>) {
  return overrideOptions(args)
    .positional('file', {
      type: 'string',
      demandOption: true,
      describe: 'a scenario file with a sweep block',
    })
    .option('out', { type: 'string', requiresArg: true, describe: 'folder for results [default: results]' })
    .option('threads', { type: 'string', requiresArg: true, describe: 'worker threads [default: the cores]' })
    .option('precision', {
      type: 'string',
      requiresArg: true,
      describe: 'add replications until the intervals that the answer needs are within so much, as 2%',
    })
    .option('report', { type: 'boolean', describe: 'write report.html: a page to be sent round' })
    .option('restart', { type: 'boolean', describe: 'throw away unfinished work of an earlier sweep' })
    .option('yes', { type: 'boolean', describe: `run more than ${MOST_CELLS} cells` })
    .option('json', { type: 'boolean', describe: 'print sweep.csv as JSON lines and nothing else' })
    .option('quiet', { type: 'boolean', describe: 'print neither maps and answer nor progress' })
    .example('$0 my.yaml', 'the grid of its sweep block')
    .example('$0 my.yaml --set sweep.grid.keep_warm="[0, 1, 2, 3]"', 'another axis');
}

export interface SweepArgs extends OverrideArgs {
  file: string;
  out?: string | string[] | undefined;
  threads?: string | string[] | undefined;
  precision?: string | string[] | undefined;
  report?: boolean | undefined;
  restart?: boolean | undefined;
  yes?: boolean | undefined;
  json?: boolean | undefined;
  quiet?: boolean | undefined;
}

/** @returns the exit code */
export async function handler(args: SweepArgs): Promise<number> {
  const out = once('out', args.out) ?? 'results';
  if (out === '') throw new UsageError('--out: expected a folder');
  const threads = threadsOf(once('threads', args.threads));
  const precision = precisionOf(once('precision', args.precision));
  const { signal, release } = interruption();
  try {
    const sweep = await loadSweep(args, signal);
    const folder = join(out, sweep.loaded.scenario.name);
    for (const warning of sweep.loaded.warnings) process.stderr.write(`${formatProblem(warning)}\n`);
    if (!args.quiet) process.stderr.write(`${estimate(sweep)}\n`);
    probeFolder(folder);
    if (args.report) probeReport(folder, 'sweep.manifest.json');
    const path = join(folder, '.sweep.journal');
    const journal = Journal.open(path, headerOf(sweep), args.restart);
    if (journal.wasBroken)
      process.stderr.write(`warning: ${path} could not be read; the sweep begins anew\n`);
    if (journal.count > 0 && !args.quiet)
      process.stderr.write(`going on with an unfinished sweep: ${journal.count} parts are done already\n`);
    const progress = progressBar(sweep.loaded.scenario.name, args.quiet ?? false);
    try {
      const { scenario } = sweep.loaded;
      const { replications, slo } = scenario;
      const work = await gridResults(
        { ...sweep, replications, slo },
        { journal, threads, precision, progress, signal },
      );
      progress.stop();
      write(sweep, args, work, folder);
      if (work.failures.length === 0) journal.remove();
      if (args.report) await makeReport(folder);
      else removeFile(folder, REPORT);
      report(
        sweep,
        args,
        work,
        `${folder}/{sweep.csv,sweep.manifest.json${args.report ? ',report.html' : ''}}`,
      );
      return exitCode(work, precision);
    } finally {
      progress.stop();
      journal.close();
    }
  } finally {
    release();
  }
}

/** What is about to be done, before it is. */
function estimate({ loaded, settings, groups }: Sweep): string {
  const { replications } = loaded.scenario;
  const services = groups.reduce((sum, { scenario }) => sum + expectedWork(scenario), 0);
  const runs = replications === 1 ? '1 replication' : `${replications} replications`;
  const cells = settings.length === 1 ? '1 cell' : `${settings.length} cells`;
  return `${cells} x ${runs}: about ${amount(services)} requests to serve, of traffic drawn ${groups.length === 1 ? 'once' : `${groups.length} times`} a replication`;
}

function amount(count: number): string {
  return count >= 1e6 ? `${plain(count / 1e6, 3)} million` : plain(count, 3);
}

/** The form of what a journal keeps of a part, which are totals of runs and samples of latencies: another is not understood. */
const FORM = 2;

/** What must be the same for unfinished work to go on: what decides the cells, and not how it is written. */
function headerOf({ loaded, axes, platform }: Sweep) {
  const { sweep, crossover, description, replications, ...written } = loaded.written as Record<
    string,
    unknown
  >;
  return {
    warmpool: version(),
    form: FORM,
    command: 'sweep',
    ...written,
    seed: loaded.scenario.seed,
    platform,
    grid: Object.fromEntries(axes.map(({ name, values }) => [name, values])),
    inputs: Object.fromEntries(loaded.inputs.map(({ file, sha256 }) => [file, sha256])),
  };
}

function write(sweep: Sweep, args: SweepArgs, work: SweepWork, folder: string): void {
  const csv = { name: 'sweep.csv', pieces: csvLines(sweepColumns(sweep.axes), rowsOf(sweep, work)) };
  const own = {
    platform: sweep.platform,
    grid: Object.fromEntries(sweep.axes.map(({ name, values }) => [name, values])),
    options: { precision: once('precision', args.precision) ?? null },
  };
  const { replications } = work;
  const answer = work.failures.length > 0 ? [] : sweepAnswer(wholeOf(sweep, work));
  writeFiles(folder, [csv], (files) =>
    manifestFile('sweep.manifest.json', sweep.loaded, args, {
      command: 'sweep',
      options: { precision: once('precision', args.precision) },
      replications,
      answer,
      warnings: work.failures,
      own,
      files,
    }),
  );
}

/** Answers for each traffic of which every cell has a result. */
function answersOf({ groups, loaded }: Sweep, { cells }: SweepWork): Answer[] {
  return workloadsOf(groups)
    .filter((places) => places.every((k) => cells[k] !== undefined))
    .map((places) => answerOf(cells, loaded.scenario.slo, places));
}

/** The grid with its results. */
function wholeOf(sweep: Sweep, work: SweepWork): SweepReport {
  const { axes, settings, loaded } = sweep;
  return {
    axes,
    settings,
    cells: work.cells,
    slo: loaded.scenario.slo,
    answers: answersOf(sweep, work),
    replications: work.replications,
    isReplay: loaded.scenario.sources.some(({ process }) => process.process === 'trace'),
  };
}

function rowsOf(sweep: Sweep, work: SweepWork) {
  const { scenario } = sweep.loaded;
  const failed = { scenario: scenario.name, platform: sweep.platform, status: 'failed' };
  return sweepRows({ ...sweep, cells: work.cells, answers: answersOf(sweep, work) }, failed);
}

function report(sweep: Sweep, args: SweepArgs, work: SweepWork, written: string): void {
  for (const message of work.failures) process.stderr.write(`error: ${message}\n`);
  if (work.failures.length > 0)
    process.stderr.write('the cells that are done are kept: the same command goes on with the others\n');
  if (work.imprecise.length > 0)
    process.stderr.write(
      `warning: after ${work.replications} replications these are not as precise as was asked for: ${work.imprecise.join('; ')}\n`,
    );
  if (args.json) {
    for (const row of rowsOf(sweep, work))
      process.stdout.write(`${jsonRow(sweepColumns(sweep.axes), row)}\n`);
    return;
  }
  if (args.quiet) return;
  const whole = wholeOf(sweep, work);
  const width = process.stdout.isTTY ? process.stdout.columns : 80;
  const maps = sweepMaps(whole, width).join('\n');
  const words = [sweepLegend(whole), ...sweepAnswer(whole)].map((line) => hanging(line, width));
  process.stdout.write(`${maps}\n${words.join('\n')}\nWrote ${written}\n`);
}

function exitCode({ cells, failures, imprecise }: SweepWork, precision: number | undefined): number {
  if (failures.length > 0) return EXIT.cellsFailed;
  const isHopeless = cells.every((cell) => cell?.summary.stability.status === 'unstable');
  return isHopeless || (precision !== undefined && imprecise.length > 0) ? EXIT.doubtful : EXIT.done;
}
