import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exp } from '../../src/random/exp.ts';

// Of which up to 1.1e-16 are Math.exp's own.
test('exp is within 5e-16 of Math.exp, relatively, wherever a result is a normal number', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.double({ min: -708, max: 709.7, noNaN: true }),
        fc.double({ min: -3, max: 3, noNaN: true }),
        fc.integer({ min: -180_000, max: 180_000 }).map((k) => ((k + 0.5) / 256) * Math.LN2),
      ),
      (x) => {
        const expected = Math.exp(x);
        expect(Math.abs(exp(x) - expected)).toBeLessThanOrEqual(5e-16 * expected);
      },
    ),
    { numRuns: 20_000, seed: 7 },
  );
});

test.each([0, 1, -745, -800, 710, Infinity, -Infinity, Number.NaN])('exp(%f)', (x) => {
  expect(exp(x)).toBe(Math.exp(x));
});
