import type { Distribution, DistributionKind } from './distribution.ts';

export interface UniformSpec {
  distribution: 'uniform';
  min: number;
  max: number;
}

/** Every value from `min` to `max` is equally likely. */
export function uniform(min: number, max: number): Distribution {
  const span = max - min;
  return {
    mean: (min + max) / 2,
    fill(stream, out, from, to) {
      for (let i = from; i < to; i++) out[i] = min + span * stream.uniform();
    },
  };
}

export const uniformKind: DistributionKind<UniformSpec> = {
  keys: (quantity) => ({ min: quantity, max: quantity }),
  fault: ({ min, max }) => (min > max ? `expected min to be at most max, here ${min} and ${max}` : undefined),
  make: (spec) => uniform(spec.min, spec.max),
};
