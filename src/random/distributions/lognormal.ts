import { number } from '../../core/fields.ts';
import { exp } from '../exp.ts';
import { normals } from '../ziggurat.ts';
import type { Distribution, DistributionKind } from './distribution.ts';

export interface LognormalSpec {
  distribution: 'lognormal';
  mean: number;
  cv: number;
}

/** A value whose logarithm is normal; sigma^2 = ln(1 + cv^2), mu = ln(mean) - sigma^2 / 2. */
export function lognormal(mean: number, cv: number): Distribution {
  const variance = Math.log1p(cv * cv);
  const sigma = Math.sqrt(variance);
  const mu = Math.log(mean) - variance / 2;
  return {
    mean,
    fill(stream, out, from, to) {
      normals(stream, out, from, to);
      for (let i = from; i < to; i++) out[i] = exp(mu + sigma * out[i]!);
    },
  };
}

export const lognormalKind: DistributionKind<LognormalSpec> = {
  keys: (_quantity, mean) => ({ mean, cv: number({ min: 0, max: 1000 }) }),
  make: (spec) => lognormal(spec.mean, spec.cv),
};
