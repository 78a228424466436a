import { expect, test } from 'vitest';
import { completed } from '../../src/core/completed.ts';
import { replicate } from '../../src/experiment/replication.ts';
import { OUTCOMES } from '../../src/experiment/request-log.ts';
import { TrafficMeters } from '../../src/measure/traffic-meter.ts';
import { poolPlans } from '../../src/platforms/adapter-pools.ts';
import { aliveCharge, NO_USAGE, totalCharge } from '../../src/platforms/usage.ts';
import { newBatch } from '../../src/workload/batch.ts';
import type { SourceSpec } from '../../src/workload/source.ts';
import { scenarioOf, simulate } from '../oracles/simulate.ts';

test('requests of other tenants stand in the same queue, by hand', () => {
  // Theirs take 40 s and come every minute; ours take 10 s and come every 90 s: every other one finds 10 s of theirs left.
  // At one instant ours go first.
  const { summary, runs } = simulate(
    scenarioOf(`
name: shared
duration: 1h
replications: 1
traffic: [{ process: constant, rate: 40/h }]
platforms:
  it: { kind: replicate-official, price_per_image: 1, seconds_per_image: 10, warm_instances: 1, max_instances: 1, background: { process: constant, rate: 60/h, images: 4 } }
`),
  ).platforms[0]!;
  expect(summary.row).toMatchObject({ requests: 39, images: 39, latency_p50_s: 20, cold_starts: 0 });
  expect(summary.row.latency_mean_s).toBeCloseTo((20 * 20 + 19 * 10) / 39, 9);
  // Theirs count as work of the pool, up to the end of the run: 59 of 40 s, and ours.
  expect(runs[0]!.hours.busy_us[0]).toBe((59 * 40 + 39 * 10) * 1e6);
});

test('other tenants go on through more than a batch of requests', () => {
  const busy = (rate: number) =>
    simulate(
      scenarioOf(`
name: many
duration: 1h
replications: 1
traffic: [{ process: constant, rate: 2/h }]
platforms:
  it: { kind: replicate-official, price_per_image: 1, seconds_per_image: 1, background: { process: constant, rate: ${rate}/h } }
`),
    ).platforms[0]!.runs[0]!.hours.busy_us[0]! / 1e6;
  // One less than that of theirs comes before the end, and one of ours.
  for (const rate of [100, 255, 256, 257, 600, 1800]) expect(busy(rate)).toBe(rate);
});

test('a pool for each adapter serves its own requests, each in its own containers', () => {
  const scenario = scenarioOf(`
name: pools
duration: 1h
replications: 1
traffic:
  - { name: a, process: constant, rate: 60/h, adapters: { count: 2, zipf: 0 } }
  - { name: b, process: constant, rate: 40/h, adapters: 1 }
  - { name: plain, process: constant, rate: 30/h }
platforms:
  all: { kind: modal, usd_per_second: 1, seconds_per_image: 1, adapter_load: 2s, pool_per_adapter: true, container_idle_timeout: 600 }
  some: { kind: modal, usd_per_second: 1, seconds_per_image: 1, adapter_load: 2s, pool_per_adapter: true, sources: [a, b] }
  one: { kind: modal, usd_per_second: 1, seconds_per_image: 1, adapter_load: 2s }
`);
  const plans = scenario.platforms.map((platform) => poolPlans(platform, scenario.sources));
  expect(plans.map((pools) => pools.map(({ adapter, prefix }) => [adapter, prefix]))).toEqual([
    [
      [0, 'adapter/a/0/'],
      [1, 'adapter/a/1/'],
      [2, 'adapter/b/0/'],
      [-1, ''],
    ],
    [
      [0, 'adapter/a/0/'],
      [1, 'adapter/a/1/'],
      [2, 'adapter/b/0/'],
    ],
    [[undefined, '']],
  ]);
  const [own, , , plain] = plans[0]!;
  expect([own!.policy.preload, own!.policy.adapters]).toEqual([
    { distribution: 'constant', value: 2 },
    undefined,
  ]);
  expect([plain!.policy.preload, plain!.policy.adapters]).toEqual([undefined, undefined]);
  // Each pool starts one container, which loads its adapter with its boot, and none stops in between.
  const { hours, requests } = completed(replicate(scenario, 0, { requests: true }));
  expect(hours[0]!.cold_starts[0]).toBe(4);
  expect(hours[0]!.containers_max[0]).toBe(4);
  expect(hours[0]!.adapter_loads[0]).toBe(0);
  const log = requests![0]!;
  const cold = Array.from(log.cold.keys()).filter((i) => log.cold[i] === 1);
  expect(cold.map((i) => log.adapter[i]).sort()).toEqual([-1, 0, 1, 2]);
  for (const i of cold) expect(log.start_us[i]! - log.arrival_us[i]!).toBe(log.adapter[i]! < 0 ? 8e6 : 10e6);
});

test('a charge of several bills the seconds of those that bill seconds', () => {
  const charge = (billed_s: number | null) => ({
    billed_s,
    starting_usd: 1,
    busy_usd: 2,
    idle_usd: 3,
    request_usd: 4,
  });
  expect(totalCharge([charge(null), charge(null)])).toEqual({
    billed_s: null,
    starting_usd: 2,
    busy_usd: 4,
    idle_usd: 6,
    request_usd: 8,
  });
  expect(totalCharge([charge(5), charge(null)]).billed_s).toBe(5);
  expect(totalCharge([charge(5), charge(7)]).billed_s).toBe(12);
  expect(aliveCharge({ ...NO_USAGE, starting_s: 1, busy_s: 20, idle_s: 300 }, 2)).toEqual({
    billed_s: 321,
    starting_usd: 2,
    busy_usd: 40,
    idle_usd: 600,
    request_usd: 0,
  });
});

test('the traffic of a set of sources is theirs alone', () => {
  const meters = new TrafficMeters([[0], [0, 1], [1]], 2, 3600e6);
  const batch = newBatch(4);
  batch.arrival_us.set([10e6, 20e6, 30e6, 50e6]);
  batch.source.set([0, 1, 0, 1]);
  batch.count = 4;
  meters.watch(batch);
  const records = meters.finish();
  expect(records.map(({ count }) => count)).toEqual([2, 4, 2]);
  expect(records.map(({ gaps }) => gaps.mean)).toEqual([20, 40 / 3, 30]);
});

test('requests that leave or are turned away in a pool for one adapter are told by their own number', () => {
  const scenario = scenarioOf(`
name: crowded
duration: 2h
replications: 1
traffic: [{ name: a, process: poisson, rate: 300/h, adapters: { count: 3, zipf: 1 } }]
platforms:
  it: { kind: modal, usd_per_second: 1, seconds_per_image: 25, adapter_load: 2s, pool_per_adapter: true, keep_warm: 1, max_containers: 1, queue_limit: 1, start_deadline: 15s }
`);
  const { requests, hours } = completed(replicate(scenario, 0, { requests: true }));
  const log = requests![0]!;
  // One server, one place to wait, 15 s of patience: what must become of each, one adapter after the other.
  const expected: string[] = [];
  for (const adapter of [0, 1, 2]) {
    let free_us = 0;
    let waits = -1;
    const settle = (until_us: number) => {
      if (waits < 0) return;
      const leaves_us = log.arrival_us[waits]! + 15e6;
      if (Math.min(free_us, leaves_us) > until_us) return;
      expected[waits] = free_us <= leaves_us ? 'completed' : 'aborted';
      if (free_us <= leaves_us) free_us += 25e6;
      waits = -1;
    };
    for (const i of log.arrival_us.keys()) {
      if (log.adapter[i] !== adapter) continue;
      const now_us = log.arrival_us[i]!;
      settle(now_us);
      if (waits < 0 && free_us <= now_us) {
        expected[i] = 'completed';
        free_us = now_us + 25e6;
      } else if (waits < 0) waits = i;
      else expected[i] = 'rejected';
    }
    settle(Number.POSITIVE_INFINITY);
  }
  expect(Array.from(log.outcome, (one) => OUTCOMES[one])).toEqual(expected);
  for (const name of ['aborted', 'rejected'] as const) {
    const count = expected.filter((one) => one === name).length;
    expect(count).toBeGreaterThan(20);
    expect(hours[0]![name].reduce((sum, one) => sum + one, 0)).toBe(count);
  }
});

test('adapters that a log names have pools too, and its requests without one only where there are any', () => {
  const { platforms } = scenarioOf(`
name: logged
duration: 1h
replications: 1
traffic: [{ process: poisson, rate: 60/h, adapters: 2 }]
platforms:
  it: { kind: modal, usd_per_second: 1, seconds_per_image: 1, adapter_load: 2s, pool_per_adapter: true }
`);
  const adaptersOf = (...adapter: number[]) => {
    const rows = { adapterNames: ['red', 'blue'], adapter: Int32Array.from(adapter) };
    const source = { name: 'log', process: { process: 'trace', rows } } as unknown as SourceSpec;
    return poolPlans(platforms[0]!, [source]).map((plan) => plan.adapter);
  };
  expect(adaptersOf(0, 1, 0)).toEqual([0, 1]);
  expect(adaptersOf(0, -1, 1)).toEqual([0, 1, -1]);
});
