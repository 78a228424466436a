import type { DistributionSpec, SimpleSpec } from './table.ts';

/** The law of a quantity that is `factor` times as large. @param factor above 0 */
export function scaled(spec: DistributionSpec, factor: number): DistributionSpec {
  if (spec.distribution !== 'mixture') return scaledSimple(spec, factor);
  return { ...spec, parts: spec.parts.map(({ weight, of }) => ({ weight, of: scaledSimple(of, factor) })) };
}

function scaledSimple(spec: SimpleSpec, factor: number): SimpleSpec {
  switch (spec.distribution) {
    case 'constant':
      return { ...spec, value: spec.value * factor };
    case 'uniform':
      return { ...spec, min: spec.min * factor, max: spec.max * factor };
    case 'empirical':
      return { ...spec, values: spec.values?.map((value) => value * factor) };
    default:
      return { ...spec, mean: spec.mean * factor };
  }
}
