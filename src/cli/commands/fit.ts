import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import Table from 'cli-table3';
import type { Argv } from 'yargs';
import { plain } from '../../core/plain-number.ts';
import { HOUR_US, seconds } from '../../core/time.ts';
import { comparison } from '../../fit/comparison.ts';
import { countsOf } from '../../fit/dispersion-curve.ts';
import { factsOf, type LogFacts, trafficOf } from '../../fit/log-facts.ts';
import {
  type Candidate,
  FEWEST_ARRIVALS,
  isEnough,
  type LogTraffic,
  type Ranking,
  rank,
} from '../../fit/rank.ts';
import {
  advice,
  candidateName,
  comparisonNotes,
  factLines,
  rankingRows,
  readingLines,
} from '../../render/fit-report.ts';
import { fitScenario } from '../../render/fit-scenario.ts';
import type { TraceRows } from '../../workload/log-rows.ts';
import { TIME_FORMATS } from '../../workload/time-format.ts';
import { WORK_UNITS } from '../../workload/work-unit.ts';
import { EXIT, UsageError } from '../exit-code.ts';
import { heard, interruption } from '../interruption.ts';
import { loadText } from '../load-scenario.ts';
import { once } from '../options.ts';
import { type Progress, progressBar } from '../progress.ts';
import { type ColumnFlag, type Columns, columnsOf, readRows } from '../read-log.ts';
import { asNamedIn, refuseToOverwrite, writeScenarioFile } from '../scenario-file.ts';
import { wrapped } from '../table.ts';

export function builder<T>(args: Argv<T>) {
  const option = (describe: string) => ({ type: 'string', requiresArg: true, describe }) as const;
  return args
    .positional('log', {
      type: 'string',
      demandOption: true,
      describe: 'a request log: CSV or JSON lines, also .gz',
    })
    .option('time-column', option('the column of the arrival times [default: guessed]'))
    .option('time-format', option(`one of ${TIME_FORMATS.join(', ')} [default: guessed]`))
    .option('work-column', option('the column of the service times or sizes; none: leave it out'))
    .option('work-unit', option(`one of ${WORK_UNITS.join(', ')} [default: from the column's name, else s]`))
    .option('images-column', option('the column of the outputs of a request; none: leave it out'))
    .option('out-scenario', option('write a scenario with the best fit, beside the log itself'))
    .option('force', { type: 'boolean', describe: 'write over a scenario that is there' })
    .option('json', { type: 'boolean', describe: 'print everything as one JSON object and nothing else' })
    .option('quiet', { type: 'boolean', describe: 'show no progress' })
    .example('$0 requests.csv', 'what the log is like, and what fits it')
    .example('$0 requests.csv.gz --out-scenario fitted.yaml', 'a scenario made from it');
}

type Flag = ColumnFlag | 'out-scenario';
export type FitArgs = {
  log: string;
  force?: boolean | undefined;
  json?: boolean | undefined;
  quiet?: boolean | undefined;
} & { [Name in Flag]?: string | string[] | undefined };

const TOO_FEW = `too few requests to fit and to judge: at least ${FEWEST_ARRIVALS} are needed in the first two thirds of the time, and in the last`;

/** A mean size above this may be in another unit than seconds. */
const LONG_SIZE_S = 600;

/** @returns the exit code */
export async function handler(args: FitArgs): Promise<number> {
  const out = once('out-scenario', args['out-scenario']);
  if (out !== undefined) {
    refuseToOverwrite(out, args.force);
    if (!existsSync(dirname(out)))
      throw new UsageError(`--out-scenario ${out}: there is no folder ${dirname(out)}`);
  }
  const { signal, release } = interruption();
  const progress = progressBar(basename(args.log), args.quiet ?? false);
  try {
    const columns = await columnsOf(args.log, (flag) => once(flag, args[flag]), signal);
    const rows = await readRows(args.log, columns.spec, signal);
    const log = trafficOf(rows);
    if (log.to_us - log.from_us === 1)
      throw new UsageError(
        `${args.log}: all ${rows.arrival_us.length} requests come at one instant: is "${columns.spec.time_column}" the column of the arrival times? Name it with --time-column`,
      );
    if (out !== undefined && !isEnough(log))
      throw new UsageError(`--out-scenario ${out}: ${TOO_FEW}; nothing was written`);
    const facts = factsOf(rows, log);
    const ranking = isEnough(log) ? await ranked(log, progress, signal) : undefined;
    progress.stop();
    if (args.json) process.stdout.write(`${jsonOf(columns, rows, facts, ranking)}\n`);
    else process.stdout.write(`${report(args.log, columns, rows, facts, ranking)}\n`);
    if (out !== undefined) await writeScenario(out, args.log, columns, rows, log, ranking!.candidates[0]!);
    return EXIT.done;
  } finally {
    progress.stop();
    release();
  }
}

/** Works through the ranking, giving way to signals between its steps. */
async function ranked(log: LogTraffic, progress: Progress, signal: AbortSignal): Promise<Ranking> {
  const steps = rank(log);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    progress.update(step.value);
    await heard(signal);
  }
}

function report(
  log: string,
  { words, isUnitUnknown }: Columns,
  rows: TraceRows,
  facts: LogFacts,
  ranking: Ranking | undefined,
): string {
  const width = process.stdout.isTTY ? process.stdout.columns : 80;
  const lines = [
    `${basename(log)}: ${words.join('; ')}`,
    ...readingLines(rows.reading!),
    '',
    ...factLines(facts),
    ...(isUnitUnknown && facts.size && facts.size.mean > LONG_SIZE_S
      ? [
          `Its unit is taken for seconds: ${plain(facts.size.mean / 60, 3)} minutes a request? For milliseconds give --work-unit ms.`,
        ]
      : []),
    '',
  ];
  if (ranking === undefined) lines.push(`T${TOO_FEW.slice(1)}.`);
  else
    lines.push(
      'Fitted to the first two thirds, then simulated and compared with the rest: by which factor rate, dispersion, gaps and peaks are off on average. The last line is the first two thirds as they are.',
      rankingTable(ranking),
      ...(ranking.candidates.every(({ profile }) => profile === undefined)
        ? ['A rhythm of the day is fitted to logs of at least three days.']
        : []),
      advice(ranking),
    );
  return lines.map((line) => (/^ |[│]/.test(line) ? line : wrapped(line, width))).join('\n');
}

function rankingTable(ranking: Ranking): string {
  const [head, ...rows] = rankingRows(ranking);
  const table = new Table({
    head: head!,
    colAligns: ['left', ...Array(head!.length - 1).fill('right')],
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows);
  return table.toString();
}

function jsonOf({ spec }: Columns, rows: TraceRows, facts: LogFacts, ranking: Ranking | undefined): string {
  const { time_column, time_format, work_column, images_column } = spec;
  const nothing = (_: string, value: unknown) => (value === undefined ? null : value);
  return JSON.stringify(
    {
      columns: { time_column, time_format, work_column, images_column },
      reading: rows.reading,
      facts,
      fits: ranking?.candidates.map((one) => ({ fit: candidateName(one), ...one })),
      replay: ranking?.replay,
    },
    nothing,
  );
}

/** Modal's default, and the most that a scenario should ask for unasked. */
const [FEWEST_CONTAINERS, MOST_CONTAINERS] = [10, 1000];
/** Seconds of a request whose log does not say: roughly an image of FLUX on an H100. */
const UNKNOWN_SIZE_S = 7;

/** Twice the containers that the busiest hour of a log keeps busy. */
function roomFor(log: LogTraffic, { work }: TraceRows, unit_s: number): number {
  const mean_s = work ? (work.reduce((sum, size) => sum + size, 0) / work.length) * unit_s : UNKNOWN_SIZE_S;
  const window_us = Math.min(HOUR_US, log.to_us - log.from_us);
  const busiest = countsOf(log, window_us).reduce((most, count) => Math.max(most, count), 0);
  const busy = (busiest * mean_s) / seconds(window_us);
  return Math.min(MOST_CONTAINERS, Math.max(FEWEST_CONTAINERS, Math.ceil(2 * busy)));
}

async function writeScenario(
  out: string,
  file: string,
  { spec, unit_s }: Columns,
  rows: TraceRows,
  log: LogTraffic,
  best: Candidate,
): Promise<void> {
  const { time_column, time_format, work_column, images_column } = spec;
  const { unreadable, far, epoch_us } = rows.reading!;
  const compared = comparison(log, best);
  const notes = comparisonNotes(log, compared, epoch_us);
  for (const note of notes) process.stderr.write(`note: ${note}\n`);
  const text = fitScenario({
    name: `fit-${basename(file)
      .toLowerCase()
      .replace(/\..*$/, '')
      .replace(/[^a-z0-9]+/g, '-')}`.slice(0, 64),
    log: asNamedIn(out, file),
    columns: {
      time_column,
      time_format,
      ...(work_column === undefined ? {} : { work_column }),
      ...(images_column === undefined ? {} : { images_column }),
    },
    best: candidateName(best),
    comparison: compared,
    epoch_us,
    hasSize: work_column !== undefined,
    unit_s,
    hasDropped: unreadable + far > 0,
    max_containers: roomFor(log, rows, unit_s),
    notes,
  });
  // What was fitted must run.
  await loadText(text, out);
  writeScenarioFile(out, text);
}
