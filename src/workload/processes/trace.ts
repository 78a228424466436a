import type * as z from 'zod';
import { assert } from '../../core/assert.ts';
import { oneOf, text, whole } from '../../core/fields.ts';
import { HOUR_US, seconds } from '../../core/time.ts';
import { badRows } from '../attributes.ts';
import type { TraceRows } from '../log-rows.ts';
import { countBelow } from '../sorted.ts';
import { TIME_FORMATS, type TimeFormat } from '../time-format.ts';
import type { ProcessKind } from './process.ts';

export interface TraceSpec {
  process: 'trace';
  file: string;
  time_column: string;
  time_format?: TimeFormat | undefined;
  work_column?: string | undefined;
  images_column?: string | undefined;
  adapter_column?: string | undefined;
  origin?: string | undefined;
  /** The slice that is replayed. */
  from?: string | undefined;
  to?: string | undefined;
  bad_rows?: 'error' | 'drop' | undefined;
  repeat: number;
  /** The log, once the file has been read. */
  rows?: TraceRows | undefined;
}

/** The time after which a repeated log begins anew: that of its slice, else up to the full hour after its last row. */
export function period_us(rows: TraceRows): number {
  if (rows.period_us !== undefined) return rows.period_us;
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
  keys: () => ({
    file: text('a CSV file, relative to the scenario'),
    time_column: text('the name of the column with the arrival times'),
    time_format: oneOf(TIME_FORMATS).optional(),
    work_column: text('the name of a column').optional(),
    images_column: text('the name of a column').optional(),
    adapter_column: text('the name of a column').optional(),
    origin: text('midnight, first-arrival or a timestamp').optional(),
    from: text('a timestamp, or a duration from t = 0').optional(),
    to: text('a timestamp, or a duration from t = 0').optional(),
    bad_rows: badRows.optional(),
    repeat: whole(1, 1_000_000).default(1) as unknown as z.ZodType,
  }),
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
    yield countBelow(rows.arrival_us, end_us - pass * period);
  }
}
