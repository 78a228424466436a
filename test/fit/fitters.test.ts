import { describe, expect, it } from 'vitest';
import { type GapSample, gapSample } from '../../src/fit/gap-sample.ts';
import { maximise, maximise1 } from '../../src/fit/maximise.ts';
import { gammaShape, lognormalLogs, weibullShape } from '../../src/fit/positive-laws.ts';
import { hawkesLikelihood } from '../../src/fit/processes/hawkes.ts';
import { mmppLikelihood } from '../../src/fit/processes/mmpp.ts';
import { fitters } from '../../src/fit/processes/table.ts';
import { sizeLaws } from '../../src/fit/size-law.ts';
import type { SimpleSpec } from '../../src/random/distributions/table.ts';
import { makeDistribution } from '../../src/random/distributions/table.ts';
import { streamsOf } from '../../src/random/stream.ts';
import { multiply, square } from '../../src/theory/matrix.ts';
import type { ProcessSpec } from '../../src/workload/processes/table.ts';
import { firstInstants } from '../workload/draw.ts';

const CLOCK = { monday_us: 0, resolution_us: 1 };

const SAMPLE: GapSample = {
  gaps_s: new Float64Array(),
  rate: 1,
  batches: new Float64Array(),
  resolution_s: 1e-6,
};

/** The first arrivals of a process, as a log of the time they took. */
function sampleOf(spec: ProcessSpec, count: number): GapSample {
  const arrival_us = Float64Array.from(firstInstants(spec, count));
  return gapSample({ arrival_us, from_us: 0, to_us: arrival_us.at(-1)! + 1 }, CLOCK, undefined);
}

function drawn(law: SimpleSpec, count: number): Float64Array {
  const out = new Float64Array(count);
  makeDistribution(law).fill(streamsOf('fit', 0)('values'), out, 0, count);
  return out;
}

/** Relative, of every number in a spec. */
function expectNear(found: object, truth: object, tolerance: number) {
  const numbers = (value: unknown): number[] =>
    typeof value === 'number'
      ? [value]
      : typeof value === 'object'
        ? Object.values(value!).flatMap(numbers)
        : [];
  const [a, b] = [numbers(found), numbers(truth)];
  expect(a).toHaveLength(b.length);
  for (const [i, x] of a.entries())
    expect(Math.abs(x - b[i]!), JSON.stringify(found)).toBeLessThanOrEqual(tolerance * b[i]!);
}

describe('a process is found again from its own gaps', () => {
  it.each<[ProcessSpec, number]>([
    [{ process: 'poisson', rate: 0.2 }, 0.02],
    [{ process: 'gamma', rate: 0.2, cv: 2 }, 0.03],
    [{ process: 'gamma', rate: 0.2, cv: 0.4 }, 0.03],
    [{ process: 'weibull', rate: 0.2, shape: 0.6 }, 0.04],
    [{ process: 'hawkes', base_rate: 0.05, branching: 0.7, decay: 20 }, 0.08],
    [
      {
        process: 'mmpp',
        states: [
          { rate: 2, mean_duration: 60 },
          { rate: 0.1, mean_duration: 300 },
        ],
      },
      0.12,
    ],
    [{ process: 'hyperexponential', rate: 0.2, cv: 3 }, 0.05],
    [{ process: 'on-off', rate_on: 1, mean_on: 60, mean_off: 240, rate_off: 0 }, 0.12],
  ])('%j', (spec, tolerance) => {
    const name = spec.process as keyof typeof fitters;
    expectNear(fitters[name](sampleOf(spec, 20_000))!, spec, tolerance);
  });

  it('gamma also where the clock hides most of the short gaps', () => {
    const truth: ProcessSpec = { process: 'gamma', rate: 0.05, cv: 3 };
    const arrival_us = Float64Array.from(firstInstants(truth, 20_000).map((t) => Math.floor(t / 1e6) * 1e6));
    const stretch = { arrival_us, from_us: 0, to_us: arrival_us.at(-1)! + 1 };
    expectNear(
      fitters.gamma(gapSample(stretch, { monday_us: 0, resolution_us: 1e6 }, undefined))!,
      truth,
      0.05,
    );
  });

  it('and not from others', () => {
    const found = fitters.gamma(sampleOf({ process: 'gamma', rate: 0.2, cv: 2.2 }, 20_000));
    expect(() => expectNear(found!, { process: 'gamma', rate: 0.2, cv: 2 }, 0.03)).toThrow();
  });
});

it('batches are found again by their sizes', () => {
  const parts = [
    { weight: 0.75, of: { distribution: 'constant' as const, value: 1 } },
    { weight: 0.25, of: { distribution: 'constant' as const, value: 8 } },
  ];
  const found = fitters.batch(
    sampleOf({ process: 'batch', rate: 0.1, size: { distribution: 'mixture', parts } }, 20_000),
  );
  const { rate, size } = found as { rate: number; size: { parts: typeof parts } };
  expect(rate).toBeCloseTo(0.1, 2);
  // The last batch of the log may be cut.
  const sure = size.parts.filter(({ weight }) => weight > 0.01).sort((a, b) => a.of.value - b.of.value);
  expectNear(sure, parts, 0.05);
});

describe('a process that is none for these gaps is not offered', () => {
  const poisson = sampleOf({ process: 'poisson', rate: 0.2 }, 5000);
  const batches = sampleOf(
    { process: 'batch', rate: 0.1, size: { distribution: 'constant', value: 5 } },
    5000,
  );

  it('even gaps vary less than any mixture of exponentials', () => {
    const even = sampleOf({ process: 'gamma', rate: 0.2, cv: 0.5 }, 5000);
    expect(fitters.hyperexponential(even)).toBeUndefined();
    expect(fitters['on-off'](even)).toBeUndefined();
  });

  it('requests that come singly are no batches, even by the minute', () => {
    expect(fitters.batch(poisson)).toBeUndefined();
    const arrival_us = Float64Array.from(
      firstInstants({ process: 'poisson', rate: 0.2 }, 5000).map((t) => Math.floor(t / 60e6) * 60e6),
    );
    const stretch = { arrival_us, from_us: 0, to_us: arrival_us.at(-1)! + 1 };
    const byMinute = gapSample(stretch, { monday_us: 0, resolution_us: 60e6 }, undefined);
    expect(fitters.batch(byMinute)).toBeUndefined();
    expect((fitters.gamma(byMinute) as { cv: number }).cv).toBeCloseTo(1, 1);
  });

  it('batches do not excite one another', () => expect(fitters.hawkes(batches)).toBeUndefined());
});

describe('the sample of a long log', () => {
  it('comes from all of it, and has its rate', () => {
    // An hour at ten a second, then nine at one a second.
    const arrival_us = Float64Array.from({ length: 360_000 + 32_400 * 9 }, (_, i) =>
      i < 360_000 ? i * 1e4 : 3600e6 + ((i - 360_000) * 1e6) / 9,
    );
    const stretch = { arrival_us, from_us: 0, to_us: arrival_us.at(-1)! + 1 };
    const { gaps_s, rate } = gapSample(stretch, CLOCK, undefined);
    expect(gaps_s.length).toBe(100_000);
    expect(rate).toBeCloseTo(arrival_us.length / (stretch.to_us / 1e6), 9);
    const short = gaps_s.filter((gap) => gap < 0.05).length / gaps_s.length;
    expect(short).toBeCloseTo(360_000 / arrival_us.length, 1);
    expect((fitters.poisson({ ...SAMPLE, gaps_s, rate }) as { rate: number }).rate).toBe(rate);
  });
});

describe('likelihoods', () => {
  it('of two states do not vanish in a long lull', () => {
    const states = { a: 5, b: 0.2, leaveA: 0.1, leaveB: 0.05 };
    const one = (gap: number) => mmppLikelihood(Float64Array.of(gap), states);
    // Far out, a gap of a second more costs the slowest rate of decay.
    const slowest = one(20_001) - one(20_000);
    expect(Number.isFinite(one(20_000))).toBe(true);
    expect(one(20_000) - one(10_000)).toBeCloseTo(10_000 * slowest, 3);
  });

  const some = Float64Array.of(0.5, 3, 0.02, 11, 1.7, 0.4, 40);

  it('of a Hawkes process are those of its definition', () => {
    const [base, branching, fade] = [0.1, 0.6, 0.5];
    const times = [0];
    for (const gap of some) times.push(times.at(-1)! + gap);
    const rate = (t: number, before: number) =>
      base + times.slice(0, before).reduce((sum, u) => sum + branching * fade * Math.exp(-fade * (t - u)), 0);
    const end = times.at(-1)!;
    const integral =
      base * end + times.reduce((sum, u) => sum + branching * (1 - Math.exp(-fade * (end - u))), 0);
    const truth = times.slice(1).reduce((sum, t, k) => sum + Math.log(rate(t, k + 1)), 0) - integral;
    expect(hawkesLikelihood(some, { base, branching, fade })).toBeCloseTo(truth, 10);
  });

  it('of two states are products of matrices', () => {
    const [a, b, leaveA, leaveB] = [2, 0.1, 0.3, 0.05];
    const generator = [
      [-leaveA - a, leaveA],
      [leaveB, -leaveB - b],
    ];
    /** exp(D t) by scaling, a series, and squaring. */
    const exponential = (t: number) => {
      const small = square(2, (i, j) => (generator[i]![j]! * t) / 1024);
      let term = square(2, (i, j) => (i === j ? 1 : 0));
      let sum = term;
      for (let k = 1; k < 20; k++) {
        term = multiply(term, small).map((row) => row.map((x) => x / k));
        sum = square(2, (i, j) => sum[i]![j]! + term[i]![j]!);
      }
      for (let k = 0; k < 10; k++) sum = multiply(sum, sum);
      return sum;
    };
    let row = [[(leaveB * a) / (leaveB * a + leaveA * b), (leaveA * b) / (leaveB * a + leaveA * b)]];
    for (const gap of some)
      row = multiply(multiply(row, exponential(gap)), [
        [a, 0],
        [0, b],
      ]);
    const truth = Math.log(row[0]![0]! + row[0]![1]!);
    expect(mmppLikelihood(some, { a, b, leaveA, leaveB })).toBeCloseTo(truth, 9);
    // Two states alike are one Poisson process.
    const poisson = some.reduce((sum, gap) => sum + Math.log(0.3) - 0.3 * gap, 0);
    expect(mmppLikelihood(some, { a: 0.3, b: 0.3, leaveA, leaveB })).toBeCloseTo(poisson, 9);
  });
});

describe('laws of positive values', () => {
  it('are found again', () => {
    expect(gammaShape(drawn({ distribution: 'gamma', mean: 3, cv: 0.5 }, 50_000))).toBeCloseTo(4, 0);
    expect(weibullShape(drawn({ distribution: 'weibull', mean: 3, shape: 1.5 }, 50_000))).toBeCloseTo(1.5, 1);
    const { mu, sigma } = lognormalLogs(drawn({ distribution: 'lognormal', mean: 3, cv: 1 }, 50_000));
    expect(sigma).toBeCloseTo(Math.sqrt(Math.log(2)), 1);
    expect(mu).toBeCloseTo(Math.log(3) - Math.log(2) / 2, 1);
  });

  it.each<SimpleSpec>([
    { distribution: 'exponential', mean: 5 },
    { distribution: 'lognormal', mean: 5, cv: 0.6 },
    { distribution: 'gamma', mean: 5, cv: 0.4 },
    { distribution: 'weibull', mean: 5, shape: 3 },
    { distribution: 'constant', value: 7 },
  ])('%j is the nearest to values of its own', (law) => {
    const [best, second] = sizeLaws(drawn(law, 20_000));
    // An exponential law is also a gamma and a Weibull law: then only nearness counts.
    if (law.distribution !== 'exponential') expect(best!.law.distribution).toBe(law.distribution);
    expect(best!.distance).toBeLessThan(0.012);
    if (law.distribution === 'lognormal') expect(second!.distance).toBeGreaterThan(0.02);
  });

  it('of nothing are none', () => expect(sizeLaws(new Float64Array(5))).toEqual([]));
});

describe('climbing', () => {
  it('finds the top of a hill of one number', () => {
    expect(maximise1((x) => -((x - 1.234) ** 2), -10, 10)).toBeCloseTo(1.234, 5);
    expect(maximise1((x) => x, 0, 3)).toBeCloseTo(3, 5);
  });

  it('finds the top of a curved ridge', () => {
    const ridge = ([x, y]: readonly number[]) => -((1 - x!) ** 2) - 100 * (y! - x! * x!) ** 2;
    const { at } = maximise(ridge, [-1.2, 1], 2000);
    expect(at[0]).toBeCloseTo(1, 3);
    expect(at[1]).toBeCloseTo(1, 3);
  });

  it('keeps away from where nothing is defined', () => {
    const { at } = maximise(([x]) => (x! <= 0 ? Number.NaN : Math.log(x!) - x!), [0.1], 500);
    expect(at[0]).toBeCloseTo(1, 4);
  });
});
