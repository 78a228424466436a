import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { resident } from './resident.ts';
import { ROOT } from './spawn.ts';
import { temporaryFolder, written } from './temporary.ts';

const folder = temporaryFolder();
const path = (...parts: string[]) => join(folder, ...parts);
const file = written(
  folder,
  'two.yaml',
  `name: two
duration: 6h
replications: 4
prices: article-2026-04
model: flux-dev
traffic:
  - { name: images, process: poisson, rate: 80/h, images: 2 }
platforms:
  replicate: { kind: replicate-official, background: none }
  modal: { kind: modal, gpu: A100-80GB, keep_warm: 1 }
slo: { latency_p95: 30s }
sweep: { platform: modal, grid: { keep_warm: [0, 1], container_idle_timeout: [2s, 60s] } }
crossover: { from: 10/h, to: 200/h }
`,
);

test('writes a row a kind, the curve and a manifest; says the formula beside; the same for any threads', async () => {
  const { code, stdout } = await resident(['crossover', file, '--out', path('a'), '--threads', '1']);
  expect(code).toBe(0);
  expect(readdirSync(path('a', 'two')).sort()).toEqual([
    'crossover-curve.csv',
    'crossover.csv',
    'crossover.manifest.json',
  ]);
  const csv = readFileSync(path('a', 'two', 'crossover.csv'), 'utf8');
  const [header, ...rows] = csv
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  expect(header!.slice(0, 8)).toEqual([
    'kind',
    'rate_per_hour',
    'rate_per_hour_ci_low',
    'rate_per_hour_ci_high',
    'images_per_hour',
    'formula_images_per_hour',
    'utilization_at_formula',
    'status',
  ]);
  expect(rows.map(([kind]) => kind)).toEqual(['fixed', 'best-setting', 'equal-slo']);
  expect(rows[0]!.slice(5, 8)).toEqual(['83.28', '0.1388', 'ok']);
  // Two images a request.
  expect(Number(rows[0]![4]) / Number(rows[0]![1])).toBeCloseTo(2, 4);
  // With windows of 2 s Modal is cheaper at every volume.
  expect(rows[1]![7]).toBe('none: modal is cheaper throughout');
  expect(stdout).toContain('N* = 3600 M / R = 83.28 images an hour, which keep one container');
  for (const line of stdout.split('\n').filter((text) => !text.startsWith('Wrote')))
    expect(line.length, line).toBeLessThanOrEqual(80);
  expect((await resident(['crossover', file, '--out', path('b'), '--quiet'])).code).toBe(0);
  expect(readFileSync(path('b', 'two', 'crossover.csv'), 'utf8')).toBe(csv);
  const json = await resident(['crossover', file, '--out', path('b'), '--json']);
  expect(
    json.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).kind),
  ).toEqual(rows.map(([kind]) => kind));
});

test.each([
  [[join(ROOT, 'scenarios/three-gpus.yaml')], /expected two platforms, here .*crossover: \{platforms:/s],
  [
    [file, '--set', 'crossover.from=500/h'],
    /expected crossover\.from below crossover\.to, here 500\/h and 200\/h/,
  ],
  [[file, '--set', 'crossover.source=imagse'], /no source "imagse"; did you mean "images"/],
  [[file, '--set', 'crossover.to=500'], /expected a rate with its unit/],
])('%j is refused before any work', async (words, message) => {
  const { code, stdout, stderr } = await resident(['crossover', ...words, '--out', path('none')]);
  expect(stderr).toMatch(message);
  expect([code, stdout, existsSync(path('none'))]).toEqual([2, '', false]);
});
