import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TrafficMeter, trafficFacts } from '../../src/measure/traffic-meter.ts';
import { newBatch } from '../../src/workload/batch.ts';

function meter(instants_s: number[], duration_s: number, batchLength = 5) {
  const watcher = new TrafficMeter(duration_s * 1e6);
  for (let from = 0; from < instants_s.length; from += batchLength) {
    const part = instants_s.slice(from, from + batchLength);
    const batch = newBatch(batchLength);
    batch.arrival_us.set(part.map((s) => s * 1e6));
    batch.count = part.length;
    watcher.watch(batch);
  }
  return watcher.finish();
}

/** Variance over mean of the counts in whole windows, by brute force. */
function dispersion(instants: number[], length: number, duration: number): number | null {
  const counts = Array.from(
    { length: Math.floor(duration / length) },
    (_, w) => instants.filter((t) => Math.floor(t / length) === w).length,
  );
  const mean = counts.reduce((sum, n) => sum + n, 0) / counts.length;
  if (counts.length < 2 || mean === 0) return null;
  return counts.reduce((sum, n) => sum + (n - mean) ** 2, 0) / (counts.length - 1) / mean;
}

test('rate, cv and dispersion are what brute force finds', () => {
  const instants = fc
    .array(fc.integer({ min: 0, max: 19_999 }), { maxLength: 80 })
    .map((list) => list.sort((a, b) => a - b));
  fc.assert(
    fc.property(instants, (list) => {
      const facts = trafficFacts([meter(list, 20_000)], 20_000e6);
      expect(facts.rate_per_hour).toBeCloseTo((list.length / 20_000) * 3600, 9);
      for (const length of [60, 3600] as const) {
        const truth = dispersion(list, length, 20_000);
        const seen = facts[`dispersion_${length}s`];
        if (truth === null) expect(seen).toBeNull();
        else expect(seen).toBeCloseTo(truth, 9);
      }
      const gaps = list.slice(1).map((t, i) => t - list[i]!);
      const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
      if (gaps.length < 2 || mean === 0) expect(facts.interarrival_cv).toBeNull();
      else {
        const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / (gaps.length - 1);
        expect(facts.interarrival_cv).toBeCloseTo(Math.sqrt(variance) / mean, 9);
      }
    }),
    { numRuns: 300, seed: 3 },
  );
});

test('even gaps have a cv and a dispersion of exactly 0', () => {
  const even = Array.from({ length: 720 }, (_, i) => 10 * i);
  const facts = trafficFacts([meter(even, 7200)], 7200e6);
  expect([facts.interarrival_cv, facts.dispersion_60s, facts.dispersion_3600s]).toEqual([0, 0, 0]);
});

test('no requests leave the cv and the dispersions empty', () => {
  const facts = trafficFacts([meter([], 7200)], 7200e6);
  expect(facts).toEqual({
    rate_per_hour: 0,
    interarrival_cv: null,
    dispersion_60s: null,
    dispersion_3600s: null,
  });
});
