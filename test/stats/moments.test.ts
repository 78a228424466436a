import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Moments, MomentsBuilder, mergeMoments, NO_MOMENTS, variance } from '../../src/stats/moments.ts';

function momentsOf(values: readonly number[]): Moments {
  const builder = new MomentsBuilder();
  for (const value of values) builder.add(value);
  return builder.moments();
}

/** By the definition, in two passes. */
function twoPasses(values: readonly number[]): Moments {
  if (values.length === 0) return { count: 0, mean: 0, deviations: 0 };
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return { count: values.length, mean, deviations: values.reduce((sum, x) => sum + (x - mean) ** 2, 0) };
}

function expectSame(found: Moments, expected: Moments): void {
  expect(found.count).toBe(expected.count);
  expect(found.mean).toBeCloseTo(expected.mean, 8);
  expect(Math.abs(found.deviations - expected.deviations)).toBeLessThanOrEqual(
    1e-9 * (1 + expected.deviations),
  );
}

const values = fc.array(
  fc.integer({ min: 0, max: 100_000 }).map((x) => x / 100),
  { maxLength: 30 },
);

describe('moments', () => {
  it('are those of the definition', () => {
    const law = fc.property(values, (x) => expectSame(momentsOf(x), twoPasses(x)));
    fc.assert(law, { seed: 10 });
  });

  it('of a union are those of its values, wherever it is cut', () => {
    const law = fc.property(values, values, values, (a, b, c) => {
      const whole = twoPasses([...a, ...b, ...c]);
      const [x, y, z] = [momentsOf(a), momentsOf(b), momentsOf(c)] as const;
      expectSame(mergeMoments(mergeMoments(x, y), z), whole);
      expectSame(mergeMoments(x, mergeMoments(y, z)), whole);
      expectSame(mergeMoments(z, mergeMoments(y, x)), whole);
    });
    fc.assert(law, { seed: 11 });
  });

  it('merged with none are the same, to the bit', () => {
    const some = momentsOf([1.1, 2.2, 5.7]);
    expect(mergeMoments(some, NO_MOMENTS)).toEqual(some);
    expect(mergeMoments(NO_MOMENTS, some)).toEqual(some);
    expect(mergeMoments(NO_MOMENTS, NO_MOMENTS)).toEqual(NO_MOMENTS);
  });

  it('of zeros added at once are those of zeros added one by one', () => {
    const law = fc.property(values, fc.nat(20), values, (before, zeros, after) => {
      const builder = new MomentsBuilder();
      for (const value of before) builder.add(value);
      builder.addZeros(zeros);
      for (const value of after) builder.add(value);
      expectSame(builder.moments(), twoPasses([...before, ...new Array<number>(zeros).fill(0), ...after]));
    });
    fc.assert(law, { seed: 12 });
  });

  it('of equal values have no deviation at all, even where a square loses digits', () => {
    for (const value of [0.1, 1 / 3, 1e15 + 0.3])
      expect(momentsOf(new Array<number>(1000).fill(value))).toEqual({
        count: 1000,
        mean: value,
        deviations: 0,
      });
  });

  it('keep their digits far from 0', () => {
    const { deviations } = momentsOf([1e9 + 1, 1e9 + 2, 1e9 + 3]);
    expect(deviations).toBeCloseTo(2, 12);
  });

  it('have no variance before the second value', () => {
    expect(variance(momentsOf([]))).toBeUndefined();
    expect(variance(momentsOf([5]))).toBeUndefined();
    expect(variance(momentsOf([1, 3]))).toBe(2);
  });

  it('can be read on the way', () => {
    const builder = new MomentsBuilder();
    expect(builder.moments()).toEqual(NO_MOMENTS);
    builder.add(4);
    expect(builder.moments()).toEqual({ count: 1, mean: 4, deviations: 0 });
    builder.add(6);
    expect(builder.moments()).toEqual({ count: 2, mean: 5, deviations: 2 });
  });
});
