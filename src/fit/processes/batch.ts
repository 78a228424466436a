import type { DistributionSpec } from '../../random/distributions/table.ts';
import { momentsOf } from '../../stats/moments.ts';
import { quantile, sampleOfSorted } from '../../stats/sample.ts';
import type { Fitter } from './fitter.ts';

/** Smaller batches are single requests. */
const LEAST_MEAN = 1.05;
/** A scenario names at most so many sizes: more are stood for by their percentiles. */
const MOST_SIZES = 12;

/** Requests that share an instant are a batch, unless the clock of the log is so coarse that chance puts them together. */
export const fitBatch: Fitter = ({ batches, rate, resolution_s }) => {
  const sizes = batches.slice().sort();
  const { mean } = momentsOf(sizes);
  const byChance = 1 + rate * resolution_s;
  if (mean < LEAST_MEAN || mean - 1 < 3 * (byChance - 1)) return undefined;
  const size = sizeLaw(sizes);
  const mean_size = size.parts.reduce((sum, { weight, of }) => sum + weight * of.value, 0);
  return { process: 'batch', rate: rate / mean_size, size: size as DistributionSpec };
};

function sizeLaw(sorted: Float64Array) {
  const values = new Map<number, number>();
  for (const size of sorted) values.set(size, (values.get(size) ?? 0) + 1);
  const sample = sampleOfSorted(sorted);
  const shown = values.size <= MOST_SIZES ? values : new Map<number, number>();
  if (values.size > MOST_SIZES)
    for (let k = 0; k < MOST_SIZES; k++) {
      const value = quantile(sample, (k + 0.5) / MOST_SIZES)!;
      shown.set(value, (shown.get(value) ?? 0) + 1);
    }
  const total = [...shown.values()].reduce((sum, count) => sum + count, 0);
  const parts = [...shown].map(([value, count]) => ({
    weight: Number((count / total).toPrecision(4)),
    of: { distribution: 'constant' as const, value },
  }));
  return { distribution: 'mixture' as const, parts };
}
