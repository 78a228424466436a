import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { resident } from './resident.ts';
import { temporaryFolder, written } from './temporary.ts';

const folder = temporaryFolder();
const text = `name: tuned
duration: 6h
replications: 4
prices: article-2026-04
model: flux-dev
traffic: [{ process: poisson, rate: 83/h }]
platforms:
  replicate: { kind: replicate-official, background: none }
  modal: { kind: modal, gpu: A100-80GB, keep_warm: 1, max_containers: 4 }
slo: { latency_p95: 15s }
`;
const file = written(folder, 'tuned.yaml', text);

test('finds the cheapest setting that meets the SLO, and what it hangs on; the same for any threads', async () => {
  const { code, stdout } = await resident(['optimize', file, '--out', join(folder, 'a')]);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /The cheapest of the \d+ settings that were tried that surely meets p95 <= 15 s:\s+gpu/,
  );
  expect(stdout).toContain('If this setting is kept');
  for (const line of stdout.split('\n').filter((one) => !one.startsWith('Wrote')))
    expect(line.length, line).toBeLessThanOrEqual(80);
  const csv = readFileSync(join(folder, 'a', 'tuned', 'optimize.csv'), 'utf8');
  const rows = parse(csv, { columns: true }) as Record<string, string>[];
  const meeting = rows.filter((row) => row.status === 'ok' && Number(row.latency_p95_s_ci_high) <= 15);
  const least = Math.min(...meeting.map((row) => Number(row.cost_usd_per_hour)));
  const best = meeting.find((row) => Number(row.cost_usd_per_hour) === least)!;
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
    `gpu ${best.gpu}, keep_warm ${best.keep_warm}, container_idle_timeout ${best.container_idle_timeout}s`,
  );
  // What was found is what a run of its own gives.
  const set = ['gpu', 'keep_warm', 'max_containers', 'buffer_containers']
    .filter((key) => best[key])
    .map((key) => `platforms.modal.${key}=${best[key]}`);
  const sets = [...set, `platforms.modal.container_idle_timeout=${best.container_idle_timeout}s`].flatMap(
    (one) => ['--set', one],
  );
  const run = await resident(['run', file, '--json', '--out', join(folder, 'run'), ...sets]);
  const modal = JSON.parse(run.stdout.trim().split('\n')[1]!);
  expect(modal.cost_usd_per_hour).toBe(least);
  await resident(['optimize', file, '--out', join(folder, 'b'), '--threads', '1', '--quiet']);
  expect(readFileSync(join(folder, 'b', 'tuned', 'optimize.csv'), 'utf8')).toBe(csv);
});

test('ends with 3 where nothing meets the SLO, and says what is fastest', async () => {
  const out = join(folder, 'none');
  const { code, stdout } = await resident(['optimize', file, '--out', out, '--set', 'slo.latency_p95=1s']);
  expect([
    code,
    /None of the \d+ settings that were tried surely meets p95 <= 1 s\. The fastest is/.test(
      stdout.replaceAll('\n', ' '),
    ),
  ]).toEqual([3, true]);
});

test('does not buy another GPU at a price that is given', async () => {
  const set = ['--set', 'platforms.modal.usd_per_second=0.000694', '--duration', '2h'];
  const { stdout, stderr } = await resident(['optimize', file, '--out', join(folder, 'pinned'), ...set]);
  expect(stderr).toContain('note: only the gpu of modal is tried');
  expect(stdout).not.toMatch(/gpu /);
});

test.each([
  [text.replace(/slo:.*\n/, ''), [], /expected an slo to meet, as slo: \{latency_p95: 15s\}/],
  [
    text,
    ['--platform', 'replicate'],
    /replicate is of kind replicate-official, which has nothing to tune; modal can be/,
  ],
  [text, ['--platfrom', 'modal'], /did you mean "--platform"/],
])('is refused without something to tune for', async (written_, words, message) => {
  const odd = written(folder, 'odd.yaml', written_);
  const { code, stderr } = await resident(['optimize', odd, ...words]);
  expect(stderr).toMatch(message);
  expect(code).toBe(2);
});
