import { describe, expect, it } from 'vitest';
import { believable } from '../../src/workload/far.ts';

const DAY_S = 86_400;
const LAUNCH_S = Date.UTC(2026, 2, 3) / 1000;

/** How many are not believed, of times in seconds. */
function farOf(times: readonly number[], isSince1970 = true): number {
  const [earliest, latest] = believable(
    Float64Array.from(times, (s) => s * 1e6),
    isSince1970,
  );
  return times.filter((s) => s * 1e6 < earliest || s * 1e6 > latest).length;
}

/** The quantiles of a law, as a log without chance. */
const launch = (rows: number, delay_s: (p: number) => number) =>
  Array.from({ length: rows }, (_, i) => LAUNCH_S + delay_s((i + 0.5) / rows));

/** Nearly all requests in the first hour, then a thin tail over days. */
const tails: [string, number[]][] = [
  ['an exponential tail', launch(2000, (p) => -600 * Math.log(1 - p))],
  [
    'two exponentials',
    launch(2090, (p) => (p < 0.96 ? 3600 * p : 3456 - 2 * DAY_S * Math.log((1 - p) / 0.04))),
  ],
  ['a power law of exponent 1', launch(2000, (p) => 60 * (1 / (1 - p) - 1))],
  ['a power law of exponent 1/2', launch(1000, (p) => 10 * ((1 - p) ** -2 - 1))],
];

/** A few hundred requests of one day. */
const day = Array.from({ length: 300 }, (_, i) => LAUNCH_S + i * 288);

describe('what is believed', () => {
  it.each(tails)('is all of a launch with %s', (_, times) => {
    expect(farOf(times)).toBe(0);
    expect(farOf(times.map((s) => 2 * LAUNCH_S - s))).toBe(0);
    expect(farOf(times.map((s) => s - LAUNCH_S, false))).toBe(0);
  });

  it('is a try a month before, and a batch with one request of the next quarter', () => {
    expect(farOf([LAUNCH_S - 30 * DAY_S, ...day])).toBe(0);
    expect(farOf([...Array(50).fill(LAUNCH_S), LAUNCH_S + 90 * DAY_S])).toBe(0);
  });

  it('is all of two seasons, a year apart, and all of a few rows', () => {
    expect(farOf([...day, ...day.map((s) => s + 365 * DAY_S)])).toBe(0);
    expect(farOf([...day.slice(0, 10), Date.UTC(2099, 0) / 1000])).toBe(0);
  });

  it('is 1970 where most is of that year, or of a log that counts from a 0 of its own', () => {
    expect(farOf(Array.from({ length: 100 }, (_, i) => 10 * DAY_S * i))).toBe(0);
    expect(farOf([...day.map((s) => s - LAUNCH_S), 100 * DAY_S])).toBe(0);
  });
});

describe('what is not believed', () => {
  it('is 1970 among later times, however often', () => {
    expect(farOf([0, ...day])).toBe(1);
    expect(farOf([LAUNCH_S, 17, LAUNCH_S + 60])).toBe(1);
    expect(farOf([...day.slice(0, 100).map((s) => s - LAUNCH_S), ...day])).toBe(100);
  });

  it('is a row of 2099, of 2000, or of both and of 1970 as well', () => {
    const [y2k, y2099] = [Date.UTC(2000, 0) / 1000, Date.UTC(2099, 0) / 1000];
    expect(farOf([...day, y2099])).toBe(1);
    expect(farOf([y2k, ...day])).toBe(1);
    expect(farOf([...day, y2099, 0, y2k])).toBe(3);
    expect(farOf([...tails[1]![1], y2099, y2k])).toBe(2);
  });

  it('is a row in a thousand of a large log', () => {
    const large = Array.from({ length: 5000 }, (_, i) => LAUNCH_S + i * 17);
    const far = (count: number) => Array.from({ length: count }, (_, i) => Date.UTC(2099, 0) / 1000 + i);
    expect(farOf([...large, ...far(5)])).toBe(5);
    expect(farOf([...large, ...far(6)])).toBe(0);
  });

  it('is a huge number among seconds from t = 0', () => {
    const seconds = day.map((s) => s - LAUNCH_S);
    expect(farOf([...seconds, 8e8], false)).toBe(1);
    expect(farOf(seconds, false)).toBe(0);
  });
});
