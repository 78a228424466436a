import type { ProcessSpec } from '../../workload/processes/table.ts';

/**
 * Finds the process of greatest likelihood for gaps between arrivals.
 * @param gaps_s above 0, in seconds and in their order, at least 20
 */
export type Fitter = (gaps_s: Float64Array) => ProcessSpec;

/** Arrivals a second. */
export function rateOf(gaps_s: Float64Array): number {
  return gaps_s.length / gaps_s.reduce((sum, gap) => sum + gap, 0);
}

/** The first so many, for a cheap first look. */
export function firstOf(gaps_s: Float64Array, count: number): Float64Array {
  return gaps_s.subarray(0, Math.min(count, gaps_s.length));
}
