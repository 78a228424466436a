import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadScenario } from '../../src/cli/load-scenario.ts';
import { expectedWork } from '../../src/experiment/replication.ts';
import { added, changed, SCENARIO } from '../scenario/problems.ts';
import { HOURLY, REPLICATIONS, REQUESTS, SUMMARY } from './columns.ts';
import { type Outcome, twoAtATime, warmpool } from './spawn.ts';
import { temporaryFolder, written } from './temporary.ts';

const folder = temporaryFolder();
const two = added('  own: {kind: dedicated, machines: 2, usd_per_hour: 2, seconds_per_image: 5}');
const file = written(folder, 's.yaml', two);
const queued = twoAtATime();

const filesIn = (path: string) => readdirSync(path).toSorted();
const textOf = (...path: string[]) => readFileSync(join(folder, ...path), 'utf8');
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** A CSV file without quotes as rows by column. */
function rowsOf(...path: string[]): Record<string, string>[] {
  const [header, ...lines] = textOf(...path)
    .trimEnd()
    .split('\n');
  return lines.map((line) =>
    Object.fromEntries(line.split(',').map((cell, i) => [header!.split(',')[i], cell])),
  );
}

const bytesOf = (path: string) =>
  Object.fromEntries(filesIn(path).map((name) => [name, readFileSync(join(path, name), 'utf8')]));

/** A run that several tests look at. */
function onlyOnce(job: () => Promise<Outcome>): () => Promise<Outcome> {
  let outcome: Promise<Outcome> | undefined;
  return () => {
    outcome ??= queued(job);
    return outcome;
  };
}

describe.concurrent('a run with everything asked for', () => {
  const overrides = ['--seed', '7', '--replications', '3', '--duration', '90m'];
  const sets = ['--set', 'platforms.modal.min_containers=2', '--set', 'traffic.images.rate=30/h'];
  const words = ['run', file, '--raw', '--requests', ...overrides, ...sets, '--out'];
  const once = onlyOnce(() => warmpool([...words, join(folder, 'all')]));
  const again = onlyOnce(() => warmpool([...words, join(folder, 'again')]));

  test('writes five files, in the columns promised, and prints where they are', async () => {
    const { code, stdout, stderr } = await once();
    expect([code, stderr.replace(/^warning: .*\n/gm, '')]).toEqual([0, '']);
    expect(stdout).toContain(`Wrote ${join(folder, 'all', 't')}/`);
    const names = ['hourly.csv', 'manifest.json', 'replications.csv', 'requests.csv', 'summary.csv'];
    expect(filesIn(join(folder, 'all', 't'))).toEqual(names);
    const columns = { hourly: HOURLY, summary: SUMMARY, replications: REPLICATIONS, requests: REQUESTS };
    for (const [name, header] of Object.entries(columns))
      expect(textOf('all', 't', `${name}.csv`).split('\n')[0]).toBe(header);
  });

  test('has a row for every hour, also the last short one, and for every request', async () => {
    await once();
    const [summary, requests] = [rowsOf('all', 't', 'summary.csv'), rowsOf('all', 't', 'requests.csv')];
    expect(rowsOf('all', 't', 'hourly.csv').map(({ platform, hour }) => `${platform} ${hour}`)).toEqual([
      'modal 0',
      'modal 1',
      'own 0',
      'own 1',
    ]);
    expect(rowsOf('all', 't', 'replications.csv')).toHaveLength(2 * 3 * 2);
    expect(summary.map(({ platform, replications }) => `${platform} ${replications}`)).toEqual([
      'modal 3',
      'own 3',
    ]);
    for (const { platform, requests: count } of summary) {
      const own = requests.filter((row) => row.platform === platform);
      expect(own).toHaveLength(Number(count));
      expect(new Set(own.map(({ replication }) => replication))).toEqual(new Set(['0', '1', '2']));
    }
  });

  test('took the options in place of the file’s values', async () => {
    await once();
    const [modal] = rowsOf('all', 't', 'summary.csv');
    const busyHours = rowsOf('all', 't', 'hourly.csv').filter(({ platform }) => platform === 'modal');
    for (const { containers_mean } of busyHours) expect(Number(containers_mean)).toBeGreaterThanOrEqual(2);
    expect(Number(modal!.requests)).toBeGreaterThan(3 * 1.5 * 30 * 0.5);
    expect(Number(modal!.requests)).toBeLessThan(3 * 1.5 * 30 * 1.5);
    const manifest = JSON.parse(textOf('all', 't', 'manifest.json'));
    expect(manifest).toMatchObject({ seed: 7, replications: 3, duration_s: 5400, command: 'run' });
    expect(manifest.overrides).toContain('--set platforms.modal.min_containers=2');
  });

  test('has a manifest with the hash of every file, and nothing of the machine or the moment', async () => {
    await once();
    const text = textOf('all', 't', 'manifest.json');
    const { files, scenario_sha256 } = JSON.parse(text);
    expect(scenario_sha256).toBe(sha256(two));
    expect(Object.keys(files)).toHaveLength(4);
    for (const [name, hash] of Object.entries(files)) expect(hash).toBe(sha256(textOf('all', 't', name)));
    for (const word of [hostname(), folder]) expect(text).not.toContain(word);
    expect(text).not.toMatch(/\d\d:\d\d/);
  });

  test('gives the same bytes when it is done again', async () => {
    await Promise.all([once(), again()]);
    expect(bytesOf(join(folder, 'again', 't'))).toEqual(bytesOf(join(folder, 'all', 't')));
  });

  test('a later run that asks for less takes the files away that it does not write', async () => {
    await Promise.all([once(), again()]);
    const { code, stdout } = await queued(() =>
      warmpool(['run', file, '--quiet', '--out', join(folder, 'again')]),
    );
    expect([code, stdout]).toEqual([0, '']);
    expect(filesIn(join(folder, 'again', 't'))).toEqual(['hourly.csv', 'manifest.json', 'summary.csv']);
  });
});

describe.concurrent('standard output', () => {
  test('with --json is the summary as JSON lines and nothing else, null for what is empty', async () => {
    const out = join(folder, 'json');
    const { code, stdout } = await queued(() =>
      warmpool(['run', file, '--json', '--set', 'traffic=[]', '--out', out]),
    );
    expect(code).toBe(0);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const rows = rowsOf('json', 't', 'summary.csv');
    expect(lines).toHaveLength(2);
    for (const [i, line] of lines.entries()) {
      expect(Object.keys(line).join()).toBe(SUMMARY);
      expect(line.latency_p95_s).toBeNull();
      for (const [key, value] of Object.entries(line)) {
        const cell = rows[i]![key]!;
        expect(value).toBe(cell === '' ? null : typeof value === 'number' ? Number(cell) : cell);
      }
    }
  });

  test('has no colours with NO_COLOR, even where they are forced', async () => {
    const words = ['run', file, '--out', join(folder, 'colours')];
    const forced = await queued(() => warmpool(words, { env: { FORCE_COLOR: '1' } }));
    const plain = await queued(() => warmpool(words, { env: { FORCE_COLOR: '1', NO_COLOR: '1' } }));
    expect(forced.stdout).toContain('\u001b[');
    expect(plain.stdout).not.toContain('\u001b');
    expect(plain.stdout).toContain('$/hour');
  });

  test('whose reader has gone ends the run silently', async () => {
    const { code, stderr } = await queued(() =>
      warmpool(['run', file, '--out', join(folder, 'pipe')], { closeStdout: true }),
    );
    expect([code, stderr]).toEqual([0, '']);
    expect(filesIn(join(folder, 'pipe', 't'))).toContain('manifest.json');
  });
});

test('an unstable platform ends with exit code 3, a warning, and its files', async () => {
  const words = ['--set', 'traffic.images.rate=9000/h', '--set', 'platforms.modal.max_containers=1'];
  const { code, stdout, stderr } = await queued(() =>
    warmpool(['run', file, ...words, '--out', join(folder, 'unstable')]),
  );
  expect(code).toBe(3);
  expect(stderr).toContain('modal: unstable');
  expect(stdout).toContain('unstable');
  expect(filesIn(join(folder, 'unstable', 't'))).toEqual(['hourly.csv', 'manifest.json', 'summary.csv']);
  expect(rowsOf('unstable', 't', 'summary.csv')[0]).toMatchObject({ status: 'unstable', latency_p95_s: '' });
});

test('a run writes nothing where it is started: a folder that cannot be written to will do', async () => {
  const readOnly = process.getuid?.() === 0 ? '/proc' : join(folder, 'read-only');
  if (readOnly !== '/proc') {
    mkdirSync(readOnly);
    chmodSync(readOnly, 0o555);
  }
  const { code, stderr } = await queued(() =>
    warmpool(['run', file, '--out', join(folder, 'elsewhere')], { cwd: readOnly }),
  );
  expect([code, stderr]).toEqual([0, '']);
  expect(filesIn(join(folder, 'elsewhere', 't'))).toContain('manifest.json');
});

/** Services from which threads are used. */
const WORTH_THREADS = 3e6;

test('one thread and two give the same bytes', async () => {
  const big = written(folder, 'big.yaml', changed('seconds_per_image: 6', 'seconds_per_image: 0.05'));
  const words = ['--duration', '24h', '--replications', '4', '--set', 'traffic.images.rate=40000/h', '--raw'];
  const set = { option: '', path: ['traffic', 'images', 'rate'], value: '40000/h' };
  const { scenario } = await loadScenario(big, [set]);
  expect(expectedWork(scenario) * (24 / 1) * (4 / 2)).toBeGreaterThan(WORTH_THREADS);
  const [one, other] = await Promise.all(
    ['1', '2'].map((threads) =>
      queued(() => warmpool(['run', big, ...words, '--threads', threads, '--out', join(folder, threads)])),
    ),
  );
  expect([one!.stderr, one!.stdout.replaceAll(join(folder, '1'), '')]).toEqual([
    other!.stderr,
    other!.stdout.replaceAll(join(folder, '2'), ''),
  ]);
  expect(bytesOf(join(folder, '2', 't'))).toEqual(bytesOf(join(folder, '1', 't')));
});

test('the scenario that these runs change is right as it is', async () => {
  expect((await loadScenario(written(folder, 'plain.yaml', SCENARIO))).warnings).toEqual([]);
});
