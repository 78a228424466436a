import { describe, expect, it } from 'vitest';
import type { DistributionSpec } from '../../src/random/distributions/table.ts';
import type { ProcessSpec } from '../../src/workload/processes/table.ts';
import { sourceSchema, withNames } from '../../src/workload/schema.ts';
import { expectedRate, offeredSize } from '../../src/workload/source.ts';
import { meanOff } from '../random/goodness.ts';
import { requestsOf, sourceOf } from './draw.ts';

const second: ProcessSpec = { process: 'constant', rate: 10 };
const end_us = 3600e6;
const lognormal: DistributionSpec = { distribution: 'lognormal', mean: 3, cv: 0.5 };
const sample: DistributionSpec = {
  distribution: 'empirical',
  file: 'f',
  column: 'c',
  values: Float64Array.of(1, 2, 4, 9),
};

describe('the size of a request', () => {
  it('is its images times its work, and 1 if neither is given', () => {
    expect(
      requestsOf([sourceOf(second)], { end_us: 10e6 }).every(
        ({ size, images }) => size === 1 && images === 1,
      ),
    ).toBe(true);
    const images: DistributionSpec = { distribution: 'constant', value: 4 };
    const found = requestsOf([sourceOf(second, { images })], { end_us: 10e6 });
    expect(found.every((request) => request.size === 4 && request.images === 4)).toBe(true);
  });

  it('has the mean of the images, whatever the mean of the work: work is relative', () => {
    for (const work of [lognormal, sample]) {
      const found = requestsOf([sourceOf(second, { work, images: sample })], { end_us });
      expect(
        meanOff(
          found.map(({ images }) => images),
          4,
        ),
      ).toBeLessThan(4);
      expect(
        meanOff(
          found.map(({ size }) => size),
          4,
        ),
      ).toBeLessThan(4);
      expect(
        meanOff(
          found.map(({ size, images }) => size / images),
          1,
        ),
      ).toBeLessThan(4);
    }
  });

  it('does not change when only the unit of the work does', () => {
    const thrice = requestsOf([sourceOf(second, { work: lognormal })], { end_us: 60e6 });
    const once = requestsOf([sourceOf(second, { work: { ...lognormal, mean: 1 } })], { end_us: 60e6 });
    for (const [i, { size }] of thrice.entries()) expect(size).toBeCloseTo(once[i]!.size, 12);
  });

  it('is drawn apart from the arrivals and the images: changing one leaves the others', () => {
    const plain = requestsOf([sourceOf({ process: 'poisson', rate: 1 }, { work: lognormal })], {
      end_us: 600e6,
    });
    const more = requestsOf(
      [sourceOf({ process: 'poisson', rate: 1 }, { work: lognormal, images: sample })],
      {
        end_us: 600e6,
      },
    );
    const faster = requestsOf(
      [sourceOf({ process: 'poisson', rate: 1 }, { work: lognormal, rate_scale: 2 })],
      {
        end_us: 600e6,
      },
    );
    expect(more.map(({ arrival_us }) => arrival_us)).toEqual(plain.map(({ arrival_us }) => arrival_us));
    for (const [i, { size }] of plain.entries()) {
      expect(more[i]!.size / more[i]!.images).toBeCloseTo(size, 12);
      expect(faster[i]!.size).toBe(size);
    }
  });

  it('is a number, or the work is refused: its mean must not be 0', () => {
    const works = [
      { distribution: 'constant', value: 0 },
      { distribution: 'uniform', min: 0, max: 0 },
      [{ weight: 1, distribution: 'constant', value: 0 }],
    ];
    for (const work of works) {
      const read = sourceSchema.safeParse({ process: 'constant', rate: '10/s', work });
      expect(() => requestsOf([{ ...read.data!, name: 'x' }], { end_us: 1e6 }), JSON.stringify(work)).toThrow(
        'mean',
      );
    }
  });
});

describe('what a source is expected to bring', () => {
  it('is its rate times its scale, and times its mean images for the size', () => {
    const source = sourceOf(second, { rate_scale: 2.5, images: sample, work: lognormal });
    expect(expectedRate(source, end_us)).toBe(25);
    expect(offeredSize(source, end_us)).toBe(100);
  });

  it('of a log with columns is theirs', () => {
    const rows = {
      arrival_us: Float64Array.of(0, 1e6),
      work: Float64Array.of(5, 7),
      images: Float64Array.of(1, 3),
    };
    const trace: ProcessSpec = { process: 'trace', file: 'f', time_column: 't', repeat: 1, rows };
    expect(offeredSize(sourceOf(trace), 10e6)).toBeCloseTo(0.2 * 6, 12);
    const images = sourceOf({ ...trace, rows: { ...rows, work: undefined } });
    expect(offeredSize(images, 10e6)).toBeCloseTo(0.2 * 2, 12);
  });
});

describe('names of sources', () => {
  it('are those of their processes, numbered where they repeat, and never one that was given', () => {
    const named = (...names: string[]) =>
      withNames(names.map((name) => sourceOf({ process: 'poisson', rate: 1 }, { name }))).map(
        ({ name }) => name,
      );
    expect(named('', 'x', '')).toEqual(['poisson', 'x', 'poisson-2']);
    expect(named('', 'poisson-2', '', '')).toEqual(['poisson', 'poisson-2', 'poisson-3', 'poisson-4']);
    expect(named('', 'poisson')).toEqual(['poisson-2', 'poisson']);
  });
});
