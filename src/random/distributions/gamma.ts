import { number } from '../../core/fields.ts';
import { exp } from '../exp.ts';
import type { Stream } from '../stream.ts';
import { normal } from '../ziggurat.ts';
import type { Distribution, DistributionKind } from './distribution.ts';

export interface GammaSpec {
  distribution: 'gamma';
  mean: number;
  cv: number;
}

/**
 * Gamma with shape 1 / cv^2 and the given mean. A shape below 1 by the boost of Marsaglia and Tsang (below): a variate of
 * shape + 1 times a uniform number to the power of 1 / shape.
 */
export function gamma(mean: number, cv: number): Distribution {
  const shape = 1 / (cv * cv);
  const scale = mean / shape;
  const isBoosted = shape < 1;
  const d = (isBoosted ? shape + 1 : shape) - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  return {
    mean,
    fill(stream, out, from, to) {
      for (let i = from; i < to; i++) {
        const value = scale * d * cubed(stream, d, c);
        out[i] = isBoosted ? value * exp(Math.log(stream.open()) / shape) : value;
      }
    },
  };
}

/**
 * A standard gamma variate of a shape of at least 1, over d = shape - 1/3 (Marsaglia and Tsang, "A simple method for
 * generating gamma variables", ACM TOMS 26(3), 2000). Nearly all are taken by the first test, which asks for no logarithm
 * and takes none that the second would not.
 * @param c 1 / sqrt(9 d)
 */
function cubed(stream: Stream, d: number, c: number): number {
  for (;;) {
    const x = normal(stream);
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    const u = stream.open();
    const square = x * x;
    if (u < 1 - 0.0331 * square * square) return v;
    if (Math.log(u) < 0.5 * square + d - d * v + d * Math.log(v)) return v;
  }
}

export const gammaKind: DistributionKind<GammaSpec> = {
  keys: (_quantity, mean) => ({ mean, cv: number({ min: 0.001, max: 1000 }) }),
  make: (spec) => gamma(spec.mean, spec.cv),
};
