import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LONG } from '../long.ts';
import { SCENARIO } from '../scenario/problems.ts';
import { warmpool } from './spawn.ts';
import { temporaryFolder, written } from './temporary.ts';

const folder = temporaryFolder();
const file = written(folder, 'together.yaml', SCENARIO);

test('runs that end in one folder at once leave the files of one of them, and nothing else', async () => {
  const out = join(folder, 'one');
  const seeds = LONG ? ['1', '2', '3', '4', '5', '6'] : ['1', '2', '3', '4'];
  const runs = await Promise.all(
    seeds.map((seed) => warmpool(['run', file, '--raw', '--quiet', '--seed', seed, '--out', out])),
  );
  expect(runs.map(({ code }) => code)).toEqual(seeds.map(() => 0));
  const at = (name: string) => join(out, 't', name);
  expect(readdirSync(join(out, 't')).sort()).toEqual([
    'hourly.csv',
    'manifest.json',
    'replications.csv',
    'summary.csv',
  ]);
  const { files } = JSON.parse(readFileSync(at('manifest.json'), 'utf8'));
  for (const [name, hash] of Object.entries(files))
    expect([
      name,
      createHash('sha256')
        .update(readFileSync(at(name)))
        .digest('hex'),
    ]).toEqual([name, hash]);
});

test('two sweeps in one folder: one does the work, the other is refused', async () => {
  const sweep = written(
    folder,
    'sweep.yaml',
    `${SCENARIO}sweep:\n  platform: modal\n  grid: { container_idle_timeout: [2s, 20s, 60s, 300s] }\n`,
  );
  const words = ['sweep', sweep, '--quiet', '--duration', '60d', '--out', join(folder, 'sweeps')];
  for (let round = 0; round < (LONG ? 3 : 2); round++) {
    const both = await Promise.all([warmpool(words), warmpool(words)]);
    const codes = both.map(({ code }) => code).sort();
    // The second may also come when the first is done, and then does the work again.
    expect([
      [0, 0],
      [0, 2],
    ]).toContainEqual(codes);
    for (const { code, stderr } of both)
      if (code === 2) expect(stderr).toMatch(/another warmpool .* is at work/);
    expect(readdirSync(join(folder, 'sweeps', 't')).sort()).toEqual(['sweep.csv', 'sweep.manifest.json']);
  }
});

test('a scenario that is changed while it runs gives the results of what was read', async () => {
  const out = join(folder, 'changed');
  const mine = written(folder, 'mine.yaml', SCENARIO);
  const hash = createHash('sha256').update(SCENARIO).digest('hex');
  const { code } = await warmpool(['run', mine, '--quiet', '--duration', '20d', '--out', out], {
    kill: {
      signal: 'SIGCONT',
      when: () => {
        if (!existsSync(join(out, 't'))) return false;
        writeFileSync(mine, 'nothing: at all\n');
        return true;
      },
    },
  });
  expect(code).toBe(0);
  const manifest = JSON.parse(readFileSync(join(out, 't', 'manifest.json'), 'utf8'));
  expect(manifest.scenario_sha256).toBe(hash);
});
