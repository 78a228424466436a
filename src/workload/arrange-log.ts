import { DAY_US, microseconds } from '../core/time.ts';
import { parseDuration } from '../core/units.ts';
import { believable } from './far.ts';
import { sharedArray } from './growing-array.ts';
import type { LogSpec, Reading, ReportLine, TraceRows } from './log-rows.ts';
import type { TimeFormat } from './time-format.ts';
import { parseTimestamp } from './timestamp.ts';

/** The columns of a log in the order of its file. */
export interface LogColumns {
  /** In microseconds. */
  readonly times: Float64Array;
  readonly work: Float64Array | undefined;
  readonly images: Float64Array | undefined;
  readonly adapter: Float64Array | undefined;
  readonly adapterNames: readonly string[] | undefined;
}

const ALL = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;

/** The rows that are wanted, in order of arrival, counted from the begin of the slice. */
export function arranged(
  columns: LogColumns,
  read: Pick<Reading, 'rows' | 'unreadable' | 'firstUnreadable'>,
  spec: LogSpec,
  format: TimeFormat,
  report: ReportLine,
): TraceRows {
  const { times } = columns;
  const [earliest, latest] = spec.bad_rows === 'drop' ? believable(times, format !== 'seconds') : ALL;
  const origin_us = originOf(times, earliest, spec, format, report);
  const [from_us, to_us] = sliceOf(origin_us, spec, format, report);
  const unsorted = countOf(times, (t, i) => i > 0 && t < times[i - 1]!);
  const isFar = (t: number) => t < earliest || t > latest;
  const order = positions(times, unsorted > 0, (t) => t >= from_us && t < to_us && !isFar(t));
  const rows = {
    arrival_us: gathered(times, order, from_us),
    work: columns.work && gathered(columns.work, order),
    images: columns.images && gathered(columns.images, order),
    adapter: columns.adapter && gathered(columns.adapter, order),
    adapterNames: columns.adapterNames,
    period_us: spec.to === undefined ? undefined : to_us - from_us,
  };
  return {
    ...rows,
    reading: {
      ...read,
      early: countOf(times, (t) => t < from_us && !isFar(t)),
      late: countOf(times, (t) => t >= Math.max(from_us, to_us) && !isFar(t)),
      far: countOf(times, isFar),
      unsorted,
      repeated: repeatedRows(rows),
      epoch_us: format === 'seconds' ? undefined : from_us,
    },
  };
}

/** The instant of t = 0, before any slice. */
function originOf(
  times: Float64Array,
  earliest: number,
  { origin, time_column }: LogSpec,
  format: TimeFormat,
  report: ReportLine,
): number {
  let first_us = Number.POSITIVE_INFINITY;
  for (const t of times) if (t >= earliest && t < first_us) first_us = t;
  if (origin === 'first-arrival') return first_us;
  if (format === 'seconds') {
    if (origin !== undefined)
      report(1, `origin: ${origin} is for timestamps, and column ${time_column} holds seconds`);
    return 0;
  }
  if (origin === undefined || origin === 'midnight') return Math.floor(first_us / DAY_US) * DAY_US;
  return parseTimestamp(origin) ?? 0;
}

function sliceOf(
  origin_us: number,
  { from, to, time_column }: LogSpec,
  format: TimeFormat,
  report: ReportLine,
): [from_us: number, to_us: number] {
  const edge = (text: string | undefined, none: number): number => {
    const read = text === undefined ? undefined : sliceEdge(text);
    if (read === undefined) return none;
    if (read.isTimestamp && format === 'seconds') {
      report(
        1,
        `a slice at ${text} is for timestamps, and column ${time_column} holds seconds: give a duration, as 36h`,
      );
      return none;
    }
    return read.isTimestamp ? read.us : origin_us + read.us;
  };
  return [edge(from, origin_us), edge(to, Number.POSITIVE_INFINITY)];
}

/** An edge of a slice: a timestamp, or a duration from t = 0; undefined for what is neither. */
export function sliceEdge(text: string): { us: number; isTimestamp: boolean } | undefined {
  const stamp_us = parseTimestamp(text);
  if (stamp_us !== undefined) return { us: stamp_us, isTimestamp: true };
  try {
    return { us: microseconds(parseDuration(text, true)), isTimestamp: false };
  } catch {
    return undefined;
  }
}

function countOf(values: Float64Array, is: (value: number, i: number) => boolean): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (is(values[i]!, i)) count++;
  return count;
}

/** Positions of the wanted times in rising order, ties in their own order. */
function positions(times: Float64Array, mustSort: boolean, isWanted: (t: number) => boolean): Uint32Array {
  const order = new Uint32Array(times.length);
  let count = 0;
  for (let i = 0; i < times.length; i++) if (isWanted(times[i]!)) order[count++] = i;
  const wanted = order.subarray(0, count);
  return mustSort ? wanted.sort((a, b) => times[a]! - times[b]! || a - b) : wanted;
}

function gathered(values: Float64Array, order: Uint32Array, shift = 0): Float64Array {
  const out = sharedArray(order.length);
  for (let i = 0; i < out.length; i++) out[i] = values[order[i]!]! - shift;
  return out;
}

/** Rows that equal the one before them. */
function repeatedRows({ arrival_us, work, images, adapter }: TraceRows): number {
  const columns = [arrival_us, work, images, adapter].filter((column) => column !== undefined);
  return countOf(arrival_us, (_, i) => i > 0 && columns.every((column) => column[i] === column[i - 1]));
}
