import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadScenario } from '../src/cli/load-scenario.ts';
import { simulate } from './oracles/simulate.ts';
import { realTrace } from './real-traces.ts';

const log = realTrace('image-requests.csv');

test.skipIf(log === undefined)('23 days of a real image service run through both platforms', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'warmpool-log-'));
  const file = join(folder, 'log.yaml');
  writeFileSync(
    file,
    `name: real-log
traffic:
  - { process: trace, file: ${log}, time_column: arrival_s, work_column: service_s }
platforms:
  modal: { kind: modal, gpu: A100-80GB, seconds_per_image: 1, keep_warm: 1 }
  replicate: { kind: replicate-official, price_per_image: 0.03, seconds_per_image: 1 }
`,
  );
  const { scenario } = await loadScenario(file);
  rmSync(folder, { recursive: true });
  expect(scenario.replications).toBe(1);
  expect(scenario.duration_us / 3600e6).toBe(554);
  const [modal, replicate] = simulate(scenario).platforms.map((one) => one.summary.row);
  for (const row of [modal!, replicate!]) {
    expect([row.requests, row.completed, row.status]).toEqual([26_823, 26_823, 'ok']);
    expect(row.interarrival_cv as number).toBeCloseTo(12.0, 1);
  }
  // 26,823 images at $0.03 in 554 hours.
  expect(replicate!.cost_usd_per_hour as number).toBeCloseTo((26_823 * 0.03) / 554, 9);
  expect(modal!.cold_request_fraction as number).toBeGreaterThan(0.05);
});
