import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactSum } from '../../src/stats/exact-sum.ts';

const whole = fc.oneof(
  fc.maxSafeInteger(),
  fc.integer({ min: 2 ** 52, max: Number.MAX_SAFE_INTEGER }),
  fc.integer({ min: -9, max: 9 }),
);

describe('the exact sum of whole numbers', () => {
  it('is the sum in big integers, rounded once', () => {
    const law = fc.property(fc.array(whole, { maxLength: 30 }), (values) => {
      expect(exactSum(values)).toBe(Number(values.reduce((sum, value) => sum + BigInt(value), 0n)));
    });
    fc.assert(law, { seed: 13, numRuns: 500 });
  });

  it('does not depend on the order', () => {
    const law = fc.property(fc.array(whole, { maxLength: 20 }), (values) => {
      const sorted = values.toSorted((a, b) => a - b);
      expect(exactSum(sorted)).toBe(exactSum(values));
      expect(exactSum(sorted.reverse())).toBe(exactSum(values));
    });
    fc.assert(law, { seed: 14, numRuns: 300 });
  });

  it('keeps the ones that a sum of doubles loses', () => {
    const values = [2 ** 53, 1, 1, 1, 1];
    expect(values.reduce((sum, value) => sum + value, 0)).toBe(2 ** 53);
    expect(exactSum(values)).toBe(2 ** 53 + 4);
  });

  it('comes back from beyond 2^53', () => {
    expect(exactSum([Number.MAX_SAFE_INTEGER, 7, -Number.MAX_SAFE_INTEGER])).toBe(7);
    expect(exactSum([2 ** 53, 1, -(2 ** 53)])).toBe(1);
  });

  it('takes an array of doubles as it is, and is 0 for none', () => {
    expect(exactSum(Float64Array.of(1, 2, 3))).toBe(6);
    expect(exactSum([])).toBe(0);
  });
});
