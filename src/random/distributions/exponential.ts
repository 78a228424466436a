import { exponentials } from '../ziggurat.ts';
import type { Distribution, DistributionKind } from './distribution.ts';

export interface ExponentialSpec {
  distribution: 'exponential';
  mean: number;
}

/** The law without memory. */
export function exponential(mean: number): Distribution {
  return {
    mean,
    fill(stream, out, from, to) {
      exponentials(stream, out, from, to);
      for (let i = from; i < to; i++) out[i] = mean * out[i]!;
    },
  };
}

export const exponentialKind: DistributionKind<ExponentialSpec> = {
  keys: (_quantity, mean) => ({ mean }),
  make: (spec) => exponential(spec.mean),
};
