// Of so many comparisons, vitest's expect would take most of the time.
import assert from 'node:assert/strict';
import { describe, expect, it } from 'vitest';
import { HOUR_US } from '../../src/core/time.ts';
import { streamsOf } from '../../src/random/stream.ts';
import { exponentials } from '../../src/random/ziggurat.ts';
import { sineExpectedCount } from '../../src/theory/time-varying.ts';
import { newBatch } from '../../src/workload/batch.ts';
import { type ProcessSpec, processKind } from '../../src/workload/processes/table.ts';
import { LONG } from '../long.ts';
import { exponentialCdf } from '../random/cdf.ts';
import { KOLMOGOROV_LIMIT, kolmogorov, meanOff } from '../random/goodness.ts';
import { firstInstants, instantsBefore, makeProcess } from './draw.ts';

/** Rates as functions of the time in seconds, written down once more. */
const rates: [string, ProcessSpec, (t: number) => number, end_s: number][] = [
  [
    'diurnal',
    { process: 'diurnal', rate: 0.1, amplitude: 0.8, peak: 6 * 3600 },
    (t) => 0.1 + 0.08 * Math.sin((2 * Math.PI * t) / 86_400),
    40 * 3600,
  ],
  [
    'diurnal with an hour of next to nothing',
    { process: 'diurnal', rate: 0.1, amplitude: 1, peak: 14 * 3600 },
    (t) => 0.1 * (1 + Math.cos((2 * Math.PI * (t - 14 * 3600)) / 86_400)),
    30 * 3600,
  ],
  [
    'phases',
    {
      process: 'phases',
      phases: [
        { duration: 3600, rate: 0.1, ramp_to: 0.5 },
        { duration: 1800, rate: 0.5, ramp_to: 0 },
        { duration: 5400, rate: 0 },
        { duration: 3600, rate: 0.2 },
      ],
      repeat: 2,
    },
    (t) => {
      if (t >= 28_800) return 0;
      const x = t % 14_400;
      if (x < 3600) return 0.1 + (0.4 * x) / 3600;
      if (x < 5400) return 0.5 - (0.5 * (x - 3600)) / 1800;
      return x < 10_800 ? 0 : 0.2;
    },
    9 * 3600,
  ],
  [
    'flash crowd',
    { process: 'flash-crowd', base_rate: 0.02, at: 3600, peak_rate: 1, rise: 300, decay: 1200 },
    (t) => {
      if (t < 3600) return 0.02;
      return t < 3900 ? 0.02 + (0.98 * (t - 3600)) / 300 : 0.02 + 0.98 * Math.exp(-(t - 3900) / 1200);
    },
    4 * 3600,
  ],
  [
    'hourly',
    {
      process: 'hourly',
      rates: Array.from({ length: 24 }, (_, h) => (h % 3) * 0.05),
      weekend_factor: 0.5,
    },
    (t) => (Math.floor(t / 3600) % 3) * 0.05 * (Math.floor(t / 86_400) % 7 >= 5 ? 0.5 : 1),
    8 * 86_400,
  ],
];

const SLICES = 20;

describe.each(rates)('%s', (_, spec, rate, end_s) => {
  /** The integral of the rate, by the midpoint rule on a fine grid. */
  const integral = (from_s: number, to_s: number) => {
    const steps = Math.ceil(to_s - from_s) * 2;
    const step = (to_s - from_s) / steps;
    let sum = 0;
    for (let i = 0; i < steps; i++) sum += rate(from_s + (i + 0.5) * step);
    return sum * step;
  };

  it('expects what the integral of its rate says', () => {
    for (const share of [0.1, 0.33, 0.5, 1]) {
      const expected = processKind(spec).meanRate(spec, end_s * share * 1e6) * end_s * share;
      expect(expected / integral(0, end_s * share)).toBeCloseTo(1, 4);
    }
  });

  it.each([1, 2.5])('has in every slice of time what its rate says, at a scale of %d', (rateScale) => {
    const REPLICATIONS = LONG ? 100 : 40;
    const found = Array.from({ length: SLICES }, () => new Float64Array(REPLICATIONS));
    for (let replication = 0; replication < REPLICATIONS; replication++) {
      for (const t of instantsBefore(spec, end_s * 1e6, { replication, rateScale })) {
        const slice = Math.floor((t / (end_s * 1e6)) * SLICES);
        if (slice < SLICES) found[slice]![replication]!++;
      }
    }
    for (const [slice, counts] of found.entries()) {
      const truth = rateScale * integral((slice * end_s) / SLICES, ((slice + 1) * end_s) / SLICES);
      if (truth === 0) expect(counts.every((count) => count === 0)).toBe(true);
      else expect(meanOff(counts, truth), `slice ${slice}`).toBeLessThan(4.5);
    }
  });

  it('spends unit exponentials along the integral of its rate', () => {
    const cumulative = new Float64Array(Math.ceil(end_s * 4) + 1);
    for (let i = 1; i < cumulative.length; i++) cumulative[i] = cumulative[i - 1]! + rate((i - 0.5) / 4) / 4;
    const at = (t_s: number) => {
      const i = Math.floor(t_s * 4);
      return cumulative[i]! + (cumulative[i + 1]! - cumulative[i]!) * (t_s * 4 - i);
    };
    const spent: number[] = [];
    for (let replication = 0; replication < 20; replication++) {
      const instants = instantsBefore(spec, end_s * 1e6 - 1e6, { replication });
      for (let i = 1; i < instants.length; i++)
        spent.push(at(instants[i]! / 1e6) - at(instants[i - 1]! / 1e6));
    }
    expect(spent.length).toBeGreaterThan(3000);
    expect(kolmogorov(spent, exponentialCdf(1))).toBeLessThan(KOLMOGOROV_LIMIT);
  });
});

it('a sine rate has the expected counts of hours 0 to 5 that theory gives', () => {
  const spec: ProcessSpec = { process: 'diurnal', rate: 0.1, amplitude: 0.8, peak: 6 * 3600 };
  const kind = processKind(spec);
  const expected = (hours: number) => (hours === 0 ? 0 : kind.meanRate(spec, hours * HOUR_US) * hours * 3600);
  const figures = [397.484282, 469.898354, 534.823034, 587.833814, 625.318096, 644.721388];
  for (const [hour, figure] of figures.entries()) {
    expect(expected(hour + 1) - expected(hour)).toBeCloseTo(figure, 6);
    expect(sineExpectedCount(hour * 3600, (hour + 1) * 3600, 0.1, 0.08, 86_400)).toBeCloseTo(figure, 6);
  }
});

/** Rates low and high beside how fast they change, so that some gaps are a good part of a day, or of the fall. */
const inverted: ProcessSpec[] = [
  ...[5 / 86_400, 10 / 3600, 83 / 3600, 1000].flatMap((rate) =>
    [0, 0.8, 1].map((amplitude): ProcessSpec => ({ process: 'diurnal', rate, amplitude, peak: 50_400 })),
  ),
  ...[0, 1 / 3600, 0.05].flatMap((base_rate) =>
    [300, 1800, 1e6].map((decay): ProcessSpec => {
      return { process: 'flash-crowd', base_rate, at: 3600, peak_rate: 0.05, rise: 60, decay };
    }),
  ),
  { process: 'hourly', rates: Array.from({ length: 24 }, (_, h) => (h % 5) / 600), weekend_factor: 0.3 },
  { process: 'phases', phases: [{ duration: 3600, rate: 0.002, ramp_to: 0.01 }], repeat: 100 },
];

it.each(inverted)('what was drawn is spent to the clock along the integral of the rate: %j', (spec) => {
  const kind = processKind(spec);
  for (const rateScale of [1, 0.4]) {
    const context = { streams: streamsOf(19, 0), begin_us: 0, end_us: 30 * 86_400e6, rateScale };
    const batch = newBatch(2000);
    const end = kind.make(spec, context).fill(batch, 0, 2000);
    const drawn = new Float64Array(2000);
    exponentials(streamsOf(19, 0)('arrivals'), drawn, 0, 2000);
    assert(end > 0);
    let spent = 0;
    for (let i = 0; i < end; i++) {
      spent += drawn[i]! / rateScale;
      const t_us = batch.arrival_us[i]!;
      const off = Math.abs((kind.meanRate(spec, t_us) * t_us) / 1e6 - spent);
      assert(off < 0.51e-6 * kind.peakRate(spec) + 1e-11 * (1 + spent), `${i}: off by ${off} of ${spent}`);
    }
  }
});

describe('an end', () => {
  it('of phases is the end of arrivals', () => {
    const spec: ProcessSpec = { process: 'phases', phases: [{ duration: 100, rate: 1 }], repeat: 3 };
    const instants = firstInstants(spec, 5000);
    expect(instants.length).toBeGreaterThan(200);
    expect(instants.at(-1)!).toBeLessThanOrEqual(300e6);
    expect(firstInstants(spec, 5000, { end_us: 50e6 }).filter((t) => t >= 200e6)).toEqual([]);
  });

  it('of a crowd that leaves nobody behind as well; and asked again, nobody comes', () => {
    const spec: ProcessSpec = {
      process: 'flash-crowd',
      base_rate: 0,
      at: 10,
      peak_rate: 5,
      rise: 0,
      decay: 10,
    };
    const process = makeProcess(spec);
    const batch = { arrival_us: new Float64Array(1000) } as never;
    const count = process.fill(batch, 0, 1000);
    expect(count).toBeGreaterThan(20);
    expect(count).toBeLessThan(90);
    expect(process.fill(batch, 0, 1000)).toBe(0);
  });

  it('is the end of draws: a merge asks again for each request of the others', () => {
    const spec: ProcessSpec = { process: 'phases', phases: [{ duration: 100, rate: 1 }], repeat: 1 };
    const stream = streamsOf(1, 0)('arrivals');
    const context = { streams: () => stream, begin_us: 0, end_us: 1e12, rateScale: 1 };
    const process = processKind(spec).make(spec, context);
    const batch = newBatch(1000);
    expect(process.fill(batch, 0, 1000)).toBeGreaterThan(20);
    const state = [...stream.state];
    expect(process.fill(batch, 7, 1000)).toBe(7);
    expect([...stream.state]).toEqual(state);
  });

  it('far away costs nothing: hours without arrivals are passed over up to the end of the run', () => {
    const rates = Array.from({ length: 24 }, () => 1e-12);
    const spec: ProcessSpec = { process: 'hourly', rates, weekend_factor: 1 };
    expect(firstInstants(spec, 2000, { end_us: HOUR_US })).toEqual([]);
  });
});

it('the dispersion of counts about a varying rate is 1 + variance / mean of what is expected', () => {
  const spec: ProcessSpec = {
    process: 'hourly',
    rates: Array.from({ length: 24 }, (_, h) => (h < 12 ? 0.1 : 0.3)),
    weekend_factor: 1,
  };
  const dispersion = (window_s: number, rateScale: number) =>
    processKind(spec).dispersion!(spec, { window_s, duration_s: 7 * 86_400, rateScale });
  // Expected counts of an hour are 360 or 1080: mean 720, variance 360^2.
  expect(dispersion(3600, 1)).toBeCloseTo(1 + 360 ** 2 / 720, 9);
  expect(dispersion(60, 2)).toBeCloseTo(1 + 12 ** 2 / 24, 9);
  expect(dispersion(8 * 86_400, 1)).toBeUndefined();
});
