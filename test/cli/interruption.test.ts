import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SCENARIO } from '../scenario/problems.ts';
import { warmpool } from './spawn.ts';
import { temporaryFolder, written } from './temporary.ts';

const folder = temporaryFolder();
const file = written(folder, 'it is mine.yaml', SCENARIO);

/** Holds from some time after a folder was made: the work has begun. */
function isUnderWay(path: string): () => boolean {
  let since = Number.POSITIVE_INFINITY;
  return () => {
    if (existsSync(path)) since = Math.min(since, performance.now());
    return performance.now() - since > 1500;
  };
}

describe('an interrupted run', () => {
  test.each([
    ['1', 'SIGINT'],
    ['2', 'SIGINT'],
  ] as const)(
    'of %s threads, by %s, ends with 130, tells how to run it again, and leaves no file',
    async (threads, signal) => {
      const out = join(folder, `${signal}-${threads}`);
      const words = [
        'run',
        file,
        '--replications',
        '2000',
        '--duration',
        '30d',
        '--threads',
        threads,
        '--out',
        out,
      ];
      const { code, stdout, stderr } = await warmpool(words, {
        kill: { signal, when: isUnderWay(join(out, 't')) },
      });
      const quoted = words.map((word) => (word === file ? `'${word}'` : word)).join(' ');
      expect(stderr).toMatch(/^interrupted/);
      expect(stderr).toContain(`warmpool ${quoted}\n`);
      expect(stderr.split('\n')).toHaveLength(2);
      expect([code, stdout]).toEqual([130, '']);
      expect(readdirSync(join(out, 't'))).toEqual([]);
    },
  );
});

test('a run that is killed while it writes leaves the old files as they were, and the next one tidies up', async () => {
  const out = join(folder, 'killed');
  const filesOf = () => readdirSync(join(out, 't')).toSorted();
  const bytesOf = () => filesOf().map((name) => readFileSync(join(out, 't', name), 'utf8'));
  const words = ['run', file, '--requests', '--quiet', '--out', out];
  expect((await warmpool(words)).code).toBe(0);
  const [names, bytes] = [filesOf(), bytesOf()];
  const isWriting = () => filesOf().some((name) => /^\.requests\.csv\..*\.tmp$/.test(name));
  const long = [
    '--seed',
    '2',
    '--duration',
    '30d',
    '--replications',
    '1',
    '--set',
    'traffic.images.rate=1000/h',
  ];
  const killed = await warmpool([...words, ...long], { kill: { signal: 'SIGKILL', when: isWriting } });
  expect(killed.signal).toBe('SIGKILL');
  expect(filesOf().filter((name) => !name.startsWith('.'))).toEqual(names);
  expect(filesOf().length).toBeGreaterThan(names.length);
  expect(names.map((name) => readFileSync(join(out, 't', name), 'utf8'))).toEqual(bytes);
  expect((await warmpool(words)).code).toBe(0);
  expect(filesOf()).toEqual(names);
  expect(bytesOf()).toEqual(bytes);
});
