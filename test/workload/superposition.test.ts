import { describe, expect, it } from 'vitest';
import { HOUR_US } from '../../src/core/time.ts';
import type { SourceSpec } from '../../src/workload/source.ts';
import { type Request, requestsOf, sourceOf } from './draw.ts';

const poisson = sourceOf(
  { process: 'poisson', rate: 0.2 },
  { work: { distribution: 'lognormal', mean: 1, cv: 0.4 } },
);
const bursts = sourceOf(
  { process: 'on-off', rate_on: 2, rate_off: 0, mean_on: 30, mean_off: 300 },
  { images: { distribution: 'constant', value: 4 } },
);
const even = sourceOf(
  { process: 'constant', rate: 1 / 30 },
  { work: { distribution: 'exponential', mean: 1 } },
);
const log = sourceOf({
  process: 'trace',
  file: 'log',
  time_column: 't',
  repeat: 1,
  rows: { arrival_us: Float64Array.of(0, 30e6, 60e6, 60e6, 61e6, 1799e6) },
});
const sources: SourceSpec[] = [poisson, bursts, even, log];

/** What one source sends, as if its place in the list were the first. */
function ofSource(requests: readonly Request[], place: number): Request[] {
  return requests.filter(({ source }) => source === place).map((request) => ({ ...request, source: 0 }));
}

describe('the superposition of sources', () => {
  const merged = requestsOf(sources);

  it('is in order of arrival and, at one instant, of the list', () => {
    const wrong = merged.filter(({ arrival_us, source }, i) => {
      const before = merged[i - 1] ?? { arrival_us: -1, source: 0 };
      return arrival_us < before.arrival_us || (arrival_us === before.arrival_us && source < before.source);
    });
    expect(wrong).toEqual([]);
  });

  it('is the union of what its sources send alone', () => {
    for (const [place, source] of sources.entries()) {
      const alone = requestsOf([source]);
      expect(alone.length).toBeGreaterThan(5);
      expect(ofSource(merged, place)).toEqual(alone);
    }
  });

  it('gives a source the same requests wherever it stands and whatever stands beside it', () => {
    const turned = requestsOf([log, { ...even, rate_scale: 3 }, poisson]);
    expect(ofSource(turned, 0)).toEqual(ofSource(merged, 3));
    expect(ofSource(turned, 2)).toEqual(ofSource(merged, 0));
  });

  it('does not depend on how many requests are drawn at a time', () => {
    for (const length of [1, 2, 7, 2048]) {
      expect(requestsOf(sources, { length })).toEqual(merged);
      expect(requestsOf([poisson], { length })).toEqual(ofSource(merged, 0));
      expect(requestsOf([log], { length })).toEqual(ofSource(merged, 3));
    }
  });

  it('takes turns in the order of the list where instants are equal', () => {
    const twins = [
      sourceOf({ process: 'constant', rate: 1 }),
      sourceOf({ process: 'constant', rate: 1 }),
      log,
    ];
    const found = requestsOf(twins, { end_us: 61_000_001 });
    expect(found.filter(({ arrival_us }) => arrival_us === 60e6).map(({ source }) => source)).toEqual([
      0, 1, 2, 2,
    ]);
    expect(found.filter(({ arrival_us }) => arrival_us === 5e6).map(({ source }) => source)).toEqual([0, 1]);
    expect(found[0]).toMatchObject({ arrival_us: 0, source: 2 });
  });

  it('ends before its end: what comes at that very instant does not exist', () => {
    const every = sourceOf({ process: 'constant', rate: 1 });
    for (const length of [1, 3, 9, 10, 2048]) {
      for (const list of [[every], [every, { ...every, name: 'other' }]]) {
        const found = requestsOf(list, { end_us: 10e6, length });
        expect(found.length / list.length).toBe(9);
        expect(found.at(-1)!.arrival_us).toBe(9e6);
      }
    }
    expect(requestsOf([every], { end_us: 10e6 + 1 }).length).toBe(10);
  });

  it('that ends later only has more', () => {
    const longer = requestsOf(sources, { end_us: 2 * HOUR_US });
    expect(longer.length).toBeGreaterThan(merged.length);
    expect(longer.slice(0, merged.length)).toEqual(merged);
  });

  it('that begins earlier, as the first pass of a cycle does, has the same requests that much earlier', () => {
    const earlier = requestsOf(sources, { begin_us: -HOUR_US, end_us: 0 });
    expect(earlier.map((one) => ({ ...one, arrival_us: one.arrival_us + HOUR_US }))).toEqual(merged);
  });

  it('differs between replications', () => {
    expect(requestsOf(sources, { replication: 1 })).not.toEqual(merged);
  });

  it('of no source, or of none that sends, is empty', () => {
    const never = sourceOf({ process: 'constant', rate: 1e-9 });
    for (const list of [[], [never], [never, never]]) expect(requestsOf(list)).toEqual([]);
  });
});
