import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { EXIT } from '../../src/cli/exit-code.ts';
import { changed, SCENARIO } from '../scenario/problems.ts';
import { MAIN, type Outcome, ROOT, twoAtATime, warmpool } from './spawn.ts';
import { temporaryFolder, written } from './temporary.ts';

const folder = temporaryFolder();
const file = written(folder, 's.yaml', SCENARIO);
const twin = written(folder, 'twin.yaml', SCENARIO);
const bad = written(folder, 'bad.yaml', changed('60/h', '60', changed('name: t', 'name: u')));
const regular = written(folder, 'regular', 'a file, not a folder');
const queued = twoAtATime();

/** Runs in a folder of its own, and tells what is left there. */
async function inFolder(name: string, words: string[]): Promise<Outcome & { left: string[] }> {
  const out = join(folder, name);
  const outcome = await queued(() => warmpool([...words, '--out', out]));
  return { ...outcome, left: existsSync(out) ? readdirSync(out) : [] };
}

const NO_TRACE = /\n\s+at |node:internal|please report|YError|Warning:/;

describe.concurrent('refused', () => {
  const mistakes: [what: string, words: string[], says: string[]][] = [
    ['an option that is none', ['run', file, '--sed', '4'], ['--sed', 'did you mean "--seed"?']],
    ['an option of one dash', ['run', file, '-q'], ['unknown option -q']],
    ['an option twice', ['run', file, '--seed', '1', '--seed', '2'], ['--seed is given 2 times']],
    ['an option without its value', ['run', file, '--seed'], ['--seed: expected a value']],
    [
      'a path that leads nowhere',
      ['run', file, '--set', 'platforms.modl.keep_warm=2'],
      ['"modl"', '"modal"?'],
    ],
    [
      'a value that is wrong',
      ['run', file, '--duration', '5'],
      ['--duration 5: error: ', 'did you mean 5s?'],
    ],
    ['two files of one name', ['run', file, twin], ['"t"', 'share a folder']],
    [
      'a bad file beside a good one',
      ['run', file, bad],
      [`${bad}:7:11: error: traffic.0.rate`, '60/h', '1 problem'],
    ],
    ['no file at all', ['run'], ['scenario file']],
    ['a dash for a file', ['run', '-'], ['-']],
  ];

  test.each(mistakes)('%s: exit code 2, a message, and nothing written', async (what, words, says) => {
    const { code, stdout, stderr, left } = await inFolder(what.replaceAll(' ', '-'), words);
    for (const word of says) expect(stderr).toContain(word);
    expect(stderr).not.toMatch(NO_TRACE);
    expect(stdout).toBe('');
    expect(left).toEqual([]);
    expect(code).toBe(2);
  });

  test('a command that is none: the nearest one is suggested', async () => {
    const { code, stdout, stderr } = await queued(() => warmpool(['rnu', file]));
    expect(stderr).toContain('unknown command "rnu"; did you mean "run"?');
    expect([code, stdout]).toEqual([2, '']);
  });

  test('in English, with the nearest option, whatever the language of the machine', async () => {
    const env = { LC_ALL: 'de_DE.UTF-8' };
    const unknown = await queued(() => warmpool(['run', file, '--sed', '4'], { env }));
    expect(unknown.stderr).toContain('unknown option --sed; did you mean "--seed"?');
    const missing = await queued(() => warmpool(['run'], { env }));
    expect(missing.stderr).toContain('expected at least one scenario file');
  });

  test('an argument that a command does not take is not called an option', async () => {
    const { code, stderr } = await queued(() => warmpool(['schema', 'x']));
    expect(stderr).toContain('x');
    expect(stderr).not.toContain('--x');
    expect(code).toBe(2);
  });
});

describe.concurrent('an output folder below a file', () => {
  test('ends with exit code 5 before the work, which would take hours', async () => {
    const long = ['--replications', '2000', '--duration', '40d', '--threads', '1'];
    const { code, stdout, stderr } = await queued(() =>
      warmpool(['run', file, ...long, '--out', join(regular, 'below')], { timeout_ms: 20_000 }),
    );
    expect(stderr).toContain(`cannot write to ${join(regular, 'below', 't')}`);
    expect(stderr).not.toMatch(NO_TRACE);
    expect([code, stdout]).toEqual([5, '']);
    expect(readFileSync(regular, 'utf8')).toBe('a file, not a folder');
  });
});

describe.concurrent('told on standard output', () => {
  test('the version is that of the package', async () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    const { code, stdout, stderr } = await queued(() => warmpool(['--version']));
    expect([code, stdout, stderr]).toEqual([0, `${version}\n`, '']);
  });

  test('the help names every command, and that of run every option', async () => {
    const [all, run] = await Promise.all([
      queued(() => warmpool(['--help'])),
      queued(() => warmpool(['run', '--help'])),
    ]);
    for (const word of ['run', 'validate', 'schema']) expect(all.stdout).toContain(`warmpool ${word}`);
    for (const word of 'seed replications duration set out threads json quiet raw requests'.split(' '))
      expect(run.stdout).toContain(`--${word} `);
    expect([all.code, all.stderr, run.code, run.stderr]).toEqual([0, '', 0, '']);
  });

  test('the schema takes the shipped scenario and refuses what the reader refuses', async () => {
    const { code, stdout, stderr } = await queued(() => warmpool(['schema']));
    expect([code, stderr]).toEqual([0, '']);
    const schema = z.fromJSONSchema(JSON.parse(stdout));
    const shipped = readFileSync(join(ROOT, 'scenarios/flux-dev-crossover.yaml'), 'utf8');
    const accepts = (text: string) => schema.safeParse(parse(text)).success;
    expect(accepts(shipped)).toBe(true);
    expect(accepts(SCENARIO)).toBe(true);
    expect(accepts(changed('keep_warm', 'keep_worm'))).toBe(false);
    expect(accepts(changed('kind: modal', 'kind: modl'))).toBe(false);
    expect(accepts(changed('60/h', '60'))).toBe(false);
    expect(accepts(changed('name: t\n', ''))).toBe(false);
  });

  test('validate says of each file whether it is right, and fails if one is not', async () => {
    const { code, stdout, stderr } = await queued(() => warmpool(['validate', bad, file]));
    expect(stdout).toBe(`${file}: ok (t: modal)\n`);
    expect(stderr).toContain(`${bad}:7:11: error: `);
    expect(code).toBe(2);
  });
});

test('in a folder that was deleted it says so', () => {
  const gone = join(folder, 'gone');
  mkdirSync(gone);
  const command = 'rmdir "$PWD" && exec "$0" "$1" --version';
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command, process.execPath, MAIN], {
    cwd: gone,
    encoding: 'utf8',
  });
  expect([status, stdout]).toEqual([EXIT.fileFailed, '']);
  expect(stderr).toMatch(/^error: the folder that you are in is no longer there: .*\n$/);
});
