import { expect, test } from 'vitest';
import { completed } from '../../src/core/completed.ts';
import { replicate } from '../../src/experiment/replication.ts';
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
