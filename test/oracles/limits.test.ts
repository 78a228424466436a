import { describe, expect, test } from 'vitest';
import { EXPONENTIAL, poolScenario } from '../../src/experiment/verification/case.ts';
import { totalOf } from '../../src/measure/run-record.ts';
import { ratioEstimate } from '../../src/stats/estimate.ts';
import { lruHits, zipf } from '../../src/theory/lru.ts';
import { expectTruth, scenarioOf, simulate } from './simulate.ts';

const pool = (model: Parameters<typeof poolScenario>[0]) => simulate(scenarioOf(poolScenario(model)));

type Quantity = Parameters<typeof totalOf>[1];

function share(result: ReturnType<typeof simulate>, above: Quantity, below: Quantity, factor = 1) {
  const { runs } = result.platforms[0]!;
  return ratioEstimate(
    runs.map((run) => totalOf(run, above) * factor),
    runs.map((run) => totalOf(run, below)),
  );
}

describe('a timeout T cuts exponential services of mean m, on as many containers as are wanted', () => {
  const [mean, timeout] = [4, 6];
  const result = pool({
    traffic: ['process: poisson', 'rate: 0.5/s'],
    service: mean,
    work: EXPONENTIAL,
    pool: ['max_containers: 1000', 'cold_start: 0s', `timeout: ${timeout}s`],
    duration: '10h',
  });

  test('a share exp(-T / m) of the requests fails', () => {
    expectTruth('failed', share(result, 'failed', 'requests'), Math.exp(-timeout / mean), 20);
  });

  test('containers are busy for m (1 - exp(-T / m)) a request', () => {
    expectTruth(
      'busy',
      share(result, 'busy_us', 'requests', 1e-6),
      mean * (1 - Math.exp(-timeout / mean)),
      20,
    );
  });

  test('every cut service lasted exactly T', () => {
    for (const { hours } of result.platforms[0]!.runs) {
      hours.cut_us.forEach((us, h) => {
        expect(us).toBe(hours.failed[h]! * timeout * 1e6);
      });
    }
  });
});

describe('a prediction deadline D without any queue, cold starts of c', () => {
  const [mean, deadline, cold] = [4, 7, 2];
  // No window and no container kept: each request starts its own container, so it waits c and then has D - c left.
  const result = pool({
    traffic: ['process: poisson', 'rate: 0.05/s'],
    service: mean,
    work: EXPONENTIAL,
    pool: ['max_containers: 1000', `cold_start: ${cold}s`, 'container_idle_timeout: 0s'],
    duration: '20h',
  });
  const canceled = simulate(
    scenarioOf(`
name: deadline
duration: 20h
start: cycle
traffic:
  - { process: poisson, rate: 0.05/s, work: ${EXPONENTIAL} }
platforms:
  pool:
    kind: replicate-deployment
    usd_per_second: 0.001
    seconds_per_image: ${mean}
    max_instances: 1000
    cold_start: ${cold}s
    instance_idle_timeout: 0s
    prediction_deadline: ${deadline}s
`),
  );

  test('at least exp(-D / m) and at most exp(-(D - c) / m) of the requests are canceled, and none without a deadline', () => {
    // A request that meets a container which is just freed waits less than c.
    const { value } = share(canceled, 'canceled', 'requests');
    expect(value).toBeGreaterThan(Math.exp(-deadline / mean));
    expect(value).toBeLessThan(Math.exp(-(deadline - cold) / mean));
    expect(share(result, 'canceled', 'requests').value).toBe(0);
  });

  test('no completed request took longer than the deadline', () => {
    expect(canceled.platforms[0]!.summary.row.latency_p99_s as number).toBeLessThanOrEqual(deadline);
  });
});

describe('a creation limit of k a minute under Poisson traffic of mean a a minute', () => {
  const [mean, limit] = [10, 12];
  const poisson = (n: number): number => (n === 0 ? Math.exp(-mean) : (poisson(n - 1) * mean) / n);
  const chances = Array.from({ length: 45 }, (_, n) => poisson(n));
  const excess = Array.from({ length: 80 }, (_, n) => Math.max(0, n - limit) * poisson(n)).reduce(
    (a, b) => a + b,
  );
  const run = (on429: string) =>
    simulate(
      scenarioOf(`
name: creations
duration: 20h
start: cycle
traffic: [{ process: poisson, rate: ${mean}/min }]
platforms:
  api: { kind: replicate-official, price_per_image: 1, background: none, warm_instances: 100, creations_per_minute: ${limit}, on_429: ${on429} }
`),
    );

  test('E (N - k)+ a minute are rejected', () => {
    const rejected = run('reject');
    const perMinute = ratioEstimate(
      rejected.platforms[0]!.runs.map((one) => totalOf(one, 'rejected')),
      rejected.platforms[0]!.runs.map(() => 20 * 60),
    );
    expectTruth('rejected', perMinute, excess, 20);
  });

  test('or all are served later, and wait as long as the queue of those held back says', () => {
    const { platforms } = run('retry');
    const { row, estimates } = platforms[0]!.summary;
    expect(row.completed).toBe(row.requests);
    expectTruth('wait', estimates.wait_mean_s, waitOfHeld(), 20);
  });

  /** Mean wait in seconds: by Little's law, the mean number held over the rate. */
  function waitOfHeld(): number {
    // How many are held when a minute ends is a random walk: max(0, held + N - k), here by iteration to its fixed point.
    let held = [1];
    for (let round = 0; round < 2000; round++) {
      const next = new Array<number>(150).fill(0);
      held.forEach((chance, h) => {
        for (let n = 0; n < 45; n++) next[Math.min(149, Math.max(0, h + n - limit))]! += chance * chances[n]!;
      });
      held = next;
    }
    let area_s = 0;
    held.forEach((chance, h) => {
      const left = Math.max(0, h - limit);
      const free = Math.max(0, limit - h);
      area_s += chance * 60 * left;
      for (let n = 0; n < 45; n++) {
        // The j-th of n arrivals comes at 60 j / (n + 1) s of the minute on average.
        for (let j = free + 1; j <= n; j++) area_s += chance * chances[n]! * 60 * (1 - j / (n + 1));
      }
    });
    return area_s / mean;
  }
});

describe('a container that holds the last c adapters of Zipf popularity', () => {
  test.each([
    [6, 1, 1],
    [6, 1, 3],
    [8, 0.5, 2],
  ])(
    'of %i with exponent %f and c = %i loads as often as the theory of LRU caches says',
    (count, exponent, cache) => {
      const result = simulate(
        scenarioOf(`
name: lru
duration: 20h
start: cycle
traffic: [{ process: poisson, rate: 600/h, adapters: { count: ${count}, zipf: ${exponent} } }]
platforms:
  own: { kind: dedicated, machines: 1, usd_per_hour: 1, seconds_per_image: 1, adapter_load: 500ms, adapter_cache: ${cache} }
`),
      );
      expectTruth(
        'misses',
        share(result, 'adapter_loads', 'requests'),
        1 - lruHits(zipf(count, exponent), cache),
        20,
      );
    },
  );
});

test('a creation limit below the rate of requests that all come back is unstable, and one above it is not', () => {
  const status = (limit: number, on429 = 'retry') =>
    simulate(
      scenarioOf(`
name: over
duration: 3h
replications: 2
traffic: [{ process: poisson, rate: 20/min }]
platforms:
  api: { kind: replicate-official, price_per_image: 1, background: none, creations_per_minute: ${limit}, on_429: ${on429} }
`),
    );
  expect(status(15).platforms[0]!.summary.row).toMatchObject({ status: 'unstable', latency_p95_s: null });
  expect(status(15).warnings.join()).toContain('requests come faster than 15 a minute may be created');
  expect(status(30).platforms[0]!.summary.row.status).toBe('ok');
  expect(status(15, 'reject').platforms[0]!.summary.row.status).toBe('ok');
});
