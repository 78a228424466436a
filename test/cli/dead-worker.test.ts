import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SCENARIO } from '../scenario/problems.ts';
import { warmpool } from './spawn.ts';
import { temporaryFolder, written } from './temporary.ts';

const out = temporaryFolder();
/** Ends each worker thread in the middle of a task: its progress is told so often, and then it is gone. */
const dying = written(
  out,
  'dying.cjs',
  `const { isMainThread } = require('node:worker_threads');
if (!isMainThread) {
  const { store } = Atomics;
  let told = 0;
  Atomics.store = (...words) => (++told === 20 ? process.exit(9) : store(...words));
}
`,
);
const file = written(
  out,
  'grid.yaml',
  `${SCENARIO.replace('60/h', '10/s')}    max_containers: 100\nsweep: { platform: modal, grid: { keep_warm: [0, 1] } }\n`,
);
const large = ['--duration', '12h', '--replications', '8', '--threads', '2', '--quiet', '--out', out];
const folder = join(out, 't');

describe('a worker thread that dies', () => {
  test('ends a run with a clear error, and nothing is half written', async () => {
    const { code, stderr } = await warmpool(['run', file, ...large], {
      env: { NODE_OPTIONS: `--require ${dying}` },
    });
    expect([code, stderr]).toEqual([
      70,
      expect.stringContaining('a worker thread ended before its work was done'),
    ]);
    expect(stderr).toContain('try --threads 1');
    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);
  });

  test('costs a sweep the cells at hand; the same command goes on with them', {
    timeout: 120_000,
  }, async () => {
    const died = await warmpool(['sweep', file, ...large], { env: { NODE_OPTIONS: `--require ${dying}` } });
    expect([died.code, died.stderr]).toEqual([
      4,
      expect.stringContaining('a worker thread ended before its work'),
    ]);
    expect(readdirSync(folder)).toContain('.sweep.journal');
    const again = await warmpool(['sweep', file, ...large]);
    expect([again.code, again.stderr]).toEqual([0, '']);
    expect(readdirSync(folder).sort()).toEqual(['sweep.csv', 'sweep.manifest.json']);
  });
});
