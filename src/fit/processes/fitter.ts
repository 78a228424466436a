import type { ProcessSpec } from '../../workload/processes/table.ts';
import type { GapSample } from '../gap-sample.ts';

/**
 * Finds the process of greatest likelihood, at the rate of the sample.
 * @param sample of at least 20 gaps
 * @returns undefined where the process is none for these data: where it comes down to a simpler one, or to the edge of
 * what it can be
 */
export type Fitter = (sample: GapSample) => ProcessSpec | undefined;

/** The first so many, for a cheap first look. */
export function firstOf(gaps_s: Float64Array, count: number): Float64Array {
  return gaps_s.subarray(0, Math.min(count, gaps_s.length));
}

/** Arrivals a second of the gaps alone. */
export function rateOf(gaps_s: Float64Array): number {
  return gaps_s.length / gaps_s.reduce((sum, gap) => sum + gap, 0);
}
