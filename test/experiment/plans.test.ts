import { describe, expect, test } from 'vitest';
import { completed } from '../../src/core/completed.ts';
import { replicate } from '../../src/experiment/replication.ts';
import { OUTCOMES } from '../../src/experiment/request-log.ts';
import { verdict } from '../../src/experiment/sentence.ts';
import { monthlyCost } from '../../src/measure/monthly.ts';
import { cost_usd, totalOf } from '../../src/measure/run-record.ts';
import { HOUR_QUANTITIES } from '../../src/pool/hours.ts';
import { scenarioOf, simulate } from '../oracles/simulate.ts';

const TEXT = `
name: plans
duration: 5h
replications: 3
traffic:
  - { name: brands, process: poisson, rate: 200/h, adapters: 6 }
  - { name: tail, process: on-off, rate_on: 10/min, mean_on: 2m, mean_off: 20m, images: 2 }
  - { name: jobs, kind: training, process: poisson, rate: 2/h, duration: { distribution: exponential, mean: 10m } }
platforms:
  one: { kind: modal, usd_per_second: 0.001, seconds_per_image: 6, sources: [brands], adapter_load: 2s, plan: team }
  two: { kind: replicate-official, price_per_image: 0.03, background: none, sources: [tail] }
  three: { kind: modal, usd_per_second: 0.002, sources: [jobs], plan: team, container_idle_timeout: 2s }
  both: { kind: modal, usd_per_second: 0.001, seconds_per_image: 6 }
plans:
  apart: [one, two, three]
  together: [both, three]
`;
function run() {
  const result = simulate(scenarioOf(TEXT));
  const [one, two, three] = result.platforms;
  const [apart, together] = result.plans;
  return { result, one: one!, two: two!, three: three!, apart: apart!, together: together! };
}

describe('a plan', () => {
  test('has money, requests and container time that are the sums of its platforms, hour by hour', () => {
    const { one, two, three, apart } = run();
    const members = [one, two, three];
    for (const [r, run] of apart.runs.entries()) {
      for (const name of HOUR_QUANTITIES) {
        if (name === 'containers_max') continue;
        const sums = Array.from(run.hours[name], (_, h) =>
          members.reduce((sum, member) => sum + member.runs[r]!.hours[name][h]!, 0),
        );
        expect([name, ...run.hours[name]]).toEqual([name, ...sums]);
      }
      expect(cost_usd(run)).toBeCloseTo(
        members.reduce((sum, member) => sum + cost_usd(member.runs[r]!), 0),
        12,
      );
    }
  });

  test('has at most as many containers at once as its platforms had at their own times, and at least the most of one', () => {
    const { one, two, three, apart } = run();
    for (const [r, run] of apart.runs.entries()) {
      run.hours.containers_max.forEach((most, h) => {
        const each = [one, two, three].map((member) => member.runs[r]!.hours.containers_max[h]!);
        expect(most).toBeLessThanOrEqual(each.reduce((sum, n) => sum + n, 0));
        expect(most).toBeGreaterThanOrEqual(Math.max(...each));
        expect(most * 3600e6).toBeGreaterThanOrEqual(run.hours.alive_us[h]!);
      });
    }
  });

  test('reports the latency of its images, and of trainings only their money', () => {
    const { one, two, three, apart } = run();
    const images = one.runs.reduce((sum, run) => sum + totalOf(run, 'completed'), 0);
    const others = two.runs.reduce((sum, run) => sum + totalOf(run, 'completed'), 0);
    const latency = (option: typeof one) => option!.summary.estimates.latency_mean_s.value!;
    expect(latency(apart as never)).toBeCloseTo(
      (latency(one) * images + latency(two) * others) / (images + others),
      9,
    );
    expect(apart.summary.row.latency_p99_s as number).toBeLessThan(three.summary.row.latency_p50_s as number);
  });

  test('with itself as the only member is the platform', () => {
    const alone = simulate(scenarioOf(TEXT.replace('together: [both, three]', 'alone: [two]')));
    expect({ ...alone.plans[1]!.summary.row, platform: 'two' }).toEqual(alone.platforms[1]!.summary.row);
  });

  test('is compared with those that serve the same sources, and a part is not', () => {
    const { result } = run();
    expect(verdict(result)).toMatch(/^(apart|together) (is cheaper than|and) (apart|together)/);
  });

  test('measures the traffic of the sources that it serves', () => {
    const { one, two, three, apart, together } = run();
    const rate = (option: { summary: { row: object } }) =>
      (option.summary.row as { rate_per_hour: number }).rate_per_hour;
    expect(rate(apart)).toBeCloseTo(rate(one) + rate(two) + rate(three), 9);
    expect(rate(together)).toBeCloseTo(rate(apart), 9);
  });

  test('changes no number of a platform', () => {
    const { result } = run();
    const without = simulate(scenarioOf(TEXT.slice(0, TEXT.indexOf('plans:'))));
    expect(without.platforms.map(({ summary }) => summary.row)).toEqual(
      result.platforms.map(({ summary }) => summary.row),
    );
  });
});

describe('the bill of a month', () => {
  const team = { vendor: 'Modal', plan: 'team', fee_usd_per_month: 250, credit_usd_per_month: 100 };

  test('takes the credit off once and adds the fee once for platforms on one plan', () => {
    const costs = [
      { cost_usd_per_hour: 0.1, account: team },
      { cost_usd_per_hour: 0.2, account: team },
      { cost_usd_per_hour: 0.5, account: undefined },
    ];
    expect(monthlyCost(costs)).toBeCloseTo(0.3 * 720 - 100 + 250 + 0.5 * 720, 9);
  });

  test('never falls below the fee', () => {
    expect(monthlyCost([{ cost_usd_per_hour: 0.1, account: team }])).toBe(250);
  });

  test('of a plan is less than that of its platforms by the fee and credit that they share', () => {
    const { one, two, three, apart } = run();
    const month = (option: { summary: { row: object } }) =>
      (option.summary.row as { cost_usd_per_month: number }).cost_usd_per_month;
    expect(month(one) + month(two) + month(three) - month(apart)).toBeCloseTo(250 - 100, 6);
  });
});

describe('a pool for each adapter', () => {
  const scenario = scenarioOf(`
name: pools
duration: 5h
replications: 1
start: cycle
traffic:
  - { name: a, process: poisson, rate: 100/h, adapters: { count: 3, zipf: 1 } }
  - { name: b, process: poisson, rate: 60/h, adapters: 2 }
  - { name: plain, process: poisson, rate: 30/h }
platforms:
  pools: { kind: modal, usd_per_second: 0.001, seconds_per_image: 30, keep_warm: 1, adapter_load: 2s, pool_per_adapter: true }
`);
  const run = () => {
    const { requests, hours } = completed(replicate(scenario, 0, { requests: true }));
    const log = requests![0]!;
    return { log, hours, done: Array.from(log.arrival_us.keys()) };
  };

  test('serves the requests of an adapter in order, and those of different adapters side by side', () => {
    const { log, done } = run();
    const last = new Map<number, number>();
    let isOvertaken = false;
    let latest = 0;
    for (const i of done) {
      expect(OUTCOMES[log.outcome[i]!]).toBe('completed');
      const start = log.start_us[i]!;
      expect(start).toBeGreaterThanOrEqual(last.get(log.adapter[i]!) ?? 0);
      last.set(log.adapter[i]!, start);
      isOvertaken ||= start < latest;
      latest = Math.max(latest, start);
    }
    expect([...last.keys()].sort()).toEqual([-1, 0, 1, 2, 3, 4]);
    expect(isOvertaken).toBe(true);
  });

  test('keeps one warm container for each of five adapters and one for requests without', () => {
    const { hours } = run();
    const [most] = hours[0]!.containers_max;
    expect(most).toBeGreaterThanOrEqual(6);
    expect(hours[0]!.alive_us[0]! / 3600e6).toBeGreaterThanOrEqual(6);
    expect(hours[0]!.adapter_loads.every((count) => count === 0)).toBe(true);
  });

  test('lets a cold request wait for its boot and its adapter, 8 + 2 s at most as far as nobody is before it', () => {
    const { log, done } = run();
    const waits = done.filter((i) => log.cold[i] === 1).map((i) => log.start_us[i]! - log.arrival_us[i]!);
    expect(waits.length).toBeGreaterThan(5);
    expect(Math.max(...waits)).toBe(10e6);
  });
});
