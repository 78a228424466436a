import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { QUESTIONS, type Question, starterText } from '../../src/render/starter.ts';
import { ScenarioReader } from '../../src/scenario/read.ts';
import { simulate } from '../oracles/simulate.ts';
import { resident } from './resident.ts';
import { MAIN } from './spawn.ts';

const folder = mkdtempSync(join(tmpdir(), 'warmpool-init-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ANSWERS = {
  file: 'mine.yaml',
  name: 'mine',
  rate: '83/h',
  model: 'flux-dev',
  variant: 'bf16',
  gpu: 'H100',
  slo: '15s',
  log: 'requests.csv',
  timeColumn: 'time',
};
const questions = Object.keys(QUESTIONS) as Question[];

describe.each(questions.filter((question) => question !== 'log'))('the scenario for %s', (question) => {
  test.each([ANSWERS, { ...ANSWERS, rate: '2/min', variant: 'fp8-compiled', slo: '1500ms' }])(
    'is read without a mistake, for %j',
    (answers) => {
      const { scenario, warnings } = ScenarioReader.of(starterText(question, answers), 'x.yaml').finish();
      expect(scenario.name).toBe('mine');
      // Starter's ten GPUs are what `burst` shows.
      expect(warnings).toEqual([]);
    },
  );

  test('runs, and serves most of its requests', () => {
    const { scenario } = ScenarioReader.of(starterText(question, ANSWERS), 'x.yaml').finish();
    const result = simulate({ ...scenario, duration_us: 3600e6, replications: 2 });
    for (const { summary } of result.platforms) expect(summary.turnedAway).toBeLessThan(0.5);
  });

  test('explains itself: at least every third line has a comment', () => {
    const lines = starterText(question, ANSWERS).trimEnd().split('\n');
    expect(lines.filter((line) => line.includes('#')).length).toBeGreaterThan(lines.length / 3);
  });
});

const hasTerminal = spawnSync('script', ['--version']).status === 0;
if (!hasTerminal) console.warn('SKIPPED: no `script`, so the dialogue of init is not tested in a terminal');

const WORDS = `'${process.execPath}' '${MAIN}' init`;

/** Types lines into the dialogue, in a terminal of its own. */
function typed(lines: string): { status: number | null; stdout: string } {
  return spawnSync('script', ['-qec', WORDS, '/dev/null'], {
    cwd: folder,
    input: lines,
    encoding: 'utf8',
    timeout: 30_000,
  });
}

/**
 * Types a line, and more once a prompt is seen: an end of input that is typed ahead can be lost when the program takes
 * over the terminal.
 * @returns the exit status
 */
function typedAfter(line: string, prompt: string, more: string): Promise<number | null> {
  const child = spawn('script', ['-qec', WORDS, '/dev/null'], { cwd: folder, timeout: 30_000 });
  let seen = '';
  child.stdout.on('data', (chunk) => {
    if (seen.includes(prompt)) return;
    seen += String(chunk);
    if (seen.includes(prompt)) child.stdin.write(more);
  });
  child.stdin.write(line);
  return new Promise((resolve) => child.on('close', resolve));
}

describe.skipIf(!hasTerminal)('the dialogue', () => {
  test('explains a wrong answer, asks again, and writes the scenario', () => {
    const { status, stdout } = typed('9\n2\n100/h\n');
    expect(stdout).toContain('expected a number from 1 to 6');
    expect([status, existsSync(join(folder, 'my-tune.yaml'))]).toEqual([0, true]);
    expect(readFileSync(join(folder, 'my-tune.yaml'), 'utf8')).toContain('rate: 100/h');
  });

  test('is left by the end of the input with exit 130, and nothing is written', async () => {
    expect(await typedAfter('5\n', 'Requests [', '\u0004')).toBe(130);
    expect(existsSync(join(folder, 'my-brands.yaml'))).toBe(false);
  });
});

const init = (...words: string[]) => resident(['init', ...words], { cwd: folder });

describe('warmpool init', () => {
  test('writes the file it is told to, names the scenario after it, and says what comes next', async () => {
    const { stdout, stderr, code } = await init('shop.yaml', '--question', 'tune', '--rate', '5/min');
    expect([stdout, stderr, code]).toEqual(['', 'Wrote shop.yaml. Next: npx warmpool run shop.yaml\n', 0]);
    expect(readFileSync(join(folder, 'shop.yaml'), 'utf8')).toContain('name: shop\n');
  });

  test('writes over nothing unless it is forced to', async () => {
    writeFileSync(join(folder, 'there.yaml'), 'mine');
    const kept = await init('there.yaml', '--question', 'tune');
    expect([kept.code, kept.stderr]).toEqual([2, expect.stringContaining('there.yaml is there already')]);
    expect(readFileSync(join(folder, 'there.yaml'), 'utf8')).toBe('mine');
    expect((await init('there.yaml', '--question', 'tune', '--force')).code).toBe(0);
  });

  test('makes a scenario that replays a log beside it', async () => {
    writeFileSync(join(folder, 'requests.csv'), 'when\n1\n2\n3\n');
    await init('replay.yaml', '--question', 'log', '--log', 'requests.csv', '--time-column', 'when');
    const { code, stderr } = await resident(['validate', 'replay.yaml'], { cwd: folder });
    expect([code, stderr]).toEqual([0, '']);
  });

  test('names a log relative to where the scenario stands, and leaves its length to the log', async () => {
    mkdirSync(join(folder, 'sub'));
    writeFileSync(join(folder, 'week.csv'), 'time\n1\n600000\n');
    await init('sub/week.yaml', '--question', 'log', '--log', 'week.csv');
    const { code, stderr } = await resident(['validate', 'sub/week.yaml'], { cwd: folder });
    expect([code, stderr]).toEqual([0, '']);
  });

  test('leaves files of others where they are, and makes no folder', async () => {
    writeFileSync(join(folder, '.other.999999.tmp'), '');
    await init('beside.yaml', '--question', 'tune');
    expect(existsSync(join(folder, '.other.999999.tmp'))).toBe(true);
    expect((await init('none/x.yaml', '--question', 'tune')).code).toBe(5);
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });

  test('a question in the place of the file is a hint', async () => {
    const { code, stderr } = await init('compare');
    expect([code, stderr]).toEqual([2, expect.stringContaining('did you mean --question compare?')]);
  });

  test('--stdout prints the scenario and writes nothing', async () => {
    const { stdout, code } = await init('--question', 'compare', '--stdout');
    expect([code, stdout]).toEqual([
      0,
      starterText('compare', { ...ANSWERS, file: 'my-compare.yaml', name: 'my-compare', log: '' }),
    ]);
    expect(existsSync(join(folder, 'my-compare.yaml'))).toBe(false);
  });

  test.each([
    [['--question', 'compair'], 'did you mean "compare"?'],
    [['--question', 'compare', '--rate', '83'], 'did you mean 83/h?'],
    [['--question', 'compare', '--gpu', 'H1000'], 'H1000'],
    [['--question', 'compare', '--gpu', 'a: b\n#'], 'a: b'],
    [['--question', 'compare', '--name', 'My Shop'], 'expected a name of a-z'],
    [['--question', 'compare', '--log', 'x.csv'], '--log is for --question log'],
    [['--question', 'log'], 'expected --log'],
    [['--question', 'log', '--log', 'none.csv'], 'cannot be read'],
    [['--question', 'log', '--log', 'requests.csv'], 'no column "time"'],
    [['--question', 'log', '--log', 'x.csv', '--rate', '3/h'], '--rate: a log has the rate'],
    [[], 'warmpool init --question compare'],
  ])('%j is exit 2, and nothing is written', async (words, message) => {
    const { code, stdout, stderr } = await init('bad.yaml', ...words);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(existsSync(join(folder, 'bad.yaml'))).toBe(false);
  });
});
