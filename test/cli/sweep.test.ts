import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadSweep } from '../../src/cli/load-sweep.ts';
import { LONG } from '../long.ts';
import { resident } from './resident.ts';
import { warmpool } from './spawn.ts';
import { temporaryFolder, written } from './temporary.ts';

const folder = temporaryFolder();
const SCENARIO = `name: grid
duration: 12h
replications: 4
traffic:
  - { name: images, process: on-off, rate_on: 10/min, mean_on: 5m, mean_off: 25m, images: 2 }
platforms:
  replicate: { kind: replicate-official, price_per_image: 0.03 }
  modal: { kind: modal, gpu: H100, seconds_per_image: 3, cold_start: { distribution: lognormal, mean: 8s, cv: 0.5 } }
slo: { latency_p95: 20s }
sweep:
  platform: modal
  grid:
    keep_warm: [0, 1]
    container_idle_timeout: [2s, 1m]
    traffic.images.rate_on: [5/min, 10/min]
`;
const file = written(folder, 'grid.yaml', SCENARIO);
const path = (...parts: string[]) => join(folder, ...parts);
const sweep = (out: string, ...words: string[]) => resident(['sweep', file, '--out', path(out), ...words]);
const csv = (out: string) => readFileSync(path(out, 'grid', 'sweep.csv'), 'utf8');
const rows = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => line.split(','));

describe('warmpool sweep', () => {
  test('every cell is what a run of its own gives, to the last byte', async () => {
    const { code, stderr } = await sweep('cells', '--quiet');
    expect([code, stderr]).toEqual([0, '']);
    const [header, ...cells] = rows(csv('cells'));
    expect(header!.slice(0, 5)).toEqual([
      'keep_warm',
      'container_idle_timeout',
      'traffic.images.rate_on',
      'scenario',
      'platform',
    ]);
    expect(cells.map((row) => row.slice(0, 3).join(' '))).toEqual([
      '0 2 5/min',
      '0 2 10/min',
      '0 60 5/min',
      '0 60 10/min',
      '1 2 5/min',
      '1 2 10/min',
      '1 60 5/min',
      '1 60 10/min',
    ]);
    for (const k of LONG ? cells.keys() : [0, 7]) {
      const [warm, window, rate] = cells[k]!;
      const set = [
        `platforms.modal.keep_warm=${warm}`,
        `platforms.modal.container_idle_timeout=${window}s`,
        `traffic.images.rate_on=${rate}`,
      ].flatMap((text) => ['--set', text]);
      const out = path(`single-${k}`);
      expect((await resident(['run', file, '--quiet', '--out', out, ...set])).code).toBe(0);
      const [, , modal] = rows(readFileSync(join(out, 'grid', 'summary.csv'), 'utf8'));
      expect(cells[k]!.slice(3, -6)).toEqual(modal);
    }
  });

  test('prints maps, the answer and where it is written; nothing else on standard output with --json', async () => {
    const { code, stdout, stderr } = await sweep('shown');
    expect(code).toBe(0);
    expect(stderr).toBe(
      '8 cells x 4 replications: about 28800 requests to serve, of traffic drawn 2 times a replication\n',
    );
    expect(stdout).toContain('At traffic.images.rate_on ');
    expect(stdout).toContain('p95 in seconds, over container_idle_timeout');
    expect(stdout).toMatch(/The cheapest that surely meets p95 <= 20 s: keep_warm \d/);
    for (const line of stdout.split('\n').filter((text) => !text.startsWith('Wrote')))
      expect(line.length, line).toBeLessThanOrEqual(80);
    const json = await sweep('shown', '--json');
    const lines = json.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(8);
    expect(lines[0]).toMatchObject({ keep_warm: 0, container_idle_timeout: 2, platform: 'modal' });
  });

  test.runIf(LONG)('the same bytes for 1, 2 and 4 threads', { timeout: 120_000 }, async () => {
    const long = ['--duration', '10d', '--replications', '25', '--quiet'];
    const made = await Promise.all(
      ['1', '2', '4'].map(async (threads) => {
        expect((await sweep(`threads-${threads}`, ...long, '--threads', threads)).code).toBe(0);
        return csv(`threads-${threads}`);
      }),
    );
    expect(made[1]).toBe(made[0]);
    expect(made[2]).toBe(made[0]);
  });
});

describe('a sweep that does not end by itself', () => {
  const workOf = (replications: number) => ['--duration', '2d', '--replications', String(replications)];
  const WORK = workOf(32);
  const journal = (out: string) => path(out, 'grid', '.sweep.journal');
  const isUnderWay = (out: string) => () =>
    existsSync(journal(out)) && readFileSync(journal(out)).length > 10_000;
  test('goes on after kill -9 with what was done, and writes the same bytes', {
    timeout: 120_000,
  }, async () => {
    expect((await sweep('whole', ...WORK, '--quiet')).code).toBe(0);
    const killed = await warmpool(['sweep', file, '--out', path('killed'), ...WORK], {
      kill: { signal: 'SIGKILL', when: isUnderWay('killed') },
    });
    expect(killed.signal).toBe('SIGKILL');
    expect(existsSync(path('killed', 'grid', 'sweep.csv'))).toBe(false);
    // As if the last part had been half written.
    appendFileSync(journal('killed'), readFileSync(journal('killed')).subarray(0, 250));
    const again = await sweep('killed', ...WORK);
    expect(again.code).toBe(0);
    const [, done] = /going on with an unfinished sweep: (\d+) parts are done/.exec(again.stderr) ?? [];
    expect(Number(done)).toBeGreaterThan(0);
    expect(csv('killed')).toBe(csv('whole'));
    expect(readdirSync(path('killed', 'grid')).sort()).toEqual(['sweep.csv', 'sweep.manifest.json']);
  });

  test('keeps what is done when it is interrupted, and says how to go on', { timeout: 120_000 }, async () => {
    const { code, stderr } = await warmpool(['sweep', file, '--out', path('stopped'), ...workOf(30)], {
      kill: { signal: 'SIGINT', when: isUnderWay('stopped') },
    });
    expect(code).toBe(130);
    expect(stderr).toMatch(
      /interrupted; \d+ of 60 parts are done and kept\. To go on: warmpool sweep .*grid\.yaml/,
    );
    const other = await sweep('stopped', ...workOf(30), '--seed', '2');
    expect(other.code).toBe(2);
    expect(other.stderr).toContain('holds unfinished work of another run: its seed is 1, here 2');
    // More replications go on from the same parts.
    const more = await sweep('stopped', ...WORK);
    expect(more.stderr).toMatch(/going on with an unfinished sweep: [1-9]\d* parts are done/);
    expect([more.code, csv('stopped')]).toEqual([0, csv('whole')]);
  });

  test('is thrown away with --restart', async () => {
    const killed = await warmpool(['sweep', file, '--out', path('restarted'), ...WORK], {
      kill: { signal: 'SIGKILL', when: isUnderWay('restarted') },
    });
    expect(killed.signal).toBe('SIGKILL');
    const { code } = await sweep('restarted', '--seed', '2', '--restart', '--quiet');
    expect(code).toBe(0);
  });

  test('a journal that is no journal is begun anew, and nobody else may work there', async () => {
    await sweep('odd', '--quiet');
    writeFileSync(journal('odd'), 'mine');
    expect((await sweep('odd', '--quiet')).code).toBe(0);
    writeFileSync(`${journal('odd')}.lock`, String(process.pid));
    const locked = await sweep('odd', '--quiet');
    expect([locked.code, locked.stderr.includes(`another warmpool (process ${process.pid})`)]).toEqual([
      2,
      true,
    ]);
  });
});

describe('precision', () => {
  test('adds replications at fixed counts until the answer is as precise as was asked for', async () => {
    const { code } = await sweep('precise', '--precision', '6%', '--quiet');
    const [header, ...cells] = rows(csv('precise'));
    const replications = Number(cells[0]![header!.indexOf('replications')]);
    expect([code, replications > 4, Math.log2(replications / 4) % 1]).toEqual([0, true, 0]);
  });

  test('says what is not, and ends with 3', async () => {
    const { code, stderr } = await sweep(
      'imprecise',
      '--precision',
      '0.01%',
      '--replications',
      '2',
      '--quiet',
    );
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /warning: after 64 replications these are not as precise as was asked for: \w+ at keep_warm \d/,
    );
  });
});

test.each([
  [
    'sweep.grid.keep_warm=[0, 99]',
    /sweep.grid.keep_warm.1: expected at most .* here 99 \(in the cell keep_warm 99,/,
  ],
  ['sweep.grid.keep_worm=[0, 1]', /no key "keep_worm" of modal; did you mean "keep_warm"\?/],
  ['sweep.grid.rate=[5/h]', /no key "rate" of modal; other parts .* as traffic\.images\.rate/],
  ['sweep.grid.keep_warm=1', /expected a list of values, or \{from, to, steps\}, here 1/],
  ['sweep.grid={slo.latency_p95: [1s, 20s]}', /changes nothing that modal does/],
  ['sweep.grid={platforms.replicate.price_per_image: [1]}', /the sweep is of platform modal/],
  ['sweep.grid={keep_warm: [0], min_containers: [0, 2]}', /this and the axis "keep_warm" set the same/],
  ['sweep.grid={platforms.modal.keep_warm: [0], keep_warm: [1]}', /set the same/],
  ['sweep.grid.container_idle_timeout=[60s, 1m]', /"1m" is given twice/],
  ['sweep.grid.traffic\\.none=[1]', /sweep/],
  ['sweep.platform=modul', /no platform "modul"/],
  ['sweep.grid.keep_warm={from: 1, to: 2s, steps: 3}', /expected from and to of one kind/],
  ['sweep.grid.queue_limit={from: 1, to: 10000, steps: 5000}', /40000 cells.*--yes/],
])('%s is refused before any work', async (set, message) => {
  const { signal } = new AbortController();
  await expect(loadSweep({ file, set: [set], quiet: true }, signal)).rejects.toThrow(message);
});

test.each([
  [['--set', 'sweep.grid.keep_warm=[0, 99]'], /sweep.grid.keep_warm.1: expected at most/],
  [['--precision', 'much'], /--precision much: expected a percentage, as 2%/],
  [['--threads', '0'], /expected a whole number/],
])('%j ends with 2, and writes nothing', async (words, message) => {
  const out = path('refused');
  const { code, stdout, stderr } = await resident(['sweep', file, '--out', out, ...words]);
  expect(stderr).toMatch(message);
  expect([code, stdout, existsSync(out)]).toEqual([2, '', false]);
});

test('a scenario without a sweep block is told what one looks like', async () => {
  const plain = written(folder, 'plain.yaml', SCENARIO.slice(0, SCENARIO.indexOf('sweep:')));
  const { code, stderr } = await resident(['sweep', plain]);
  expect([code, stderr.includes('add one, as sweep: {platform: modal')]).toEqual([2, true]);
});

test('a wrong value of an axis is shown where it stands, by validate too', async () => {
  const wrong = written(folder, 'wrong.yaml', SCENARIO.replace('[2s, 1m]', '[2s, soon]'));
  for (const words of [
    ['sweep', wrong, '--out', path('refused')],
    ['validate', wrong],
  ]) {
    const { code, stderr } = await resident(words);
    expect(stderr).toMatch(/wrong\.yaml:14:34: error: .*container_idle_timeout soon/);
    expect(code).toBe(2);
  }
});

describe('what the answer says', () => {
  const log = written(
    folder,
    'log.csv',
    `time\n${Array.from({ length: 200 }, (_, k) => 150 * k).join('\n')}\n`,
  );
  const table = (out: string) => {
    const [header, ...cells] = rows(csv(out));
    return cells.map((row) => Object.fromEntries(row.map((cell, k) => [header![k]!, cell])));
  };

  test('is in the table: the cost beyond the best, how each cell stands, which are on the front', async () => {
    const grid = 'sweep.grid={keep_warm: [0, 1], container_idle_timeout: [2s, 1m]}';
    const { stdout } = await sweep('answer', '--set', grid);
    const cells = table('answer');
    const [best] = cells.filter(({ answer }) => answer === 'best');
    expect(Number(best!.cost_difference_usd_per_hour)).toBe(0);
    expect(best!.slo).toBe('met');
    for (const cell of cells) {
      const [low, mean, high] = ['_ci_low', '', '_ci_high'].map((end) =>
        Number(cell[`cost_difference_usd_per_hour${end}`]),
      );
      const plain = Number(cell.cost_usd_per_hour) - Number(best!.cost_usd_per_hour);
      expect(mean).toBeCloseTo(plain, 8);
      expect(low! <= mean! && mean! <= high!).toBe(true);
      if (cell.answer === '' && cell.slo === 'met') expect(low).toBeGreaterThan(0);
    }
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(/an hour \(\$[\d.]+ ± [\d.]+ (more|less)\), p95/);
  });

  test('does not compare cells that serve different sources', async () => {
    const two = SCENARIO.replace('traffic:\n', 'traffic:\n  - { name: few, process: poisson, rate: 1/h }\n');
    const text = `${two.slice(0, two.indexOf('    keep_warm'))}    sources: [[few], [images]]\n`;
    const { stdout } = await resident([
      'sweep',
      written(folder, 'sources.yaml', text),
      '--out',
      path('sources'),
    ]);
    expect(stdout).toContain('The cells serve 2 different traffics, which are not compared:');
  });

  test('of a log says that it holds for this log only, and names every file that was read', async () => {
    written(folder, 'other.csv', readFileSync(log, 'utf8').replace('150', '151'));
    const text = SCENARIO.replace(
      / {2}- .*/,
      '  - { name: log, process: trace, file: log.csv, time_column: time, time_format: seconds }',
    )
      .replace('name: grid', 'name: logs')
      .replace(/traffic\.images\..*/, 'traffic.log.file: [log.csv, other.csv]');
    const scenario = written(folder, 'logs.yaml', text);
    const { stdout, stderr, code } = await resident(['sweep', scenario, '--out', path('logs')]);
    expect([code, stderr]).toEqual([0, expect.stringContaining('8 cells x 4 replications')]);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('the intervals hold for this log only');
    const manifest = JSON.parse(readFileSync(path('logs', 'logs', 'sweep.manifest.json'), 'utf8'));
    expect(manifest.inputs.map(({ file: name }: { file: string }) => name)).toEqual(['log.csv', 'other.csv']);
  });

  test('comes with the warnings of the cells', async () => {
    const { stderr } = await sweep('warned', '--set', 'sweep.grid={keep_warm: [0], queue_limit: [0]}');
    expect(stderr).toMatch(/warning: .*queue_limit/);
  });
});
