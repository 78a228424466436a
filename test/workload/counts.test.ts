import { describe, expect, it } from 'vitest';
import { HOUR_US } from '../../src/core/time.ts';
import { mmpp2Dispersion } from '../../src/theory/mmpp.ts';
import { type ProcessSpec, processKind } from '../../src/workload/processes/table.ts';
import { exponentialCdf } from '../random/cdf.ts';
import { KOLMOGOROV_LIMIT, kolmogorov, meanOff, varianceOff } from '../random/goodness.ts';
import { counts, firstInstants } from './draw.ts';

function gaps(instants: readonly number[]): number[] {
  return instants.map((t, i) => t - (instants[i - 1] ?? 0));
}

describe('Poisson arrivals', () => {
  const spec: ProcessSpec = { process: 'poisson', rate: 0.1 };

  it('have exponential gaps, the first like the others', () => {
    expect(kolmogorov(gaps(firstInstants(spec, 100_000)), exponentialCdf(10e6))).toBeLessThan(
      KOLMOGOROV_LIMIT,
    );
    const first = Float64Array.from(
      { length: 4000 },
      (_, replication) => firstInstants(spec, 1, { replication })[0]!,
    );
    expect(kolmogorov(first, exponentialCdf(10e6))).toBeLessThan(KOLMOGOROV_LIMIT);
  });

  it('have exponential gaps at a scaled rate, and would not pass for another one', () => {
    const found = gaps(firstInstants(spec, 100_000, { rateScale: 2.5 }));
    expect(kolmogorov(found, exponentialCdf(4e6))).toBeLessThan(KOLMOGOROV_LIMIT);
    expect(kolmogorov(found, exponentialCdf(4.08e6))).toBeGreaterThan(KOLMOGOROV_LIMIT);
  });

  it('have counts whose variance is their mean', () => {
    expect(varianceOff(counts(spec, HOUR_US, 3000), 360, 360)).toBeLessThan(4);
  });
});

describe('arrivals at a constant rate', () => {
  it('come at the rounded multiples of the gap, the first after one gap', () => {
    expect(firstInstants({ process: 'constant', rate: 3 }, 7)).toEqual([
      333333, 666667, 1000000, 1333333, 1666667, 2000000, 2333333,
    ]);
  });

  it('do not drift: the millionth is where it should be', () => {
    expect(firstInstants({ process: 'constant', rate: 3 }, 1_000_000).at(-1)).toBe(333333333333);
  });
});

interface TwoStates {
  readonly spec: ProcessSpec;
  readonly rates: readonly [number, number];
  readonly leave: readonly [number, number];
}

const twoStates: [string, TwoStates][] = [
  [
    'on-off',
    {
      spec: { process: 'on-off', rate_on: 0.5, rate_off: 0, mean_on: 60, mean_off: 240 },
      rates: [0.5, 0],
      leave: [1 / 60, 1 / 240],
    },
  ],
  [
    'mmpp',
    {
      spec: {
        process: 'mmpp',
        states: [
          { rate: 0.3, mean_duration: 60 },
          { rate: 0.05, mean_duration: 300 },
        ],
      },
      rates: [0.3, 0.05],
      leave: [1 / 60, 1 / 300],
    },
  ],
];

describe.each(twoStates)('%s arrivals', (_, { spec, rates, leave }) => {
  const rate = processKind(spec).meanRate(spec, HOUR_US);

  it.each([
    [60, 1],
    [60, 3],
    [3600, 1],
    [3600, 3],
  ])(
    'have the dispersion of theory in %i s at a scale of %i: the states last as long as before',
    (window, scale) => {
      const found = counts(spec, window * 1e6, 2500, scale);
      const mean = rate * window * scale;
      const dispersion = mmpp2Dispersion(window, [rates[0] * scale, rates[1] * scale], leave);
      expect(meanOff(found, mean)).toBeLessThan(4);
      expect(varianceOff(found, mean, mean * dispersion)).toBeLessThan(4);
      if (scale === 1) return;
      const asIfFaster = mmpp2Dispersion(
        window,
        [rates[0] * scale, rates[1] * scale],
        [leave[0] * scale, leave[1] * scale],
      );
      if (window === 3600) expect(varianceOff(found, mean, mean * asIfFaster)).toBeGreaterThan(4);
    },
  );

  it('start stationary: the first minute is like any other', () => {
    const found = counts(spec, 60e6, 12_000);
    expect(meanOff(found, 60 * rate)).toBeLessThan(4);
    expect(meanOff(found, 60 * rates[0])).toBeGreaterThan(4);
    expect(meanOff(found, 60 * rates[1])).toBeGreaterThan(4);
  });
});

describe('a chain of four states', () => {
  const states = [
    { rate: 8, mean_duration: 10 },
    { rate: 0, mean_duration: 100 },
    { rate: 1, mean_duration: 500 },
    { rate: 4, mean_duration: 30 },
  ];

  it('starts stationary too', () => {
    const spec: ProcessSpec = { process: 'mmpp', states };
    expect(meanOff(counts(spec, 20e6, 10_000), (20 * (80 + 500 + 120)) / 640)).toBeLessThan(4);
  });

  it('is left for any other state with equal chance', () => {
    // Only the first state sends. A lull that begins in either of the others (half and half) goes on to the other
    // half the time: a quarter of them see the second state alone and are short.
    const spec: ProcessSpec = {
      process: 'mmpp',
      states: [
        { rate: 300, mean_duration: 1 },
        { rate: 0, mean_duration: 10 },
        { rate: 0, mean_duration: 1_000_000 },
      ],
    };
    const lulls = gaps(firstInstants(spec, 1_000_000)).filter((gap) => gap > 100_000);
    const short = lulls.map((gap) => (gap < 200e6 ? 1 : 0));
    // The short ones are exponential with a mean of 10 s; those below 0.1 s were not seen.
    const seen = 0.25 * Math.exp(-0.01);
    expect(lulls.length).toBeGreaterThan(2500);
    expect(meanOff(short, seen / (seen + 0.75))).toBeLessThan(4);
  });
});

describe('an hourly rate', () => {
  const rates = Array.from({ length: 24 }, (_, hour) => (hour === 10 ? 0.1 : hour === 11 ? 0.02 : 0));
  const spec: ProcessSpec = { process: 'hourly', rates, weekend_factor: 0.5 };

  it('gives each hour its own expected number, on weekends times the factor', () => {
    const instants = Array.from({ length: 300 }, (_, replication) =>
      firstInstants(spec, 3200, { replication }),
    );
    const inHour = (hour: number) =>
      instants.map((all) => all.filter((t) => Math.floor(t / HOUR_US) === hour).length);
    expect(meanOff(inHour(10), 360)).toBeLessThan(4);
    expect(meanOff(inHour(11), 72)).toBeLessThan(4);
    expect(meanOff(inHour(5 * 24 + 10), 180)).toBeLessThan(4);
    expect(meanOff(inHour(6 * 24 + 11), 36)).toBeLessThan(4);
    expect(meanOff(inHour(7 * 24 + 10), 360)).toBeLessThan(4);
    expect(
      inHour(9)
        .concat(inHour(12))
        .every((count) => count === 0),
    ).toBe(true);
  });
});
