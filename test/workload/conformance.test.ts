import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR_US } from '../../src/core/time.ts';
import { type ProcessSpec, processes, processKind } from '../../src/workload/processes/table.ts';
import { meanOff } from '../random/goodness.ts';
import { counts, fillIn, firstInstants, makeProcess } from './draw.ts';

/** What every arrival process must do. A new process is a new entry here. */
interface Case {
  readonly spec: ProcessSpec;
  /** The rate is checked from 0 to here. */
  readonly end_us?: number;
  readonly replications?: number;
  /** Whether no dice are thrown while the rate scale is 1. */
  readonly isFixed?: true;
}

const log = {
  arrival_us: Float64Array.from({ length: 400 }, (_, i) => 1e6 * Math.floor((i * i) / 50)),
  work: Float64Array.from({ length: 400 }, (_, i) => 1 + (i % 7)),
  images: Float64Array.from({ length: 400 }, (_, i) => i % 4),
};

const cases: Record<string, readonly Case[]> = {
  poisson: [
    { spec: { process: 'poisson', rate: 0.1 } },
    { spec: { process: 'poisson', rate: 200 }, end_us: 30e6 },
  ],
  constant: [
    { spec: { process: 'constant', rate: 0.3 }, isFixed: true },
    { spec: { process: 'constant', rate: 70_000 }, end_us: 5e5, isFixed: true },
  ],
  'on-off': [
    { spec: { process: 'on-off', rate_on: 0.5, rate_off: 0, mean_on: 60, mean_off: 240 } },
    {
      spec: { process: 'on-off', rate_on: 0.5, rate_off: 0.2, mean_on: 1, mean_off: 1000 },
      replications: 400,
    },
  ],
  mmpp: [
    {
      spec: {
        process: 'mmpp',
        states: [
          { rate: 0.3, mean_duration: 60 },
          { rate: 0.05, mean_duration: 300 },
        ],
      },
    },
    {
      spec: {
        process: 'mmpp',
        states: [
          { rate: 2, mean_duration: 10 },
          { rate: 0, mean_duration: 100 },
          { rate: 0.1, mean_duration: 1000 },
          { rate: 0.5, mean_duration: 300 },
        ],
      },
      replications: 400,
    },
  ],
  gamma: [
    { spec: { process: 'gamma', rate: 0.1, cv: 2 } },
    { spec: { process: 'gamma', rate: 3, cv: 0.5 }, end_us: 600e6 },
  ],
  weibull: [
    { spec: { process: 'weibull', rate: 0.1, shape: 0.5 } },
    { spec: { process: 'weibull', rate: 3, shape: 2 }, end_us: 600e6 },
  ],
  hyperexponential: [
    { spec: { process: 'hyperexponential', rate: 0.1, cv: 2 } },
    { spec: { process: 'hyperexponential', rate: 50, cv: 1 }, end_us: 60e6 },
  ],
  hawkes: [
    { spec: { process: 'hawkes', base_rate: 0.05, branching: 0.5, decay: 30 } },
    { spec: { process: 'hawkes', base_rate: 0.02, branching: 0.9, decay: 2 }, replications: 400 },
    { spec: { process: 'hawkes', base_rate: 0.1, branching: 0, decay: 10 } },
  ],
  batch: [
    { spec: { process: 'batch', rate: 0.1, size: { distribution: 'constant', value: 4 } } },
    {
      spec: {
        process: 'batch',
        rate: 0.05,
        size: {
          distribution: 'mixture',
          parts: [
            { weight: 3, of: { distribution: 'constant', value: 1 } },
            {
              weight: 1,
              of: { distribution: 'empirical', file: 'f', column: 'c', values: Float64Array.of(2, 5, 30) },
            },
          ],
        },
      },
    },
  ],
  phases: [
    {
      spec: {
        process: 'phases',
        phases: [
          { duration: 600, rate: 0, ramp_to: 0.3 },
          { duration: 900, rate: 0.3, name: 'plateau' },
          { duration: 0.25, rate: 40, ramp_to: 0 },
          { duration: 500, rate: 0 },
        ],
        repeat: 40,
      },
    },
  ],
  diurnal: [
    { spec: { process: 'diurnal', rate: 0.02, amplitude: 0.8, peak: 6 * 3600 }, end_us: 30 * HOUR_US },
    { spec: { process: 'diurnal', rate: 0.02, amplitude: 1, peak: 14 * 3600 }, end_us: 7 * HOUR_US },
  ],
  'flash-crowd': [
    {
      spec: {
        process: 'flash-crowd',
        base_rate: 0.05,
        at: 600,
        peak_rate: 2,
        rise: 60,
        decay: 300,
      },
    },
    { spec: { process: 'flash-crowd', base_rate: 0, at: 0, peak_rate: 2, rise: 0, decay: 300 } },
  ],
  hourly: [
    {
      spec: {
        process: 'hourly',
        rates: Array.from({ length: 24 }, (_, h) => 0.001 * (h % 5)),
        weekend_factor: 0.3,
      },
      end_us: 7.4 * 24 * HOUR_US,
    },
    {
      spec: {
        process: 'hourly',
        rates: Array.from({ length: 24 }, (_, h) => (h === 9 ? 1 : 0)),
        weekend_factor: 1,
      },
      end_us: 24 * HOUR_US,
    },
  ],
  trace: [
    { spec: { process: 'trace', file: 'log', time_column: 't', repeat: 1, rows: log }, isFixed: true },
    {
      spec: {
        process: 'trace',
        file: 'log',
        time_column: 't',
        work_column: 'w',
        images_column: 'i',
        repeat: 3,
        rows: log,
      },
      end_us: 3 * HOUR_US,
      isFixed: true,
    },
  ],
};

it('every process that a source can name is in this suite', () => {
  expect(Object.keys(cases).sort()).toEqual(Object.keys(processes).sort());
});

const all = Object.values(cases)
  .flat()
  .map((one) => [JSON.stringify(one.spec).slice(0, 90), one] as const);

describe.each(all)('%s', (_, { spec, end_us = HOUR_US, replications = 100, isFixed }) => {
  const COUNT = 3000;

  it('gives whole microseconds that never fall and are not before the begin', () => {
    for (const begin_us of [0, -14 * 24 * HOUR_US]) {
      for (const rateScale of [1, 0.4, 2.5]) {
        const found = firstInstants(spec, COUNT, { begin_us, rateScale });
        expect(found.length).toBeGreaterThan(0);
        expect(found.every(Number.isSafeInteger)).toBe(true);
        expect(found.every((t, i) => t >= (i === 0 ? begin_us : found[i - 1]!))).toBe(true);
      }
    }
  });

  it('gives the same requests in pieces of any size', () => {
    for (const rateScale of [1, 2.5]) {
      const whole = fillIn(makeProcess(spec, { rateScale }), [COUNT]);
      const law = fc.property(fc.array(fc.nat(80), { maxLength: 20 }), (pieces) => {
        const count = pieces.reduce((sum, piece) => sum + piece, 0);
        const found = fillIn(makeProcess(spec, { rateScale }), pieces);
        for (const key of Object.keys(whole)) expect(found[key]).toEqual(whole[key]!.slice(0, count));
      });
      fc.assert(law, { seed: 20, numRuns: 15 });
    }
  });

  it('gives the same instants from the same streams, and others in another replication', () => {
    const made = { rateScale: 1.5 };
    expect(firstInstants(spec, COUNT, made)).toEqual(firstInstants(spec, COUNT, made));
    const other = firstInstants(spec, COUNT, { replication: 1 });
    if (isFixed) expect(other).toEqual(firstInstants(spec, COUNT));
    else expect(other).not.toEqual(firstInstants(spec, COUNT));
  });

  it('is shifted by its begin', () => {
    const begin_us = -14 * 24 * HOUR_US;
    const shifted = firstInstants(spec, COUNT, { begin_us, rateScale: 1.5 });
    expect(shifted).toEqual(firstInstants(spec, COUNT, { rateScale: 1.5 }).map((t) => t + begin_us));
  });

  it.each([1, 2.5, 0.4])('comes at its mean rate times a scale of %d', (rateScale) => {
    const expected = processKind(spec).meanRate(spec, end_us) * (end_us / 1e6) * rateScale;
    const found = counts(spec, end_us, replications, rateScale);
    const off = Math.abs(found.reduce((sum, count) => sum + count) / replications - expected);
    // Even gaps may miss by a part of one arrival.
    expect(off <= 1 || meanOff(found, expected) < 4, `off by ${off} of ${expected}`).toBe(true);
  });
});

it('the check of rates rejects a rate that is 10 % off', () => {
  const found = counts(cases['on-off']![0]!.spec, HOUR_US, 1000);
  expect(meanOff(found, 360)).toBeLessThan(4);
  expect(meanOff(found, 396)).toBeGreaterThan(4);
});
