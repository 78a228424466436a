import { number } from '../../core/fields.ts';
import type { Stream } from '../stream.ts';
import { normal } from '../ziggurat.ts';
import type { Distribution, DistributionKind } from './distribution.ts';

export interface GammaSpec {
  distribution: 'gamma';
  mean: number;
  cv: number;
}

/** Gamma with shape 1 / cv^2 and the given mean. */
export function gamma(mean: number, cv: number): Distribution {
  const shape = 1 / (cv * cv);
  const scale = mean / shape;
  return {
    mean,
    fill(stream, out, from, to) {
      for (let i = from; i < to; i++) out[i] = scale * standardGamma(stream, shape);
    },
  };
}

/**
 * Marsaglia and Tsang, "A simple method for generating gamma variables", ACM TOMS 26(3), 2000; a shape below 1 by
 * their boost: a variate of shape + 1 times a uniform number to the power of 1 / shape.
 */
function standardGamma(stream: Stream, shape: number): number {
  if (shape < 1) return standardGamma(stream, shape + 1) * stream.open() ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(stream);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(stream.open()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

export const gammaKind: DistributionKind<GammaSpec> = {
  keys: (_quantity, mean) => ({ mean, cv: number({ min: 0.001, max: 1000 }) }),
  make: (spec) => gamma(spec.mean, spec.cv),
};
