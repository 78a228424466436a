import { expect, test } from 'vitest';
import { streamsOf } from '../../src/random/stream.ts';
import { Zipf } from '../../src/random/zipf.ts';
import { zipf } from '../../src/theory/lru.ts';

function counts(count: number, exponent: number, draws: number): number[] {
  const law = new Zipf(count, exponent);
  const stream = streamsOf(3, 0)(`zipf ${count} ${exponent}`);
  const seen = new Array<number>(count).fill(0);
  for (let i = 0; i < draws; i++) seen[law.rank(stream)]!++;
  return seen;
}

/** Sum of (seen - expected)^2 / expected: about `count - 1`, with a standard deviation of sqrt(2 (count - 1)). */
function chiSquare(seen: readonly number[], p: readonly number[]): number {
  const draws = seen.reduce((sum, n) => sum + n, 0);
  return seen.reduce((sum, n, k) => sum + (n - draws * p[k]!) ** 2 / (draws * p[k]!), 0);
}

test.each([
  [1, 1],
  [5, 0],
  [50, 1],
  [50, 0.8],
  [200, 2],
])(
  'ranks of %i adapters with exponent %f are as frequent as Zipf says, by a chi-square test',
  (count, exponent) => {
    const seen = counts(count, exponent, 400_000);
    const off =
      (chiSquare(seen, zipf(count, exponent)) - (count - 1)) / Math.sqrt(2 * Math.max(1, count - 1));
    expect(Math.abs(off)).toBeLessThan(4);
  },
);

test('the test tells exponent 1 from 1.02', () => {
  expect(chiSquare(counts(50, 1.02, 400_000), zipf(50, 1))).toBeGreaterThan(49 + 6 * Math.sqrt(98));
});
