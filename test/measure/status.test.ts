import { describe, expect, test } from 'vitest';
import { type PoolModel, poolScenario } from '../../src/experiment/verification/case.ts';
import { scenarioOf, simulate } from '../oracles/simulate.ts';

const traffic = (rate: string) => ['process: poisson', `rate: ${rate}`];
const one = ['keep_warm: 1', 'max_containers: 1'];
const queue = (model: PoolModel, replications: number) =>
  simulate({ ...scenarioOf(poolScenario(model)), replications }).platforms[0]!.summary;
const model = (rate: string, pool: string[], duration = '24h', replications = 10) =>
  queue({ traffic: traffic(rate), service: 6, work: '1', pool, duration }, replications);

describe('status', () => {
  test('a load of exactly all containers is unstable, whatever was drawn', () => {
    for (const rate of ['600/h', '10/min']) {
      const { row, stability } = model(rate, one, '3h', 2);
      expect(stability.status).toBe('unstable');
      expect([row.latency_p95_s, row.wait_mean_s, row.latency_mean_s_ci_low]).toEqual([null, null, null]);
    }
  });

  test('an overload says how bad it is: 300 an hour too many', () => {
    const { row } = model('900/h', one);
    // The first pass of the cycle leaves 24 x 300 requests behind, the run as many again.
    expect(Math.abs((row.backlog_per_hour as number) - 300)).toBeLessThan(10);
    expect(Math.abs((row.backlog_end as number) / (2 * 24 * 300) - 1)).toBeLessThan(0.05);
    expect(row.cost_usd_per_hour).not.toBeNull();
  });

  test('a load of 97 % is slow but stable', () => {
    const { row } = model('582/h', one, '10d');
    expect(row.status).toBe('ok');
    expect(row.latency_p95_s).toBeGreaterThan(60);
  });

  test('a queue limit or a start deadline bounds the queue: never unstable', () => {
    expect(model('900/h', [...one, 'queue_limit: 10'], '6h').row.status).toBe('ok');
    expect(model('900/h', [...one, 'start_deadline: 60s'], '6h').row.status).toBe('ok');
  });

  test('a pool that may grow is stable under the same traffic', () => {
    expect(model('900/h', ['keep_warm: 1', 'max_containers: 10'], '6h').row.status).toBe('ok');
  });

  test('a backlog of a burst that the pool works off again is not unstable', () => {
    const bursts = ['process: on-off', 'rate_on: 1/s', 'mean_on: 60s', 'mean_off: 1h'];
    const { row } = queue({ traffic: bursts, service: 6, work: '1', pool: one, duration: '10d' }, 5);
    expect(row.status).toBe('ok');
  });

  test('the slope of the backlog is per hour also when the last hour is short', () => {
    const { row } = simulate(
      scenarioOf(`
name: short-hour
duration: 3.1h
replications: 5
traffic: [{ process: poisson, rate: 2/s }]
platforms: { one: { kind: dedicated, machines: 1, usd_per_hour: 1, seconds_per_image: 1 } }
`),
    ).platforms[0]!.summary;
    expect(Math.abs((row.backlog_per_hour as number) / 3600 - 1)).toBeLessThan(0.05);
  });
});
