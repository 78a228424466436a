import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTable } from '../../src/cli/read-table.ts';
import { HOUR_US } from '../../src/core/time.ts';
import { type ProcessSpec, processKind } from '../../src/workload/processes/table.ts';
import { period_us, type TraceSpec } from '../../src/workload/processes/trace.ts';
import { TraceReader } from '../../src/workload/trace-reader.ts';
import { meanOff } from '../random/goodness.ts';
import { realTrace } from '../real-traces.ts';
import { fillIn, firstInstants, makeProcess, requestsOf, sourceOf } from './draw.ts';
import { traceSpec } from './read-log.ts';

function traceOf(seconds: readonly number[], rest: Partial<TraceSpec> = {}): TraceSpec {
  return traceSpec({ rows: { arrival_us: Float64Array.from(seconds, (s) => s * 1e6) }, ...rest });
}

/** All instants, in seconds. */
function replay(spec: ProcessSpec, rateScale = 1, replication = 0): number[] {
  return firstInstants(spec, 200_000, { rateScale, replication }).map((us) => us / 1e6);
}

describe('a log that is replayed', () => {
  it('gives its own instants, once, and then none', () => {
    expect(replay(traceOf([0, 2, 2, 7.5]))).toEqual([0, 2, 2, 7.5]);
    const process = makeProcess(traceOf([0, 2]));
    expect(fillIn(process, [10]).arrival_us).toHaveLength(2);
    expect(fillIn(process, [10]).arrival_us).toHaveLength(0);
  });

  it('of no rows gives none', () => {
    expect(replay(traceOf([], { repeat: 3 }))).toEqual([]);
    expect(replay(traceOf([], { repeat: 3 }), 2.5)).toEqual([]);
  });

  it('begins anew after the hour of its last row', () => {
    expect(replay(traceOf([10, 3599.999999], { repeat: 2 }))).toEqual([10, 3599.999999, 3610, 7199.999999]);
    expect(replay(traceOf([10, 3600], { repeat: 3 }))).toEqual([10, 3600, 7210, 10_800, 14_410, 18_000]);
    expect(period_us({ arrival_us: Float64Array.of(5 * HOUR_US) })).toBe(6 * HOUR_US);
  });

  it('gives each request its own columns, in every pass', () => {
    const rows = {
      arrival_us: Float64Array.of(0, 5e6),
      work: Float64Array.of(3.5, 7),
      images: Float64Array.of(2, 0),
    };
    const spec = traceSpec({ rows, repeat: 2, work_column: 'w', images_column: 'i' });
    // The work column is the size as it is, and images serve the price only.
    expect(fillIn(makeProcess(spec), [10])).toMatchObject({ size: [3.5, 7, 3.5, 7], images: [2, 0, 2, 0] });
    const found = requestsOf([sourceOf(spec)], { end_us: 2 * HOUR_US });
    expect(found.map(({ size }) => size)).toEqual([3.5, 7, 3.5, 7]);
  });

  it('without a work column has sizes of images times work', () => {
    const rows = { arrival_us: Float64Array.of(0, 5e6, 6e6), images: Float64Array.of(2, 3, 0) };
    const found = requestsOf([sourceOf(traceSpec({ rows, images_column: 'i' }))]);
    expect(found.map(({ size, images }) => [size, images])).toEqual([
      [2, 2],
      [3, 3],
      [0, 0],
    ]);
  });

  it('has as its mean rate the rows before the end', () => {
    const spec = traceOf([10, 20, 3000], { repeat: 2 });
    const rate = (end_s: number) => processKind(spec).meanRate(spec, end_s * 1e6) * end_s;
    for (const [end_s, count] of [
      [10, 0],
      [10.5, 1],
      [20, 1],
      [3600, 3],
      [3611, 4],
      [7200, 6],
      [10_000, 6],
    ] as const)
      expect(rate(end_s)).toBeCloseTo(count, 9);
  });
});

describe('a log with a rate scale', () => {
  const many = Array.from({ length: 20_000 }, (_, i) => i * 4);

  it('has each row floor or ceil times, on average the scale', () => {
    for (const scale of [0.3, 1.5, 2.5, 7.25]) {
      const perRow = new Float64Array(many.length);
      for (const t of replay(traceOf(many), scale)) perRow[Math.min(many.length - 1, Math.floor(t / 4))]!++;
      const least = Math.floor(scale);
      expect(perRow.every((copies) => copies === least || copies === least + 1)).toBe(true);
      expect(meanOff(perRow, scale)).toBeLessThan(4);
    }
  });

  it('that is whole has each row just so often', () => {
    expect(replay(traceOf([0, 4, 5]), 2)).toEqual([0, 2, 4, 4.5, 5, 1802.5]);
  });

  it('spreads the copies of a row evenly over the gap to the next, of the last to the end of the period', () => {
    const law = fc.property(
      fc.uniqueArray(fc.nat(3000), { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 400 }),
      fc.nat(100),
      (times, hundredths, replication) => {
        const rows = times.sort((a, b) => a - b);
        const found = replay(traceOf(rows), hundredths / 100, replication);
        const least = Math.floor(hundredths / 100);
        let at = 0;
        for (const [i, row] of rows.entries()) {
          const gap = (rows[i + 1] ?? 3600) - row;
          const spread = (copies: number) =>
            Array.from({ length: copies }, (_, k) => Math.floor(row * 1e6 + (gap * 1e6 * k) / copies) / 1e6);
          const next = [least + 1, least].find((copies) => {
            const expected = spread(copies);
            return expected.every((t, k) => t === found[at + k]);
          });
          expect(next, `copies of row ${i} in ${found}`).toBeDefined();
          at += next!;
        }
        expect(at).toBe(found.length);
      },
    );
    fc.assert(law, { seed: 22, numRuns: 200 });
  });

  it('of 1 throws no dice', () => {
    expect(replay(traceOf(many.slice(0, 50)), 1, 0)).toEqual(replay(traceOf(many.slice(0, 50)), 1, 1));
    expect(replay(traceOf(many.slice(0, 50)), 1.5, 0)).not.toEqual(
      replay(traceOf(many.slice(0, 50)), 1.5, 1),
    );
  });

  it('throws new dice in every pass', () => {
    const found = replay(traceOf(many.slice(0, 100), { repeat: 2 }), 0.5);
    const passes = [found.filter((t) => t < 3600), found.filter((t) => t >= 3600).map((t) => t - 3600)];
    expect(passes[0]).not.toEqual(passes[1]);
  });

  it('copies the columns with the row', () => {
    const rows = {
      arrival_us: Float64Array.of(0, 8e6),
      work: Float64Array.of(1.5, 2.5),
      images: Float64Array.of(1, 2),
    };
    const found = fillIn(makeProcess(traceSpec({ rows }), { rateScale: 2 }), [10]);
    expect(found).toMatchObject({ size: [1.5, 1.5, 2.5, 2.5], images: [1, 1, 2, 2] });
  });
});

const log = realTrace('image-requests.csv');

async function readReal(rest: Partial<TraceSpec>) {
  const spec = traceSpec({ time_column: 'arrival_s', ...rest });
  const problems: string[] = [];
  const reader = new TraceReader(spec, (_line, message) => problems.push(message));
  await readTable(log!, reader);
  return { spec: { ...spec, rows: reader.finish() }, problems };
}

describe.skipIf(log === undefined)('a log of a real image service', () => {
  it('has 26,823 requests in 554 hours, and replays from the first to the last', async () => {
    const { spec, problems } = await readReal({ work_column: 'service_s' });
    expect(problems).toEqual([]);
    expect(period_us(spec.rows!)).toBe(554 * HOUR_US);
    const requests = requestsOf([sourceOf(spec)], { end_us: 554 * HOUR_US });
    expect(requests).toHaveLength(26_823);
    expect(requests[0]).toMatchObject({ arrival_us: 3470e6, size: 32, images: 1 });
    expect(requests.at(-1)!.arrival_us).toBe(1_992_837e6);
  });

  it('says where a number of images is missing', async () => {
    const { problems } = await readReal({ images_column: 'images' });
    const message = 'column images: expected a whole number of at least 0, here ""';
    expect(problems).toEqual(new Array(25).fill(message));
  });
});
