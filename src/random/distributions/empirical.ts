import { assert } from '../../core/assert.ts';
import { text } from '../../core/fields.ts';
import type { Distribution, DistributionKind } from './distribution.ts';

export interface EmpiricalSpec {
  distribution: 'empirical';
  file: string;
  column: string;
  /** The column's values, once the file has been read. */
  values?: Float64Array | undefined;
}

/** The values of a sample, each equally likely. */
export function empirical(values: Float64Array): Distribution {
  assert(values.length > 0, 'an empirical distribution has values');
  return {
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    fill(stream, out, from, to) {
      for (let i = from; i < to; i++) out[i] = values[stream.index(values.length)]!;
    },
  };
}

export const empiricalKind: DistributionKind<EmpiricalSpec> = {
  keys: () => ({ file: text('a file, relative to the scenario'), column: text('the name of a column') }),
  make(spec) {
    assert(spec.values !== undefined, `${spec.file} has been read`);
    return empirical(spec.values);
  },
};
