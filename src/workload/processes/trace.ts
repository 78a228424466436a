import type { z } from 'zod';
import { assert } from '../../core/assert.ts';
import { text, whole } from '../../core/fields.ts';
import { HOUR_US, seconds } from '../../core/time.ts';
import type { ProcessKind } from './process.ts';

/** A request log in memory, sorted by arrival; 8 bytes a row and column. */
export interface TraceRows {
  /** Rows before the origin, which were left out. */
  readonly skipped?: number;
  readonly arrival_us: Float64Array;
  /** Size of each request, if the log has a work column. */
  readonly work?: Float64Array | undefined;
  /** Outputs of each request, if the log has an images column. */
  readonly images?: Float64Array | undefined;
  /** Adapter of each request, a position in adapterNames or -1, if the log has an adapter column. */
  readonly adapter?: Float64Array | undefined;
  /** In order of their first appearance in the file. */
  readonly adapterNames?: readonly string[] | undefined;
}

export interface TraceSpec {
  process: 'trace';
  file: string;
  time_column: string;
  work_column?: string | undefined;
  images_column?: string | undefined;
  adapter_column?: string | undefined;
  origin?: string | undefined;
  repeat: number;
  /** The log, once the file has been read. */
  rows?: TraceRows | undefined;
}

/** The time after which a repeated log begins anew: from t = 0 to the next full hour after its last row. */
export function period_us(rows: TraceRows): number {
  const last = rows.arrival_us.at(-1) ?? 0;
  return (Math.floor(last / HOUR_US) + 1) * HOUR_US;
}

function rowsOf(spec: TraceSpec): TraceRows {
  assert(spec.rows !== undefined, `${spec.file} has been read`);
  return spec.rows;
}

/**
 * A request log, replayed. With a rate scale, each row appears floor or ceil of the scale times (its fraction is the
 * chance of one more, from a stream of its own), and the copies are spread evenly over the gap to the next row; the
 * gap of the last row ends with the log's period.
 */
export const trace: ProcessKind<TraceSpec> = {
  keys: {
    file: text('a CSV file, relative to the scenario'),
    time_column: text('the name of the column with the arrival times'),
    work_column: text('the name of a column').optional(),
    images_column: text('the name of a column').optional(),
    adapter_column: text('the name of a column').optional(),
    origin: text('midnight, first-arrival or a timestamp').optional(),
    repeat: whole(1, 1_000_000).default(1) as unknown as z.ZodType,
  },
  gives: (spec) => ({
    images: spec.images_column !== undefined,
    size: spec.work_column !== undefined,
    adapter: spec.adapter_column !== undefined,
  }),
  meanRate: (spec, duration_us) =>
    requestsBefore(rowsOf(spec), spec.repeat, duration_us) / seconds(duration_us),
  peakRate: () => 0,
  make(spec, { streams, begin_us, rateScale }) {
    const rows = rowsOf(spec);
    const { arrival_us, work, images, adapter } = rows;
    const period = period_us(rows);
    const scale = rateScale === 1 ? undefined : streams('scale');
    let row = 0;
    let pass = 0;
    let copy = 0;
    let copies = scale ? copiesOf(rateScale, scale.uniform()) : 1;
    return {
      fill(batch, from, to) {
        let i = from;
        while (i < to && pass < spec.repeat && arrival_us.length > 0) {
          if (copy === copies) {
            copy = 0;
            row++;
            if (row === arrival_us.length) {
              row = 0;
              pass++;
            }
            copies = scale ? copiesOf(rateScale, scale.uniform()) : 1;
            continue;
          }
          const here_us = arrival_us[row]!;
          const gap_us =
            copy === 0 ? 0 : (row + 1 < arrival_us.length ? arrival_us[row + 1]! : period) - here_us;
          batch.arrival_us[i] = begin_us + pass * period + here_us + Math.floor((gap_us * copy) / copies);
          if (work) batch.size[i] = work[row]!;
          if (images) batch.images[i] = images[row]!;
          if (adapter) batch.adapter[i] = adapter[row]!;
          copy++;
          i++;
        }
        return i;
      },
    };
  },
};

function copiesOf(scale: number, u: number): number {
  return Math.floor(scale) + (u < scale - Math.floor(scale) ? 1 : 0);
}

/** Requests of a repeated log before an instant. */
export function requestsBefore(rows: TraceRows, repeat: number, end_us: number): number {
  let count = 0;
  for (const rowCount of rowsOfPasses(rows, repeat, end_us)) count += rowCount;
  return count;
}

/** Sum of a column over the requests of a repeated log before an instant. */
export function sumBefore(rows: TraceRows, column: Float64Array, repeat: number, end_us: number): number {
  let sum = 0;
  for (const rowCount of rowsOfPasses(rows, repeat, end_us)) {
    sum += column.subarray(0, rowCount).reduce((total, value) => total + value, 0);
  }
  return sum;
}

/** Rows that each pass through a log brings before an instant. */
function* rowsOfPasses(rows: TraceRows, repeat: number, end_us: number): Generator<number> {
  const period = period_us(rows);
  for (let pass = 0; pass < repeat && pass * period < end_us; pass++) {
    yield rowsBefore(rows.arrival_us, end_us - pass * period);
  }
}

/** How many sorted instants are before `limit`. */
function rowsBefore(sorted: Float64Array, limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
