import { number } from '../../core/fields.ts';
import { exponentials } from '../ziggurat.ts';
import type { Distribution, DistributionKind } from './distribution.ts';
import { gammaFunction } from './gamma-function.ts';

export interface WeibullSpec {
  distribution: 'weibull';
  mean: number;
  shape: number;
}

/** Weibull: scale times a standard exponential to the power of 1 / shape; scale = mean / Gamma(1 + 1 / shape). */
export function weibull(mean: number, shape: number): Distribution {
  const power = 1 / shape;
  const scale = mean / gammaFunction(1 + power);
  return {
    mean,
    fill(stream, out, from, to) {
      exponentials(stream, out, from, to);
      for (let i = from; i < to; i++) out[i] = scale * out[i]! ** power;
    },
  };
}

export const weibullKind: DistributionKind<WeibullSpec> = {
  keys: (_quantity, mean) => ({ mean, shape: number({ min: 0.1, max: 100 }) }),
  make: (spec) => weibull(spec.mean, spec.shape),
};
