import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadScenario } from '../../src/cli/load-scenario.ts';
import { ScenarioError } from '../../src/scenario/problem.ts';
import { written } from '../cli/temporary.ts';
import { logFolder, STAMP, scenarioOf } from './log-scenario.ts';
import { shownOf, workSince_ms } from './problems.ts';

const { folder, problemsOf } = logFolder();

interface Bad {
  what: string;
  csv: string;
  line: number;
  words: string[];
  keys?: string;
}

const bad: Bad[] = [
  {
    what: 'a missing column',
    csv: 'tiem,w\n1,2\n',
    line: 1,
    words: ['no column "time"', 'tiem, w', 'did you mean "tiem"?'],
  },
  { what: 'a column of another case', csv: 'Time\n1\n', line: 1, words: ['did you mean "Time"?'] },
  { what: 'a column with blanks', csv: ' time ,w\n1,2\n', line: 1, words: ['did you mean " time "?'] },
  { what: 'a word for a time', csv: 'time\n1\nsoon\n', line: 3, words: ['column time', 'seconds', '"soon"'] },
  { what: 'no time', csv: 'time,w\n1,2\n,3\n', line: 3, words: ['column time', 'here ""'] },
  {
    what: 'a negative time',
    csv: 'time\n-1\n',
    line: 2,
    words: ['from 0', 'shift all times, or give timestamps', '"-1"'],
  },
  { what: 'a time that is no number', csv: 'time\nNaN\n', line: 2, words: ['"NaN"'] },
  { what: 'an infinite time', csv: 'time\n1\n1e400\n', line: 3, words: ['"1e400"'] },
  { what: 'seconds since 1970', csv: 'time\n1700000000\n', line: 2, words: ['time_format: epoch-seconds'] },
  {
    what: 'a month that is none',
    csv: `time\n${STAMP}\n2026-13-01 00:00:00\n`,
    line: 3,
    words: ['a timestamp', '2026-13-01'],
  },
  {
    what: 'a day that is none',
    csv: `time\n${STAMP}\n2026-02-30 00:00:00\n`,
    line: 3,
    words: ['a timestamp', '2026-02-30'],
  },
  { what: 'seconds among timestamps', csv: `time\n${STAMP}\n5\n`, line: 3, words: ['a timestamp', '"5"'] },
  { what: 'a timestamp among seconds', csv: `time\n5\n${STAMP}\n`, line: 3, words: ['seconds', STAMP] },
  { what: 'a bad row behind line ends of Windows', csv: 'time\r\n1\r\nx\r\n', line: 3, words: ['"x"'] },
  { what: 'a bad row behind blank lines', csv: 'time\n\n1\n\nx\n', line: 5, words: ['"x"'] },
  { what: 'a bad row behind a cell of two lines', csv: 'time,n\n1,"a\nb"\nx,4\n', line: 4, words: ['"x"'] },
  { what: 'too few cells', csv: 'time,w\n1,2\n3\n', line: 3, words: ['2 cells', 'here 1'] },
  { what: 'too many cells', csv: 'time,w\n1,2\n3,4,5\n', line: 3, words: ['2 cells', 'here 3'] },
  { what: 'an empty log', csv: '', line: 1, words: ['header', 'empty file'] },
  { what: 'blank lines alone', csv: '\n\n', line: 1, words: ['header', 'empty file'] },
  { what: 'a header alone', csv: 'time,w\n', line: 1, words: ['at least one row'] },
  { what: 'a header without an end', csv: 'time,w', line: 1, words: ['at least one row'] },
  { what: 'a quote that is not closed', csv: 'time,w\n1,2\n"3,4\n5,6\n', line: 3, words: ['quote'] },
  { what: 'a quote in a cell', csv: 'time,w\n1"a,2\n', line: 2, words: ['uote'] },
  {
    what: 'negative work',
    csv: 'time,w\n1,-2\n',
    line: 2,
    words: ['column w', 'at least 0', '"-2"'],
    keys: '    work_column: w\n',
  },
  {
    what: 'parts of images',
    csv: 'time,n\n1,1.5\n',
    line: 2,
    words: ['column n', 'whole', '"1.5"'],
    keys: '    images_column: n\n',
  },
  {
    what: 'a missing work column',
    csv: 'time,wrk\n1,2\n',
    line: 1,
    words: ['"work"', 'did you mean "wrk"?'],
    keys: '    work_column: work\n',
  },
];

test.each(bad)('$what is refused at line $line', async ({ csv, line, words, keys = '' }) => {
  const problems = await problemsOf(csv, { keys });
  expect(problems.map((problem) => `${problem.line}:${problem.column}`)).toEqual([`${line}:1`]);
  expect(problems[0]!.file).toMatch(/log\.csv$/);
  const shown = shownOf(problems);
  for (const word of words) expect(shown).toContain(word);
  expect(shown).not.toMatch(/\n\s+at |CsvError|undefined/);
});

test('a log that is not there is shown where the scenario names it', async () => {
  const path = written(folder, 'lost.yaml', scenarioOf({}).replace('log.csv', 'lost.csv'));
  const error = await loadScenario(path).catch((thrown: ScenarioError) => thrown);
  expect((error as ScenarioError).message).toContain(`${path}:5:11: error: traffic.0.file: "lost.csv"`);
  expect((error as ScenarioError).message).toContain('no such file');
});

describe('a file that another part of the scenario names', () => {
  const modal = '  modal: {kind: modal, usd_per_second: 1, seconds_per_image: 6}';
  const parts: [what: string, lines: string, place: string][] = [
    [
      'an idle window',
      `${modal.slice(0, -1)}, scaledown_window: {distribution: empirical, file: lost.csv, column: s}}`,
      '6:',
    ],
    ['work', `${modal}\n`, '4:'],
    [
      'background traffic',
      '  r:\n    kind: replicate-official\n    price_per_image: 1\n    background: {process: trace, file: lost.csv, time_column: s}',
      '9:',
    ],
  ];

  test.each(parts)('is shown there when it is lost: %s', async (what, lines, place) => {
    const work = what === 'work' ? ', work: {distribution: empirical, file: lost.csv, column: s}' : '';
    const source = `  - {process: poisson, rate: 1/h${work}}`;
    const text = `name: t\n# two\ntraffic:\n${source}\nplatforms:\n${lines}\n`;
    const path = written(folder, 'lost-part.yaml', text);
    const error = await loadScenario(path).catch((thrown: ScenarioError) => thrown);
    expect((error as ScenarioError).message).toContain('"lost.csv" cannot be read: no such file');
    expect((error as ScenarioError).message.slice(path.length + 1)).toMatch(new RegExp(`^${place}`));
  });
});

test('the place of a bad row names a file that can be opened from where the command was given', async () => {
  const [problem] = await problemsOf('time\nsoon\n');
  expect(existsSync(problem!.file)).toBe(true);
  expect(join(folder, 'log.csv')).toContain('log.csv');
});

test('of many bad rows the first few are shown, then how many more there are', async () => {
  const began = process.cpuUsage();
  const problems = await problemsOf(`time\n${'x\n'.repeat(20_000)}`);
  expect(workSince_ms(began)).toBeLessThan(1000);
  expect(problems.slice(0, -1).map(({ line }) => line)).toEqual([2, 3, 4, 5, 6]);
  expect(problems.at(-1)!.message).toBe('and 19995 more lines');
});

test('one bad cell in front of good ones is one mistake', async () => {
  expect(await problemsOf(`time\nsoon\n${STAMP}\n${STAMP}\n`)).toHaveLength(1);
});

test('the problems of one file stand together', async () => {
  const problems = await problemsOf('time\nx\n1\ny\n', {
    top: 'seed: -1\n',
    keys: '    colour: red\n    work: 0\n',
  });
  const files = problems.map(({ file }) => (file.endsWith('.csv') ? 'log' : 'scenario'));
  expect(files.filter((file, i) => file !== files[i - 1])).toHaveLength(new Set(files).size);
});

test('a column is not suggested for one that shares no letter with it', async () => {
  const [problem] = await problemsOf('ab,w\n1,2\n', { keys: '    work_column: w\n' });
  const [short] = await problemsOf('time,w\n1,2\n', { keys: '    images_column: n\n' });
  for (const { message } of [problem!, short!]) expect(message).not.toContain('did you mean');
});

test('a key that a column of the log gives already is refused', async () => {
  const keys = '    images_column: n\n    work_column: w\n    images: 2\n    work: 1\n';
  const shown = shownOf(await problemsOf('time,n,w\n1,1,1\n', { keys }));
  expect(shown).toContain('9:13: error: traffic.0.images');
  expect(shown).toContain('10:11: error: traffic.0.work');
});

test('sizes may be nanoseconds, but no request may be served for longer than the clock tells', async () => {
  const keys = '    work_column: w\n';
  const csv = 'time,w\n1,32000000000\n2,1\n';
  const [problem, ...others] = await problemsOf(csv, { keys });
  expect([problem!.path, others]).toEqual(['platforms.modal', []]);
  expect(problem!.message).toContain('served for 192000000000 s');
  const text = scenarioOf({ keys }).replace('seconds_per_image: 6', 'seconds_per_image: 0.000000001');
  expect((await loadScenario(written(folder, 'nanos.yaml', text))).warnings).toEqual([]);
});

test('a sample of zeros is no work: values are divided by their mean', async () => {
  written(folder, 'zeros.csv', 'work\n0\n0\n');
  const work = 'work: {distribution: empirical, file: zeros.csv, column: work}';
  const text = scenarioOf({}).replace(
    'process: trace\n    file: log.csv\n    time_column: time',
    `process: poisson\n    rate: 1/h\n    ${work}`,
  );
  const path = written(folder, 'zeros.yaml', text);
  await expect(loadScenario(path)).rejects.toThrow(ScenarioError);
});
