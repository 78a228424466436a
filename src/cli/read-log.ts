import { shown } from '../core/shown.ts';
import { suggestion } from '../core/suggest.ts';
import { type Problem, ScenarioError } from '../scenario/problem.ts';
import { type Guess, guessColumns } from '../workload/guess-columns.ts';
import type { LogSpec, TraceRows } from '../workload/log-rows.ts';
import {
  guessFormat,
  likelyFormat,
  TIME_FORMATS,
  TIME_WORDS,
  type TimeFormat,
} from '../workload/time-format.ts';
import { TraceReader } from '../workload/trace-reader.ts';
import { UNIT_NAMES, UNIT_SECONDS, unitOf, WORK_UNITS, type WorkUnit } from '../workload/work-unit.ts';
import { UsageError } from './exit-code.ts';
import { readTable } from './read-table.ts';
import { systemMessage } from './system-message.ts';
import { BadTable, type TableHandler } from './table-handler.ts';

/** Options that name columns of a log. */
export type ColumnFlag = 'time-column' | 'time-format' | 'work-column' | 'work-unit' | 'images-column';

/** Which columns are read, and which of them were guessed. */
export interface Columns {
  readonly spec: LogSpec & { time_column: string; time_format: TimeFormat };
  readonly unit_s: number;
  /** Whether nobody said what the unit is: seconds are taken. */
  readonly isUnitUnknown: boolean;
  readonly words: readonly string[];
}

/** Rows that columns are guessed from. */
const ROWS_LOOKED_AT = 200;
/** Ends the reading when enough was seen. */
class Enough extends Error {}

/** Finds the columns of a log: those that are named, else those that are guessed. @throws {ScenarioError} @throws {UsageError} */
export async function columnsOf(
  log: string,
  given: (flag: ColumnFlag) => string | undefined,
  signal: AbortSignal,
): Promise<Columns> {
  const { header, rows } = await firstRows(log, signal);
  for (const flag of ['time-column', 'work-column', 'images-column'] as const) {
    const name = given(flag);
    if (name !== undefined && !header.includes(name) && !(name === 'none' && flag !== 'time-column'))
      throw new UsageError(`--${flag} ${name}: no such column${suggestion(name, header)}`);
  }
  const timeColumn = given('time-column');
  const guess = guessColumns(header, rows);
  refuseDataAsHeader(log, header);
  if (rows.length === 0) throw refusal(log, 'expected at least one row below the header', 1);
  const format =
    formatOf(given('time-format')) ??
    namedFormat(log, timeColumn, header, rows) ??
    timeOf(guess, log, header).format;
  const column = timeColumn ?? timeOf(guess, log, header).column;
  const work = optional(given('work-column'), guess.work?.column, column);
  const images = optional(given('images-column'), guess.images?.column, column);
  const unit = workUnitOf(given('work-unit'), work);
  /** As `size from "service_s" (seconds, guessed)`. */
  const told = (what: string, name: string, flag: ColumnFlag, ...known: string[]) => {
    const notes = [...known, ...(given(flag) === undefined ? ['guessed'] : [])];
    return `${what} from ${shown(name)}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`;
  };
  return {
    spec: {
      time_column: column,
      time_format: format,
      work_column: work,
      images_column: images,
      bad_rows: 'drop',
    },
    unit_s: UNIT_SECONDS[unit],
    isUnitUnknown: given('work-unit') === undefined && work !== undefined && unitOf(work) === undefined,
    words: [
      told('time', column, 'time-column', format),
      ...(work === undefined ? [] : [told('size', work, 'work-column', UNIT_NAMES[unit][0])]),
      ...(images === undefined ? [] : [told('images', images, 'images-column')]),
    ],
  };
}

/** A header of dates is a row: the log has none. */
function refuseDataAsHeader(log: string, header: readonly string[]): void {
  const cell = header.find((name) => guessFormat(name) !== undefined);
  if (cell === undefined) return;
  const message = `expected a header with the names of the columns, here ${shown(cell)}: put a line of names above`;
  throw refusal(log, message, 1);
}

/** The format of the column that was named; undefined if none was. */
function namedFormat(
  log: string,
  column: string | undefined,
  header: readonly string[],
  rows: readonly (readonly string[])[],
): TimeFormat | undefined {
  if (column === undefined) return undefined;
  const cells = rows.map((row) => row[header.indexOf(column)] ?? '');
  const format = likelyFormat(cells);
  if (format) return format;
  const known = Object.values(TIME_WORDS).join('; ');
  throw refusal(
    log,
    `column ${column}: expected times, here ${shown(cells[0])}; a time is one of: ${known}`,
    2,
  );
}

async function firstRows(log: string, signal: AbortSignal) {
  let header: readonly string[] = [];
  const rows: (readonly string[])[] = [];
  await tableOf(log, signal, {
    header(cells) {
      header = cells;
    },
    row(cells) {
      rows.push(cells);
      if (rows.length === ROWS_LOOKED_AT) throw new Enough();
    },
    broken() {},
  });
  return { header, rows };
}

function timeOf(guess: Guess, log: string, header: readonly string[]): NonNullable<Guess['time']> {
  if (guess.time) return guess.time;
  const columns = header.slice(0, 20).join(', ');
  throw refusal(
    log,
    `no column looks like arrival times: name it with --time-column; the header has ${columns}`,
    1,
  );
}

function formatOf(text: string | undefined): TimeFormat | undefined {
  if (text === undefined) return undefined;
  const format = TIME_FORMATS.find((one) => one === text);
  if (format) return format;
  throw new UsageError(`--time-format ${text}: expected one of ${TIME_FORMATS.join(', ')}`);
}

/** The unit that is given, else the one in the column's name, else seconds. */
function workUnitOf(given: string | undefined, column: string | undefined): WorkUnit {
  if (given === undefined) return (column && unitOf(column)) || 's';
  const unit = WORK_UNITS.find((one) => one === given);
  if (!unit) throw new UsageError(`--work-unit ${given}: expected one of ${WORK_UNITS.join(', ')}`);
  if (column === undefined)
    throw new UsageError(`--work-unit ${given}: no column of sizes is read: name it with --work-column`);
  return unit;
}

function optional(given: string | undefined, guessed: string | undefined, time: string): string | undefined {
  if (given === 'none') return undefined;
  return given ?? (guessed === time ? undefined : guessed);
}

/** Reads a log, leaving out what cannot be read. @throws {ScenarioError} */
export async function readRows(file: string, spec: LogSpec, signal: AbortSignal): Promise<TraceRows> {
  const problems: Problem[] = [];
  const reader = new TraceReader(spec, (line, message) => problems.push(problemIn(file, message, line)));
  await tableOf(file, signal, reader);
  const rows = reader.finish();
  if (rows === undefined || problems.length > 0) throw new ScenarioError(problems);
  if (rows.arrival_us.length < 2) throw new UsageError(`${file}: expected at least two requests`);
  return rows;
}

async function tableOf(file: string, signal: AbortSignal, handler: TableHandler): Promise<void> {
  try {
    await readTable(file, handler, signal);
  } catch (error) {
    if (error instanceof Enough) return;
    if (error instanceof BadTable) throw refusal(file, error.message, error.line);
    if ((error as NodeJS.ErrnoException).code?.startsWith('E'))
      throw refusal(file, `cannot be read: ${systemMessage(error)}`);
    throw error;
  }
}

function refusal(file: string, message: string, line?: number): ScenarioError {
  return new ScenarioError([problemIn(file, message, line)]);
}

function problemIn(file: string, message: string, line?: number): Problem {
  return { level: 'error', file, path: '', message, ...(line === undefined ? {} : { line, column: 1 }) };
}
