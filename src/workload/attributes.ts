import type * as z from 'zod';
import { assert } from '../core/assert.ts';
import { oneOf, strict, text } from '../core/fields.ts';
import type { Stream } from '../random/stream.ts';
import { sliceEdge } from './arrange-log.ts';
import type { Batch } from './batch.ts';
import type { TraceRows } from './log-rows.ts';
import { TIME_FORMATS, type TimeFormat } from './time-format.ts';

/** Requests drawn from the rows of a log, so that size and images stay together as they are there. */
export interface AttributesSpec {
  readonly attributes: 'rows';
  file: string;
  work_column?: string | undefined;
  images_column?: string | undefined;
  bad_rows: 'error' | 'drop';
  /** With from and to: the slice of the log whose rows are drawn. */
  time_column?: string | undefined;
  time_format?: TimeFormat | undefined;
  from?: string | undefined;
  to?: string | undefined;
  /** The log, once the file has been read. */
  rows?: TraceRows | undefined;
}

export const badRows = oneOf(['error', 'drop']);

const edge = text('a timestamp, or a duration from t = 0').refine(
  (written) => sliceEdge(written) !== undefined,
  { error: 'expected a timestamp, or a duration from t = 0 as 36h' },
);

export const attributesSchema = strict({
  file: text('a CSV file, relative to the scenario'),
  work_column: text('the name of a column').optional(),
  images_column: text('the name of a column').optional(),
  bad_rows: badRows.default('error') as unknown as z.ZodType,
  time_column: text('the name of the column with the arrival times').optional(),
  time_format: oneOf(TIME_FORMATS).optional(),
  from: edge.optional(),
  to: edge.optional(),
})
  .refine((spec) => spec.time_column !== undefined || (spec.from === undefined && spec.to === undefined), {
    error: 'a slice needs the time_column of the log',
  })
  .refine((spec) => spec.work_column !== undefined || spec.images_column !== undefined, {
    error: 'expected a work_column, an images_column, or both',
  })
  .transform((spec) => ({ attributes: 'rows', ...spec })) as unknown as z.ZodType<AttributesSpec>;

/** Writes size and images of requests, each those of a row drawn with equal chance. */
export function drawRows(spec: AttributesSpec, stream: Stream) {
  const { rows } = spec;
  assert(rows !== undefined, `${spec.file} has been read`);
  const { work, images, arrival_us } = rows;
  return (batch: Batch, from: number, to: number) => {
    for (let i = from; i < to; i++) {
      const row = stream.index(arrival_us.length);
      if (work) batch.size[i] = work[row]!;
      if (images) batch.images[i] = images[row]!;
    }
  };
}
