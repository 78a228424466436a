import { cumulativeStdNormalProbability, gammaln } from 'simple-statistics';
import { gammaFunction } from '../random/distributions/gamma-function.ts';
import type { SimpleSpec } from '../random/distributions/table.ts';
import { momentsOf } from '../stats/moments.ts';
import { gammaShape, lognormalLogs, weibullShape } from './positive-laws.ts';

/** A law for positive values, and how far it is from them. */
export interface SizeLaw {
  readonly law: Exclude<SimpleSpec, { distribution: 'empirical' }>;
  /** Greatest difference of the distribution functions (Kolmogorov), 0 to 1. */
  readonly distance: number;
}

/** Above this distance a law is not worth its name. */
export const FAR_LAW = 0.05;
/** Values that a law is fitted to: more take longer and say little more. */
const MOST_VALUES = 100_000;

/** Laws of greatest likelihood for the values above 0, the nearest first. */
export function sizeLaws(values: Float64Array): SizeLaw[] {
  const positive = values.filter((x) => x > 0);
  if (positive.length === 0) return [];
  const step = Math.ceil(positive.length / MOST_VALUES);
  const some = positive.filter((_, i) => i % step === 0).sort();
  const { mean } = momentsOf(some);
  if (some[0] === some.at(-1)) return [{ law: { distribution: 'constant', value: some[0]! }, distance: 0 }];
  const { mu, sigma } = lognormalLogs(some);
  const gammaK = gammaShape(some);
  const weibullK = weibullShape(some);
  const weibullScale = mean / gammaFunction(1 + 1 / weibullK);
  const found: [SizeLaw['law'], (x: number) => number][] = [
    [{ distribution: 'exponential', mean }, (x) => -Math.expm1(-x / mean)],
    [
      {
        distribution: 'lognormal',
        mean: Math.exp(mu + sigma ** 2 / 2),
        cv: Math.sqrt(Math.expm1(sigma ** 2)),
      },
      (x) => cumulativeStdNormalProbability((Math.log(x) - mu) / sigma),
    ],
    [{ distribution: 'gamma', mean, cv: gammaK ** -0.5 }, (x) => gammaCdf(gammaK, (gammaK * x) / mean)],
    [
      { distribution: 'weibull', mean, shape: weibullK },
      (x) => -Math.expm1(-((x / weibullScale) ** weibullK)),
    ],
  ];
  return found
    .map(([law, cdf]) => ({ law, distance: distanceOf(some, cdf) }))
    .sort((a, b) => a.distance - b.distance);
}

/** Kolmogorov's distance; values that a log rounded are compared where they step. */
function distanceOf(sorted: Float64Array, cdf: (x: number) => number): number {
  const n = sorted.length;
  let distance = 0;
  for (let i = 0; i < n; ) {
    let next = i;
    while (next < n && sorted[next] === sorted[i]) next++;
    // A value stands for the cell around it: half of those that equal it lie below.
    distance = Math.max(distance, Math.abs((i + next) / (2 * n) - cdf(sorted[i]!)));
    i = next;
  }
  return distance;
}

/** The regularised lower incomplete gamma function, by its series (Abramowitz and Stegun 6.5.29). */
function gammaCdf(shape: number, x: number): number {
  if (x <= 0) return 0;
  if (x > shape + 30 * Math.sqrt(shape) + 60) return 1;
  let term = 1 / shape;
  let sum = term;
  for (let k = 1; k < 100_000 && term > sum * 1e-12; k++) {
    term *= x / (shape + k);
    sum += term;
  }
  return Math.min(1, sum * Math.exp(shape * Math.log(x) - x - gammaln(shape)));
}
