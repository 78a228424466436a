import { describe, expect, it } from 'vitest';
import { DAY_US, HOUR_US } from '../../src/core/time.ts';
import type { ProcessSpec } from '../../src/workload/processes/table.ts';
import type { ProfileSpec } from '../../src/workload/profile.ts';
import { expectedRate, offeredSize } from '../../src/workload/source.ts';
import { LONG } from '../long.ts';
import { exponentialCdf, gammaCdf } from '../random/cdf.ts';
import { KOLMOGOROV_LIMIT, kolmogorov, meanOff } from '../random/goodness.ts';
import { requestsOf, sourceOf } from './draw.ts';

const profile: ProfileSpec = {
  hours: Array.from({ length: 24 }, (_, h) => (h < 8 ? 0 : h < 16 ? 3 : 1)),
  weekend_factor: 0.5,
};
/** Mean of the factors over a week. */
const MEAN = ((8 * 3 + 8) / 24) * (6 / 7);

/** How much of the process's own time has passed after so many seconds, by steps of a second. */
function own(t_s: number): number {
  let sum = 0;
  for (let hour = 0; hour * 3600 < t_s; hour++) {
    const part = Math.min(3600, t_s - hour * 3600);
    sum += (part * profile.hours[hour % 24]! * (Math.floor(hour / 24) % 7 >= 5 ? 0.5 : 1)) / MEAN;
  }
  return sum;
}

describe('a profile of the day', () => {
  const poisson: ProcessSpec = { process: 'poisson', rate: 0.05 };

  it('keeps the mean rate over a week, and gives each hour its share', () => {
    const source = sourceOf(poisson, { profile });
    expect(expectedRate(source, 7 * DAY_US)).toBeCloseTo(0.05, 12);
    expect(expectedRate(source, 8 * HOUR_US)).toBe(0);
    const weeks = Array.from({ length: LONG ? 300 : 60 }, (_, replication) => {
      const byHour = new Uint32Array(7 * 24);
      for (const { arrival_us } of requestsOf([source], { end_us: 7 * DAY_US, replication }))
        byHour[Math.floor(arrival_us / HOUR_US)]!++;
      return byHour;
    });
    const inHours = (hour: number) => weeks.map((byHour) => byHour[hour]!);
    expect(meanOff(inHours(9), (0.05 * 3600 * 3) / MEAN)).toBeLessThan(4);
    expect(meanOff(inHours(20), (0.05 * 3600) / MEAN)).toBeLessThan(4);
    expect(meanOff(inHours(5 * 24 + 9), (0.05 * 3600 * 1.5) / MEAN)).toBeLessThan(4);
    expect(inHours(3).every((count) => count === 0)).toBe(true);
  });

  it.each([
    ['poisson', poisson, exponentialCdf(20e6)],
    ['gamma', { process: 'gamma', rate: 0.05, cv: 0.5 }, gammaCdf(20e6, 0.5)],
  ] as const)('lets %s arrivals keep their gaps in a time of their own', (_, process, law) => {
    const gaps: number[] = [];
    for (let replication = 0; replication < 3; replication++) {
      let before = 0;
      const requests = requestsOf([sourceOf(process, { profile })], { end_us: 14 * DAY_US, replication });
      for (const { arrival_us } of requests) {
        const now = own(arrival_us / 1e6) * 1e6;
        gaps.push(now - before);
        before = now;
      }
    }
    expect(gaps.length).toBeGreaterThan(100_000);
    expect(kolmogorov(gaps, law)).toBeLessThan(KOLMOGOROV_LIMIT);
  });
});

describe('attributes from the rows of a log', () => {
  const rows = {
    arrival_us: new Float64Array(3),
    work: Float64Array.of(10, 20, 60),
    images: Float64Array.of(1, 2, 3),
  };
  const attributes = { attributes: 'rows', file: 'f', bad_rows: 'error' } as const;

  it('stay together', () => {
    const source = sourceOf(
      { process: 'poisson', rate: 0.1 },
      { attributes: { ...attributes, work_column: 'w', images_column: 'i', rows } },
    );
    const found = requestsOf([source], { end_us: 20 * HOUR_US });
    const kinds = new Map<string, number>();
    for (const { size, images } of found)
      kinds.set(`${size}/${images}`, (kinds.get(`${size}/${images}`) ?? 0) + 1);
    expect([...kinds.keys()].sort()).toEqual(['10/1', '20/2', '60/3']);
    for (const count of kinds.values()) expect(Math.abs(count / found.length - 1 / 3)).toBeLessThan(0.03);
    expect(offeredSize(source, HOUR_US)).toBeCloseTo(0.1 * 30, 12);
  });

  it('leave the work to its own law where only the images are given', () => {
    const source = sourceOf(
      { process: 'poisson', rate: 0.1 },
      { attributes: { ...attributes, images_column: 'i', rows: { ...rows, work: undefined } } },
    );
    expect(requestsOf([source], { end_us: HOUR_US }).every(({ size, images }) => size === images)).toBe(true);
    expect(offeredSize(source, HOUR_US)).toBeCloseTo(0.1 * 2, 12);
  });
});
