import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Estimate,
  meanEstimate,
  quantileEstimate,
  ratioEstimate,
  scaled,
  sectioned,
} from '../../src/stats/estimate.ts';
import { SampleBuilder } from '../../src/stats/sample.ts';
import { studentT } from '../../src/stats/student-t.ts';

/** 97.5 % points of Student's t, by degrees of freedom, as printed in tables. */
const T975: Record<number, number> = {
  1: 12.7062047,
  2: 4.3026527,
  3: 3.1824463,
  5: 2.5705818,
  19: 2.0930241,
  100: 1.9839715,
};

const NOTHING: Estimate = { value: null, low: null, high: null };

function expectEstimate(found: Estimate, value: number, half: number): void {
  expect(found.value).toBeCloseTo(value, 9);
  expect(found.low).toBeCloseTo(value - half, 6);
  expect(found.high).toBeCloseTo(value + half, 6);
}

describe('quantiles of Student’s t', () => {
  it.each(Object.entries(T975))('with %s degrees of freedom are as in the tables', (freedom, t) => {
    expect(studentT(0.975, Number(freedom))).toBeCloseTo(t, 6);
    expect(studentT(0.025, Number(freedom))).toBeCloseTo(-t, 6);
  });

  it('are as in the tables at 99 % too', () => {
    expect(studentT(0.99, 1)).toBeCloseTo(31.8205, 4);
    expect(studentT(0.99, 19)).toBeCloseTo(2.5395, 4);
  });
});

describe('the mean per run', () => {
  it('of 1, 2, 3, 4 is 2.5 within t(3) sqrt(5 / 12)', () => {
    expectEstimate(meanEstimate([1, 2, 3, 4]), 2.5, T975[3]! * Math.sqrt(5 / 12));
  });

  it('of two runs that are 2 apart has half a width of t(1)', () => {
    expectEstimate(meanEstimate([4, 6]), 5, T975[1]!);
  });

  it('has no bounds for one run, and no value for none', () => {
    expect(meanEstimate([3])).toEqual({ value: 3, low: null, high: null });
    expect(meanEstimate([])).toEqual(NOTHING);
  });

  it('has bounds of no width for equal runs', () => {
    expect(meanEstimate([7, 7, 7])).toEqual({ value: 7, low: 7, high: 7 });
  });

  it('moves and stretches with its data', () => {
    const runs = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 10 });
    const law = fc.property(
      runs,
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: -99, max: 99 }),
      (x, a, b) => {
        const plain = meanEstimate(x);
        const moved = meanEstimate(x.map((value) => a * value + b));
        for (const key of ['value', 'low', 'high'] as const)
          expect(moved[key]).toBeCloseTo(a * plain[key]! + b, 6);
      },
    );
    fc.assert(law, { seed: 8 });
  });
});

describe('a ratio of sums', () => {
  it('of y = 2, 3, 7 over x = 1, 2, 3 is 2, with residuals 0, -1, 1 over a mean of 2', () => {
    expectEstimate(ratioEstimate([2, 3, 7], [1, 2, 3]), 2, (T975[2]! * Math.sqrt(1 / 3)) / 2);
  });

  it('is not the mean of the ratios', () => {
    expect(ratioEstimate([1, 30], [1, 10]).value).toBeCloseTo(31 / 11, 12);
  });

  it('is certain when every run has the same ratio, however long the runs are', () => {
    expectEstimate(ratioEstimate([2, 4, 6, 20], [1, 2, 3, 10]), 2, 0);
  });

  it('with equal weights is the mean of the ratios, and has its interval', () => {
    const law = fc.property(
      fc.array(fc.nat(1000), { minLength: 2, maxLength: 10 }),
      fc.integer({ min: 1, max: 50 }),
      (y, x) => {
        const mean = meanEstimate(y.map((value) => value / x));
        expectEstimate(
          ratioEstimate(
            y,
            y.map(() => x),
          ),
          mean.value!,
          mean.high! - mean.value!,
        );
      },
    );
    fc.assert(law, { seed: 9 });
  });

  it('takes a run without anything as a run: its residual is 0', () => {
    expectEstimate(ratioEstimate([0, 1, 3], [0, 1, 1]), 2, (T975[2]! * Math.sqrt((1 + 1) / 2 / 3)) / (2 / 3));
  });

  it('has no bounds for one run, and no value where the sum below is 0', () => {
    expect(ratioEstimate([3], [2])).toEqual({ value: 1.5, low: null, high: null });
    expect(ratioEstimate([], [])).toEqual(NOTHING);
    expect(ratioEstimate([0, 0], [0, 0])).toEqual(NOTHING);
  });
});

function sampleOf(values: readonly number[]) {
  const builder = new SampleBuilder();
  for (const value of values) builder.add(value);
  return builder.take();
}

describe('sectioning', () => {
  it('of 5 with 4, 5, 9 is spread around 5, not around the mean of the three', () => {
    expectEstimate(sectioned(5, [4, 5, 9]), 5, T975[2]! * Math.sqrt((1 + 0 + 16) / 2 / 3));
  });

  it('around the mean is the interval of the mean', () => {
    const runs = [3, 1, 4, 1, 5, 9];
    const mean = meanEstimate(runs);
    expectEstimate(sectioned(23 / 6, runs), mean.value!, mean.high! - mean.value!);
  });

  it('has no bounds for one run or none', () => {
    expect(sectioned(5, [5])).toEqual({ value: 5, low: null, high: null });
    expect(sectioned(5, [])).toEqual({ value: 5, low: null, high: null });
  });

  it('of a percentile takes the percentile of all values, and the spread of the runs’ own', () => {
    const runs = [
      [1, 2, 3, 4],
      [2, 4, 6, 8],
      [5, 5, 5, 50],
    ];
    const found = quantileEstimate(sampleOf(runs.flat()), runs.map(sampleOf), 0.5);
    // All values: 1 2 2 3 4 4 5 5 5 6 8 50, the sixth is 4; the runs' second values are 2, 4 and 5.
    expectEstimate(found, 4, T975[2]! * Math.sqrt((4 + 0 + 1) / 2 / 3));
  });

  it('of a percentile leaves out runs without values', () => {
    const runs = [[1, 2], [], [4, 6]].map(sampleOf);
    expectEstimate(
      quantileEstimate(sampleOf([1, 2, 4, 6]), runs, 0.5),
      2,
      T975[1]! * Math.sqrt((1 + 4) / 1 / 2),
    );
    expect(quantileEstimate(sampleOf([1, 2]), [[1, 2], []].map(sampleOf), 0.5)).toEqual({
      value: 1,
      low: null,
      high: null,
    });
    expect(quantileEstimate(sampleOf([]), [[], []].map(sampleOf), 0.5)).toEqual(NOTHING);
  });
});

describe('scaling an estimate', () => {
  it('scales the value and the bounds, and leaves what is missing missing', () => {
    expect(scaled({ value: 2, low: 1, high: 4 }, 3)).toEqual({ value: 6, low: 3, high: 12 });
    expect(scaled({ value: 2, low: null, high: null }, 3)).toEqual({ value: 6, low: null, high: null });
    expect(scaled(NOTHING, 3)).toEqual(NOTHING);
  });
});
