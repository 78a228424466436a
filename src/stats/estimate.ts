import { quantile, type Sample } from './sample.ts';
import { studentT } from './student-t.ts';

/** A value with its 95 % interval; null where there are no data, or too few for an interval. */
export interface Estimate {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export const NOTHING: Estimate = { value: null, low: null, high: null };
const CONFIDENCE = 0.95;

function around(value: number, standardError: number, replications: number): Estimate {
  if (replications < 2) return { value, low: null, high: null };
  const half = studentT((1 + CONFIDENCE) / 2, replications - 1) * standardError;
  return { value, low: value - half, high: value + half };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The mean of a quantity per run: Student's t over replications. */
export function meanEstimate(perRun: readonly number[]): Estimate {
  const n = perRun.length;
  if (n === 0) return NOTHING;
  const mean = sum(perRun) / n;
  const variance = sum(perRun.map((x) => (x - mean) ** 2)) / (n - 1);
  return around(mean, Math.sqrt(variance / n), n);
}

/**
 * A ratio of sums, sum(y) / sum(x), with the variance of the ratio estimator: that of the residuals y - ratio x over
 * the mean of x (Cochran, Sampling Techniques, 3rd ed. 1977, section 6.4).
 */
export function ratioEstimate(y: readonly number[], x: readonly number[]): Estimate {
  const n = x.length;
  const total = sum(x);
  if (!(total > 0)) return NOTHING;
  const ratio = sum(y) / total;
  const variance = sum(y.map((value, r) => (value - ratio * x[r]!) ** 2)) / (n - 1);
  return around(ratio, Math.sqrt(variance / n) / (total / n), n);
}

/**
 * A percentile of the pooled values, its interval by sectioning: the replications' own percentiles around the pooled
 * one (Asmussen and Glynn, Stochastic Simulation, 2007, III.5a; Nakayama 2014). Replications without a value count not.
 */
export function quantileEstimate(pooled: Sample, perRun: readonly Sample[], p: number): Estimate {
  const value = quantile(pooled, p);
  if (value === undefined) return NOTHING;
  return sectioned(
    value,
    perRun.map((sample) => quantile(sample, p)).filter((q) => q !== undefined),
  );
}

/** An estimate from all data, with the spread of the same estimate made from each replication. */
export function sectioned(value: number, perRun: readonly number[]): Estimate {
  const n = perRun.length;
  const spread = sum(perRun.map((q) => (q - value) ** 2)) / (n - 1);
  return around(value, Math.sqrt(spread / n), n);
}

/** Multiplies an estimate by a positive constant, as from microseconds to seconds. */
export function scaled({ value, low, high }: Estimate, factor: number): Estimate {
  const times = (x: number | null) => (x === null ? null : x * factor);
  return { value: times(value), low: times(low), high: times(high) };
}
