import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OTHER_TENANT, type PoolBatch } from '../../src/pool/batch.ts';
import type { Dispatch, PoolPolicy } from '../../src/pool/policy.ts';
import { Pool } from '../../src/pool/pool.ts';
import { streamsOf } from '../../src/random/stream.ts';

/** More crowds: CROWDS=10000 npx vitest run test/pool/two-ways.test.ts */
const RUNS = Number(process.env.CROWDS ?? 60);

const constant = (value: number) => ({ distribution: 'constant', value }) as const;
const NEVER = Number.POSITIVE_INFINITY;

/** A pool without limits but those of `own`. Times in seconds. */
function policyOf(own: Partial<PoolPolicy> = {}): PoolPolicy {
  return {
    keep_warm: [{ at_s: 0, containers: 400 }],
    max_containers: 400,
    scaling: { rule: 'load', buffer: 0 },
    cold_start: constant(8),
    idle_window: constant(60),
    dispatch: 'most-recent',
    queue_limit: NEVER,
    start_deadline_s: NEVER,
    deadline_s: NEVER,
    timeout_s: NEVER,
    life_rounding_s: 0,
    start: 'warm',
    ...own,
  };
}

function batchOf(arrivals_us: readonly number[], services_us: readonly number[]): PoolBatch {
  const count = arrivals_us.length;
  return {
    count,
    arrival_us: Float64Array.from(arrivals_us),
    service_us: Float64Array.from(services_us),
    images: new Float64Array(count).fill(1),
    adapter: new Int32Array(count).fill(-1),
  };
}

const nothing = () => {};
/** Whoever follows every request turns the loop for quiet stretches off. */
const TRAIL = { arrived: nothing, started: nothing, aborted: nothing, rejected: nothing };

/** The hours of a pool that is given pieces of a batch, through its loop for quiet stretches and without it. */
function bothWays(policy: PoolPolicy, batch: PoolBatch, hours: number, hour_us: number, piece: number) {
  return [undefined, TRAIL].map((trail) => {
    const pool = new Pool(policy, streamsOf(1, 0), { duration_us: hours * hour_us, hour_us, trail });
    for (let from = 0; from < batch.count; from += piece)
      pool.serve(batch, from, Math.min(batch.count, from + piece));
    return pool.finish();
  });
}

/** Hundreds at once whose services differ a thousand times: the ends stand in slots, and many at one instant. */
const arbitraryCrowd = fc.record({
  warm: fc.integer({ min: 20, max: 300 }),
  max: fc.integer({ min: 0, max: 200 }),
  buffer: fc.constantFrom(0, 0, 3),
  dispatch: fc.constantFrom<Dispatch>('most-recent', 'least-recent'),
  life_rounding_s: fc.constantFrom(0, 0, 1),
  window_s: fc.constantFrom(0.001, 0.01, 0.05, 10),
  boot_s: fc.constantFrom(0, 0.002, 0.02),
  timeout_s: fc.constantFrom(NEVER, NEVER, 0.8, 0.05),
  deadline_s: fc.constantFrom(NEVER, NEVER, 0.7, 0.04),
  creations: fc.constantFrom(
    undefined,
    undefined,
    { limit: 40, period_s: 0.005, on_limit: 'retry' } as const,
    { limit: 60, period_s: 0.01, on_limit: 'reject' } as const,
  ),
  /** Every so many requests are other tenants'. */
  others: fc.constantFrom(0, 0, 3),
  piece: fc.constantFrom(1, 60, 256),
  // Slots are powers of two wide: services that end at their edges.
  unit_us: fc.constantFrom(1, 1, 1024, 4096),
  requests: fc.array(
    fc.record({
      gap: fc.oneof({ weight: 9, arbitrary: fc.nat(300) }, { weight: 1, arbitrary: fc.nat(60_000) }),
      service: fc.oneof(
        { weight: 3, arbitrary: fc.integer({ min: 1, max: 60_000 }) },
        { weight: 1, arbitrary: fc.constant(20_000) },
        { weight: 1, arbitrary: fc.integer({ min: 1, max: 900_000 }) },
      ),
    }),
    { minLength: 300, maxLength: 700, size: 'max' },
  ),
});

test('both ways through a pool lead to the same hours, with hundreds busy', () => {
  let crowded = 0;
  fc.assert(
    fc.property(arbitraryCrowd, (crowd) => {
      const { warm, max, buffer, window_s, boot_s, requests, piece, unit_us, others, ...same } = crowd;
      const toUnits = (us: number) => Math.ceil(us / unit_us) * unit_us;
      const policy = policyOf({
        keep_warm: [{ at_s: 0, containers: warm }],
        max_containers: warm + max,
        scaling: { rule: 'load', buffer },
        cold_start: constant(boot_s),
        idle_window: constant(window_s),
        ...same,
      });
      let t_us = 0;
      const arrivals = requests.map(({ gap }) => {
        t_us += gap;
        return toUnits(t_us);
      });
      const batch = batchOf(
        arrivals,
        requests.map(({ service }) => toUnits(service)),
      );
      if (others > 0) for (let i = 0; i < batch.count; i += others) batch.images[i] = OTHER_TENANT;
      const hour_us = 150_000;
      const [fast, slow] = bothWays(policy, batch, Math.ceil((toUnits(t_us) + 1) / hour_us), hour_us, piece);
      expect(fast).toEqual(slow);
      if (slow!.busy_us.some((busy_us) => busy_us > 17 * hour_us)) crowded++;
    }),
    { numRuns: RUNS, seed: 20261127 },
  );
  // The ring alone holds up to 17.
  expect(crowded).toBeGreaterThan(RUNS / 3);
});

test('time is exact however late in a run, and however many services end between two requests', () => {
  // Four hundred in the last hour of ten years, at odd microseconds; then one, after all have ended.
  const hours = 10 * 8760;
  const begin_us = (hours - 1) * 3600e6 + 1;
  const arrivals = [...Array.from({ length: 400 }, (_, i) => begin_us + 2 * i), begin_us + 120e6];
  const batch = batchOf(
    arrivals,
    arrivals.map(() => 60_000_001),
  );
  const [fast, slow] = bothWays(policyOf(), batch, hours, 3600e6, 256);
  expect(slow!.busy_us.at(-1)).toBe(401 * 60_000_001);
  expect(fast!.busy_us.at(-1)).toBe(401 * 60_000_001);
  expect(fast!.idle_us.at(-1)).toBe(slow!.idle_us.at(-1));
});
