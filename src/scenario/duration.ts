import { DAY_US, microseconds } from '../core/time.ts';
import { period_us } from '../workload/processes/trace.ts';
import type { SourceSpec } from '../workload/source.ts';
import { LONGEST_DAYS } from './schema.ts';

export const DEFAULT_DURATION_US = DAY_US;

/**
 * The duration of a run: as written, in seconds; of traces alone, up to the end of the hour of their last arrival.
 *
 * @param refuse told the position of a source that lasts too long
 */
export function durationOf(
  written: number | undefined,
  sources: readonly SourceSpec[],
  refuse: (source: number, message: string) => void,
): number {
  if (written !== undefined) return microseconds(written);
  const ends_us = sources.map(({ process }) =>
    process.process === 'trace' && process.rows?.arrival_us.length
      ? process.repeat * period_us(process.rows)
      : undefined,
  );
  const known = ends_us.filter((end) => end !== undefined);
  if (known.length === 0 || known.length < ends_us.length) return DEFAULT_DURATION_US;
  const end_us = Math.max(...known);
  if (end_us <= LONGEST_DAYS * DAY_US) return end_us;
  const days = Math.ceil(end_us / DAY_US);
  refuse(ends_us.indexOf(end_us), `lasts ${days} days, more than ${LONGEST_DAYS}: give a duration`);
  return DEFAULT_DURATION_US;
}
