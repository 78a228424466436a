import type { Distribution, DistributionKind } from './distribution.ts';

export interface ConstantSpec {
  distribution: 'constant';
  value: number;
}

/** Always the same value. */
export function constant(value: number): Distribution {
  return { mean: value, fill: (_stream, out, from, to) => void out.fill(value, from, to) };
}

export const constantKind: DistributionKind<ConstantSpec> = {
  keys: (quantity) => ({ value: quantity }),
  make: (spec) => constant(spec.value),
};
