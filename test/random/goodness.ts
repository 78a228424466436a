import type { Cdf } from './cdf.ts';

/** Statistical checks. All run on fixed seeds: they give the same verdict every time. */

/** Kolmogorov's distance times sqrt(n): above 2.23 with a chance of 1e-4 for a right law (any n that is not small). */
export function kolmogorov(values: ArrayLike<number>, cdf: Cdf): number {
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  let distance = 0;
  for (let i = 0; i < n; i++) {
    const f = cdf(sorted[i]!);
    distance = Math.max(distance, f - i / n, (i + 1) / n - f);
  }
  return distance * Math.sqrt(n);
}

/** The same for values that were rounded to whole numbers: they are compared at the edges of their cells. */
export function kolmogorovRounded(values: ArrayLike<number>, cdf: Cdf): number {
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  let distance = 0;
  for (let i = 0; i < n; i++) {
    if (i + 1 < n && sorted[i + 1] === sorted[i]) continue;
    distance = Math.max(distance, Math.abs((i + 1) / n - cdf(sorted[i]! + 0.5)));
  }
  return distance * Math.sqrt(n);
}

export const KOLMOGOROV_LIMIT = 2.23;

/** Pearson's statistic for counts in equally likely cells, as standard deviations above its expectation. */
export function chiSquareExcess(counts: ArrayLike<number>): number {
  const all = Array.from(counts);
  const expected = all.reduce((sum, count) => sum + count, 0) / all.length;
  const statistic = all.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  const freedom = all.length - 1;
  return (statistic - freedom) / Math.sqrt(2 * freedom);
}

/** How far the mean of some values is from the truth, in standard errors; 0 if they agree to rounding. */
export function meanOff(values: ArrayLike<number>, truth: number): number {
  const n = values.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i]! - truth;
  const mean = truth + sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (values[i]! - mean) ** 2;
  const off = Math.abs(mean - truth);
  return off <= 1e-12 * Math.abs(truth) ? 0 : off / Math.sqrt(squares / (n - 1) / n);
}

/** The same of the variance around a mean that is known. */
export function varianceOff(values: ArrayLike<number>, mean: number, truth: number): number {
  const squares = new Float64Array(values.length);
  for (let i = 0; i < squares.length; i++) squares[i] = (values[i]! - mean) ** 2;
  return meanOff(squares, truth);
}
