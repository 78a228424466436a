import { expect, test } from 'vitest';
import { completed } from '../../src/core/completed.ts';
import { replicate } from '../../src/experiment/replication.ts';
import type { PoolPolicy } from '../../src/pool/policy.ts';
import { Pool } from '../../src/pool/pool.ts';
import { streamsOf } from '../../src/random/stream.ts';
import type { Scenario } from '../../src/scenario/scenario.ts';
import { scenarioOf } from '../oracles/simulate.ts';

/** One replication; following every request turns the loop for quiet stretches off. */
function hoursOf(scenario: Scenario, requests: boolean) {
  return completed(replicate(scenario, 0, { requests })).hours;
}

test.each([
  [
    'hundreds busy, log-normal',
    'process: poisson, rate: 40/s, work: { distribution: lognormal, cv: 2 }',
    'max_containers: 900',
  ],
  [
    'hundreds busy, heavy tails',
    'process: poisson, rate: 20/s, work: { distribution: weibull, shape: 0.4 }',
    'max_containers: 900, container_idle_timeout: 5s',
  ],
  [
    'bursts over a floor',
    'process: on-off, rate_on: 60/s, mean_on: 40s, mean_off: 3m, work: { distribution: exponential }',
    'keep_warm: 30, max_containers: 500, buffer_containers: 5',
  ],
  [
    'a random window',
    'process: gamma, rate: 20/s, cv: 3, work: { distribution: exponential }',
    'max_containers: 400, container_idle_timeout: { distribution: exponential, mean: 20s }, dispatch: random',
  ],
  [
    'a short queue',
    'process: poisson, rate: 40/s, work: { distribution: lognormal, cv: 1 }',
    'max_containers: 200, queue_limit: 5, start_deadline: 3s',
  ],
  [
    'constant service, ties',
    'process: batch, rate: 4/s, size: 8',
    'max_containers: 300, dispatch: least-recent',
  ],
])('%s: the same hours in both ways through a pool', (_, traffic, pool) => {
  const scenario = scenarioOf(`name: quiet
duration: 40m
replications: 1
traffic:
  - { ${traffic} }
platforms:
  pool: { kind: modal, usd_per_second: 0.001, seconds_per_image: 5, cold_start: { distribution: lognormal, mean: 8s, cv: 0.5 }, ${pool} }
`);
  const [fast, slow] = [hoursOf(scenario, false), hoursOf(scenario, true)];
  expect(fast[0]!.requests[0]).toBeGreaterThan(20_000);
  expect(fast).toEqual(slow);
});

test('time is exact however late in a run, and however many services end between two requests', () => {
  const constant = (value: number) => ({ distribution: 'constant', value }) as const;
  const policy: PoolPolicy = {
    keep_warm: [{ at_s: 0, containers: 400 }],
    max_containers: 400,
    scaling: { rule: 'load', buffer: 0 },
    cold_start: constant(8),
    idle_window: constant(60),
    dispatch: 'most-recent',
    queue_limit: Number.POSITIVE_INFINITY,
    start_deadline_s: Number.POSITIVE_INFINITY,
    deadline_s: Number.POSITIVE_INFINITY,
    timeout_s: Number.POSITIVE_INFINITY,
    life_rounding_s: 0,
    start: 'warm',
  };
  // Four hundred in the last hour of ten years, at odd microseconds; then one, after all have ended.
  const hours = 10 * 8760;
  const begin_us = (hours - 1) * 3600e6 + 1;
  const arrivals = [...Array.from({ length: 400 }, (_, i) => begin_us + 2 * i), begin_us + 120e6];
  const batch = {
    count: 401,
    arrival_us: Float64Array.from(arrivals),
    service_us: new Float64Array(401).fill(60_000_001),
    images: new Float64Array(401).fill(1),
    adapter: new Int32Array(401).fill(-1),
  };
  const nothing = () => {};
  const trail = { arrived: nothing, started: nothing, aborted: nothing, rejected: nothing };
  const [fast, slow] = [undefined, trail].map((trail) => {
    const pool = new Pool(policy, streamsOf(1, 0), { duration_us: hours * 3600e6, trail });
    pool.serve(batch, 0, 256);
    pool.serve(batch, 256, 401);
    return pool.finish();
  });
  expect(slow!.busy_us.at(-1)).toBe(401 * 60_000_001);
  expect(fast!.busy_us.at(-1)).toBe(401 * 60_000_001);
  expect(fast!.idle_us.at(-1)).toBe(slow!.idle_us.at(-1));
});
