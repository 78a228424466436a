import { expect, test } from 'vitest';
import { added, changed, problemsOf, SCENARIO, shownOf, workSince_ms } from './problems.ts';

/** Most that a message may take of a screen, and the reading of a file of a person's time. */
const MOST_CHARACTERS = 100_000;
const MOST_MS = 1000;

const letters = [...'abcdefghi'];
const laughs = letters
  .map(
    (name, i) =>
      `${name}: &${name} [${Array(9)
        .fill(i === 0 ? 'lol' : `*${letters[i - 1]}`)
        .join(', ')}]`,
  )
  .join('\n');
const lines = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');

interface Hostile {
  what: string;
  text: string;
  place: string;
  words: string[];
}

const hostile: Hostile[] = [
  {
    what: 'tabs for indents',
    text: changed('    kind', '\tkind'),
    place: '10:1',
    words: ['tabs cannot indent', 'use spaces'],
  },
  {
    what: 'a tab behind spaces',
    text: changed('    kind', '  \tkind'),
    place: '10:3',
    words: ['tab', 'use spaces'],
  },
  { what: 'a key twice', text: added('name: u'), place: '14:1', words: ['given twice'] },
  {
    what: 'a key of a platform twice',
    text: added('    keep_warm: 2'),
    place: '14:5',
    words: ['given twice'],
  },
  { what: 'a platform twice', text: added('  modal: {kind: modal}'), place: '14:3', words: ['given twice'] },
  {
    what: 'a key twice in braces',
    text: added('slo: {wait_mean: 5s, wait_mean: 6s}'),
    place: '14:22',
    words: ['given twice'],
  },
  { what: 'nothing', text: '', place: '1:1', words: ['empty file', 'warmpool schema'] },
  { what: 'blank lines', text: '\n \n\n', place: '1:1', words: ['empty file'] },
  { what: 'comments alone', text: '# a\n# b\n', place: '1:1', words: ['empty file'] },
  { what: 'the start of a document alone', text: '---\n', place: '1:4', words: ['expected', 'null'] },
  { what: 'a word', text: 'hello\n', place: '1:1', words: ['keys and values', 'name', '"hello"'] },
  { what: 'a list', text: '- name: t\n', place: '1:1', words: ['keys and values', 'name'] },
  { what: 'a picture', text: '\x89PNG\r\n\x1a\n\0\0\0\rIHDR', place: '1:1', words: ['UTF-8', 'binary file'] },
  {
    what: 'a text in UTF-16',
    text: Buffer.from(SCENARIO, 'utf16le').toString('utf8'),
    place: '1:2',
    words: ['UTF-8'],
  },
  {
    what: 'a text in Latin-1',
    text: Buffer.from(added('# caf\xe9'), 'latin1').toString('utf8'),
    place: '14:6',
    words: ['UTF-8'],
  },
  {
    what: 'two documents',
    text: `${SCENARIO}---\n${SCENARIO}`,
    place: '14:1',
    words: ['one scenario a file', '---'],
  },
  { what: 'a billion laughs', text: `${laughs}\n${SCENARIO}`, place: '1:1', words: ['aliases'] },
  {
    what: 'an alias of itself',
    text: added('slo: &a {wait_mean: *a}'),
    place: '14:21',
    words: ['within itself'],
  },
  {
    what: 'a platform within itself',
    text: added('  two: &t {kind: modal, usd_per_second: 1, seconds_per_image: 1, keep_warm: *t}'),
    place: '14:77',
    words: ['keep_warm'],
  },
  {
    what: 'work of nothing but itself',
    text: changed('    rate: 60/h', '    rate: 60/h\n    work: &w [*w]'),
    place: '8:15',
    words: ['work'],
  },
  { what: 'an alias of nothing', text: added('seed: *nothing'), place: '14:7', words: ['nothing'] },
  {
    what: '50,000 brackets',
    text: `a: ${'['.repeat(50_000)}${']'.repeat(50_000)}\n`,
    place: '1:1',
    words: ['64 levels'],
  },
  {
    what: '50,000 brackets on as many lines',
    text: `a:\n${' [\n'.repeat(50_000)}`,
    place: '64:1',
    words: ['64 levels'],
  },
  { what: '50,000 open braces', text: `a: ${'{a: '.repeat(50_000)}`, place: '1:1', words: ['64 levels'] },
  { what: '50,000 dashes', text: `${'- '.repeat(50_000)}x`, place: '1:1', words: ['64 levels'] },
  { what: '50,000 question marks', text: `${'? '.repeat(50_000)}x`, place: '1:1', words: ['64 levels'] },
  {
    what: 'deep indents',
    text: lines(600, (i) => `${' '.repeat(i)}a:`),
    place: '65:1',
    words: ['64 levels'],
  },
  {
    what: '50,000 dashes below each other',
    text: `${'-\n'.repeat(50_000)}`,
    place: '',
    words: ['10000 entries'],
  },
  { what: '60,000 keys', text: lines(60_000, (i) => `${i}:`), place: '', words: ['at most'] },
  { what: '12,000 keys', text: lines(12_000, (i) => `k${i}: 1`), place: '', words: ['10000 entries'] },
  { what: '9,000 unknown keys', text: `${SCENARIO}${lines(9000, (i) => `k${i}: 1`)}`, place: '', words: [] },
  {
    what: '5,000 platforms with a mistake each',
    text: `${SCENARIO}${lines(5000, (i) => `  p${i}: {kind: modl}`)}`,
    place: '',
    words: [],
  },
  {
    what: '60,000 lines of a blank each',
    text: added(' \n'.repeat(60_000), 'name: t\n'),
    place: '',
    words: [],
  },
  {
    what: 'a duration of 200,000 digits',
    text: changed('1h', `${'1'.repeat(200_000)}h`),
    place: '2:11',
    words: ['at most'],
  },
  {
    what: 'a megabyte',
    text: `# ${'x'.repeat(1 << 20)}\n${SCENARIO}`,
    place: '',
    words: ['at most 256 KB', '1025 KB'],
  },
  { what: 'a merge', text: added('  two:\n    <<: {kind: modal}'), place: '15:5', words: ['"<<"'] },
  { what: 'a list for a key', text: added('? [a, b]\n: c'), place: '14:3', words: ['plain text as key'] },
];

test.each(hostile)('$what: refused at $place, soon and briefly', ({ text, place, words }) => {
  problemsOf('name: [\n');
  const began = process.cpuUsage();
  const problems = problemsOf(text);
  const shown = shownOf(problems);
  expect(workSince_ms(began)).toBeLessThan(MOST_MS);
  expect(problems.length).toBeGreaterThan(0);
  expect(shown.length).toBeLessThan(MOST_CHARACTERS);
  expect(shown).not.toMatch(/\n\s+at |RangeError|Maximum call stack/);
  if (place !== '') expect(`${problems[0]!.line}:${problems[0]!.column}`).toBe(place);
  for (const word of words) expect(shown).toContain(word);
});

const keys = ['__proto__', '"__proto__"', 'constructor', 'prototype', 'toString', 'hasOwnProperty'];
const levels: [level: string, put: (key: string) => string, place: string][] = [
  ['the top', (key) => added(`${key}: {kind: modal}`), '14:1'],
  ['a platform', (key) => added(`    ${key}: 1`), '14:5'],
  ['a source', (key) => changed('    rate: 60/h', `    rate: 60/h\n    ${key}: 1`), '8:5'],
  ['a daily table', (key) => changed('keep_warm: 1', `keep_warm: {"00:00": 1, ${key}: 1}`), '13:29'],
  ['a law', (key) => added(`    cold_start: {distribution: constant, value: 8s, ${key}: 1}`), '14:53'],
  ['the SLO', (key) => added(`slo: {wait_mean: 5s, ${key}: 5s}`), '14:22'],
];

test.each(levels.flatMap((level) => keys.map((key) => [key, ...level] as const)))(
  '%s is no key of %s',
  (key, _level, put, place) => {
    const [problem, ...others] = problemsOf(put(key));
    expect(others).toEqual([]);
    expect(`${problem!.line}:${problem!.column}`).toBe(place);
    expect(shownOf([problem!])).toContain(key);
    expect(({} as Record<string, unknown>).kind).toBeUndefined();
  },
);

const words = ['constructor', '__proto__', 'toString'];
const values: [what: string, put: (word: string) => string][] = [
  ['kind', (word) => changed('kind: modal', `kind: ${word}`)],
  ['process', (word) => changed('process: poisson', `process: ${word}`)],
  ['distribution', (word) => added(`    cold_start: {distribution: ${word}, mean: 8s}`)],
  ['GPU', (word) => changed('usd_per_second: 0.0007', `gpu: ${word}`)],
  ['swept platform', (word) => added(`sweep: {platform: ${word}, grid: {keep_warm: [1]}}`)],
];

test.each(values.flatMap(([what, put]) => words.map((word) => [word, what, put] as const)))(
  '%s is no %s',
  (word, _what, put) => {
    expect(shownOf(problemsOf(put(word)))).toContain(`"${word}"`);
  },
);

test('what a file holds cannot write to a terminal: no control character or direction mark is shown', () => {
  const text = changed('rate: 60/h', 'rate: "60\\e[31m\\u202e/h \u202e\u2066"');
  const shown = shownOf(problemsOf(text));
  expect(shown).toContain('rate');
  expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e\u2066]/u);
});
