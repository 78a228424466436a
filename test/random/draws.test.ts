import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Draws } from '../../src/random/distributions/distribution.ts';
import {
  type DistributionSpec,
  makeDistribution,
  type SimpleSpec,
} from '../../src/random/distributions/table.ts';
import { streamsOf } from '../../src/random/stream.ts';

const simple: SimpleSpec[] = [
  { distribution: 'constant', value: 3 },
  { distribution: 'uniform', min: 1, max: 2 },
  { distribution: 'exponential', mean: 6 },
  { distribution: 'lognormal', mean: 6, cv: 2 },
  { distribution: 'gamma', mean: 6, cv: 0.3 },
  { distribution: 'gamma', mean: 6, cv: 2 },
  { distribution: 'weibull', mean: 6, shape: 0.5 },
  { distribution: 'hyperexponential', mean: 6, cv: 3 },
  { distribution: 'empirical', file: 'f', column: 'c', values: Float64Array.of(1, 2, 3, 5, 8) },
];
const specs: DistributionSpec[] = [
  ...simple,
  { distribution: 'mixture', parts: simple.map((of, i) => ({ weight: i + 1, of })) },
];
const stream = () => streamsOf('draws', 0)('values');

function allAtOnce(spec: DistributionSpec, count: number): Float64Array {
  const out = new Float64Array(count);
  makeDistribution(spec).fill(stream(), out, 0, count);
  return out;
}

describe.each(specs.map((spec) => [spec.distribution, spec] as const))('draws from %s', (_, spec) => {
  it('do not depend on the pieces in which they are filled', () => {
    const law = fc.property(fc.array(fc.nat(70), { maxLength: 12 }), (pieces) => {
      const count = pieces.reduce((sum, piece) => sum + piece, 0);
      const out = new Float64Array(count);
      const inPieces = stream();
      const made = makeDistribution(spec);
      let at = 0;
      for (const piece of pieces) {
        made.fill(inPieces, out, at, at + piece);
        at += piece;
      }
      expect(out).toEqual(allAtOnce(spec, count));
    });
    fc.assert(law, { seed: 3, numRuns: 30 });
  });

  it('leave what is outside the piece alone', () => {
    const out = new Float64Array(10).fill(-1);
    makeDistribution(spec).fill(stream(), out, 3, 7);
    expect(out.map((value) => (value === -1 ? 0 : 1))).toEqual(Float64Array.of(0, 0, 0, 1, 1, 1, 1, 0, 0, 0));
  });

  it('come one at a time in the same order, whatever the buffer', () => {
    for (const length of [1, 7, 64, undefined]) {
      const draws = new Draws(makeDistribution(spec), stream(), length);
      expect(Float64Array.from({ length: 200 }, () => draws.next())).toEqual(allAtOnce(spec, 200));
    }
  });
});
