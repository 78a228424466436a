import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { resident } from './resident.ts';
import { ROOT } from './spawn.ts';
import { temporaryFolder } from './temporary.ts';

const out = temporaryFolder();
const path = (...names: string[]) => join(out, ...names);
const copy = (name: string, as = name) => {
  cpSync(join(ROOT, 'results', name), path(as), { recursive: true });
  return path(as);
};

describe('warmpool report', () => {
  test('writes one page beside the results, the same as run --report', async () => {
    const file = join(ROOT, 'scenarios', 'flux-dev-crossover.yaml');
    const run = await resident([
      'run',
      file,
      '--out',
      out,
      '--report',
      '--replications',
      '3',
      '--duration',
      '3h',
    ]);
    expect([run.code, run.stderr]).toEqual([0, '']);
    expect(run.stdout).toContain('report.html}');
    const page = path('flux-dev-crossover', 'report.html');
    const html = readFileSync(page, 'utf8');
    rmSync(page);
    const { code, stdout, stderr } = await resident(['report', path('flux-dev-crossover')]);
    expect([code, stdout, stderr]).toEqual([0, `Wrote ${page}\n`, '']);
    expect(readFileSync(page, 'utf8')).toBe(html);
    expect(html).toContain('3 independent runs of 3 hours');
  });

  test('is looked for before the work of a run, and goes when results without it take the place', async () => {
    const file = join(ROOT, 'scenarios', 'quiet-day.yaml');
    const short = ['run', file, '--out', path('again'), '--replications', '2', '--duration', '2h', '--quiet'];
    expect((await resident([...short, '--report'])).code).toBe(0);
    const page = path('again', 'quiet-day', 'report.html');
    expect(existsSync(page)).toBe(true);
    expect((await resident(short)).code).toBe(0);
    expect(existsSync(page)).toBe(false);
    writeFileSync(path('again', 'quiet-day', 'sweep.manifest.json'), '{"warmpool": "0.0.1"}');
    const before = readFileSync(path('again', 'quiet-day', 'manifest.json'), 'utf8');
    const refused = await resident([...short, '--seed', '9', '--report']);
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringContaining('sweep.manifest.json is not a manifest of this version'),
    ]);
    expect(readFileSync(path('again', 'quiet-day', 'manifest.json'), 'utf8')).toBe(before);
    mkdirSync(page);
    rmSync(path('again', 'quiet-day', 'sweep.manifest.json'));
    expect((await resident([...short, '--report'])).code).toBe(5);
  });

  test('names the command as it can be given again', async () => {
    const file = join(ROOT, 'scenarios', 'quiet-day.yaml');
    const set = 'platforms.h100.keep_warm={"00:00": 1, "02:00": 2}';
    await resident(['run', file, '--out', path('named'), '--duration', '2h', '--set', set, '--quiet']);
    const manifest = JSON.parse(readFileSync(path('named', 'quiet-day', 'manifest.json'), 'utf8'));
    expect(manifest.command_line).toBe(`warmpool run quiet-day.yaml --set '${set}' --duration 2h`);
  });

  test('puts several scenarios in one page, where it is told', async () => {
    const folders = ['quiet-day', 'launch-day'].map((name) => copy(name));
    const { code, stdout } = await resident([
      'report',
      ...folders,
      '--out',
      path('new', 'all.html'),
      '--quiet',
    ]);
    expect([code, stdout]).toEqual([0, '']);
    const html = readFileSync(path('new', 'all.html'), 'utf8');
    for (const name of ['quiet-day', 'launch-day']) expect(html).toContain(`<h1>${name}</h1>`);
    await resident(['report', ...folders]);
    expect(existsSync(path('report.html'))).toBe(true);
  });

  test('says of a table that was changed that it was', async () => {
    const folder = copy('peak-hours');
    const file = join(folder, 'summary.csv');
    writeFileSync(file, readFileSync(file, 'utf8').replace('always-0', 'always-9'));
    expect((await resident(['report', folder])).code).toBe(0);
    expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain(
      'summary.csv is not as it was written',
    );
  });

  test('refuses what holds no results, and writes nothing', async () => {
    mkdirSync(path('empty'));
    const old = copy('quiet-day', 'old');
    writeFileSync(join(old, 'manifest.json'), JSON.stringify({ warmpool: '0.0.1', files: {} }));
    const torn = copy('quiet-day', 'torn');
    writeFileSync(join(torn, 'manifest.json'), '{"warmpool": ');
    const gone = copy('quiet-day', 'gone');
    rmSync(join(gone, 'hourly.csv'));
    const cases: [string[], RegExp][] = [
      [[path('nowhere')], /there is no such folder; expected one that warmpool run wrote/],
      [[path('empty')], /there are no results \(no manifest\.json\)/],
      [[old], /is not a manifest of this version \(command: .*run the scenario again/],
      [[torn], /manifest\.json is not the manifest that warmpool writes/],
      [[gone], /hourly\.csv cannot be read: .*no such file/],
      [[path('quiet-day'), path('quiet-day')], /is named twice/],
      [[path('quiet-day'), '--out', path('page.pdf')], /expected a file name that ends in \.html/],
      [[], /expected at least one folder of results/],
    ];
    for (const [words, message] of cases) {
      const { code, stdout, stderr } = await resident(['report', ...words]);
      expect([code, stdout], stderr).toEqual([2, '']);
      expect(stderr).toMatch(message);
    }
    expect(existsSync(path('page.pdf'))).toBe(false);
  });
});
