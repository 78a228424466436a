import { SECOND_US } from '../core/time.ts';
import { dispersion, momentsOf } from '../stats/moments.ts';
import { countBelow } from '../workload/sorted.ts';

/** Windows in which arrivals are counted, in seconds. */
export const WINDOWS_S = [1, 10, 60, 600, 3600, 21_600] as const;
/** Fewer windows than these say nothing. */
const FEWEST_WINDOWS = 10;

/** A stretch of a log. */
export interface Stretch {
  /** Rising. */
  readonly arrival_us: Float64Array;
  readonly from_us: number;
  readonly to_us: number;
}

/** Arrivals in consecutive windows that lie within the stretch. */
export function countsOf({ arrival_us, from_us, to_us }: Stretch, window_us: number): Float64Array {
  const counts = new Float64Array(Math.max(0, Math.floor((to_us - from_us) / window_us)));
  for (const t of arrival_us) {
    const window = Math.floor((t - from_us) / window_us);
    if (window >= 0 && window < counts.length) counts[window]!++;
  }
  return counts;
}

/** Variance over mean of the counts in windows of each length; undefined where there are too few. */
export function dispersionCurve(stretch: Stretch, windows_s: readonly number[] = WINDOWS_S) {
  return windows_s.map((window_s) => {
    const counts = countsOf(stretch, window_s * SECOND_US);
    return counts.length < FEWEST_WINDOWS ? undefined : dispersion(momentsOf(counts));
  });
}

/** Gaps between arrivals, in seconds. */
export function gapsOf(arrival_us: Float64Array): Float64Array {
  const gaps = new Float64Array(Math.max(0, arrival_us.length - 1));
  for (let i = 0; i < gaps.length; i++) gaps[i] = (arrival_us[i + 1]! - arrival_us[i]!) / SECOND_US;
  return gaps;
}

/** The rising values of a rising array that lie in [from, to). */
export function between(sorted: Float64Array, from: number, to: number): Float64Array {
  return sorted.subarray(countBelow(sorted, from), countBelow(sorted, to));
}
