import { expect, test } from 'vitest';
import { completed } from '../../src/core/completed.ts';
import { type Replication, replicate } from '../../src/experiment/replication.ts';
import { OUTCOMES } from '../../src/experiment/request-log.ts';
import { replicationRowsOf, runResult } from '../../src/experiment/run.ts';
import { scenarioOf } from '../oracles/simulate.ts';

const scenario = scenarioOf(`
name: audit
duration: 210m
replications: 3
prices: article-2026-04
model: flux-dev
traffic:
  - { name: burst, process: on-off, rate_on: 20/min, mean_on: 4m, mean_off: 10m, images: [{weight: 2, distribution: constant, value: 1}, {weight: 1, distribution: constant, value: 4}] }
  - { name: even, process: constant, rate: 60/h, work: { distribution: gamma, cv: 0.7 } }
platforms:
  tight: { kind: modal, gpu: H100, max_containers: 3, queue_limit: 9, start_deadline: 30s, container_idle_timeout: { distribution: uniform, min: 2s, max: 90s } }
  loose: { kind: modal, gpu: A100-80GB, keep_warm: 2, buffer_containers: 1, dispatch: random }
  shared: { kind: replicate-official, warm_instances: 2, max_instances: 6 }
slo: { latency_p95: 12s }
`);

function audited() {
  const runs: Replication[] = Array.from({ length: 3 }, (_, r) =>
    completed(replicate(scenario, r, { requests: true })),
  );
  return { runs, result: runResult(scenario, runs) };
}

/** Nearest rank, by its definition. */
function percentile(values: number[], p: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted.find((x) => sorted.filter((y) => y <= x).length >= p * sorted.length * (1 - 1e-12)) ?? null;
}

const mean = (values: number[]) =>
  values.length === 0 ? null : values.reduce((sum, x) => sum + x, 0) / values.length;

test('every figure about requests can be computed again from the audit trail', () => {
  const { runs, result } = audited();
  const rows = [...replicationRowsOf(result)];
  for (const [k, { platform }] of result.platforms.entries()) {
    for (const [r, { requests }] of runs.entries()) {
      const log = requests![k]!;
      for (let hour = 0; hour < 4; hour++) {
        const row = rows.find(
          (one) => one.platform === platform.name && one.replication === r && one.hour === hour,
        )!;
        const mine = Array.from(log.arrival_us, (_, i) => i).filter(
          (i) => Math.floor(log.arrival_us[i]! / 3600e6) === hour,
        );
        const done = mine.filter((i) => log.outcome[i] === 0);
        const latencies = done.map((i) => (log.start_us[i]! + log.service_us[i]! - log.arrival_us[i]!) / 1e6);
        const close = (name: string, value: number | null) =>
          value === null
            ? expect([name, row[name]]).toEqual([name, null])
            : expect(row[name] as number, name).toBeCloseTo(value, 9);
        close('requests', mine.length);
        close('completed', done.length);
        close('rejected', mine.filter((i) => OUTCOMES[log.outcome[i]!] === 'rejected').length);
        close('aborted', mine.filter((i) => OUTCOMES[log.outcome[i]!] === 'aborted').length);
        close(
          'images',
          done.reduce((sum, i) => sum + log.images[i]!, 0),
        );
        close(
          'cold_requests',
          done.reduce((sum, i) => sum + log.cold[i]!, 0),
        );
        close('latency_mean_s', mean(latencies));
        close('wait_mean_s', mean(done.map((i) => (log.start_us[i]! - log.arrival_us[i]!) / 1e6)));
        close(
          'run_s',
          done.reduce((sum, i) => sum + log.service_us[i]! / 1e6, 0),
        );
        for (const p of [50, 95, 99]) close(`latency_p${p}_s`, percentile(latencies, p / 100));
      }
    }
  }
});

test('all platforms serve the same requests', () => {
  const { runs } = audited();
  for (const { requests } of runs) {
    const [first, ...others] = requests!;
    for (const other of others) {
      for (const fact of ['arrival_us', 'size', 'images', 'source'] as const)
        expect(other[fact]).toEqual(first![fact]);
    }
  }
});

test('the service of a request is its size times the seconds of the platform, and what is charged is what was served', () => {
  const { runs, result } = audited();
  for (const [k, { platform, summary }] of result.platforms.entries()) {
    for (const { requests } of runs) {
      const log = requests![k]!;
      log.service_us.forEach((service_us, i) => {
        if (log.outcome[i] === 0)
          expect(service_us).toBe(Math.floor(log.size[i]! * platform.seconds_per_image * 1e6 + 0.5));
      });
    }
    if (platform.kind !== 'replicate-official') continue;
    const images = runs.reduce(
      (sum, { requests }) =>
        sum + requests![k]!.images.reduce((a, n, i) => a + (requests![k]!.outcome[i] === 0 ? n : 0), 0),
      0,
    );
    expect(summary.row.cost_usd_per_hour as number).toBeCloseTo((images * 0.03) / 3 / 3.5, 12);
  }
});

test('the share within the SLO counts all requests, also those turned away', () => {
  const { runs, result } = audited();
  for (const [k, { summary }] of result.platforms.entries()) {
    let within = 0;
    let all = 0;
    for (const { requests } of runs) {
      const log = requests![k]!;
      all += log.arrival_us.length;
      log.start_us.forEach((start_us, i) => {
        if (start_us + log.service_us[i]! - log.arrival_us[i]! <= 12e6) within++;
      });
    }
    expect(summary.row.within_slo_fraction).toBe(within / all);
  }
});
