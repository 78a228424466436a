import { expect, test } from 'vitest';
import { ScenarioReader } from '../../src/scenario/read.ts';
import {
  added,
  changed,
  expectMistakes,
  FILE,
  problemsOf,
  SCENARIO,
  shownOf,
  workSince_ms,
} from './problems.ts';

const scenarioOf = (text: string) => ScenarioReader.of(text, FILE).finish().scenario;
const before = (key: string) => SCENARIO.slice(0, SCENARIO.indexOf(`${key}:`));
const after = (key: string) => SCENARIO.slice(SCENARIO.indexOf(`${key}:`));

test('a file with line ends of Windows means the same', () => {
  expect(scenarioOf(SCENARIO.replaceAll('\n', '\r\n'))).toEqual(scenarioOf(SCENARIO));
});

test('a mistake in a file with line ends of Windows is where it is', () => {
  expectMistakes(changed('rate: 60/h', 'rate: ▸60').replaceAll('\n', '\r\n'), ['60/h']);
});

const seeds: [written: string, seed: string | number][] = [
  ['7', 7],
  ['"7"', '7'],
  ['1e3', 1000],
  ['0x10', 16],
  ['2026-10-01', '2026-10-01'],
  ['naïve 東京', 'naïve 東京'],
  ['9007199254740991', 9007199254740991],
  ['0', 0],
];

test.each(seeds)('the seed %s is %j', (written, seed) => {
  expect(scenarioOf(added(`seed: ${written}`)).seed).toBe(seed);
});

const keys = [
  'description',
  'duration',
  'seed',
  'replications',
  'start',
  'prices',
  'model',
  'variant',
  'slo',
  'sweep',
  'crossover',
];

test.each(keys)('%s without a value is refused: a key that is not meant is left out', (key) => {
  const text = SCENARIO.replace(new RegExp(`^${key}: .*\n`, 'm'), '');
  const problems = problemsOf(added(`${key}:`, text));
  expect(problems).toHaveLength(1);
  expect(shownOf(problems)).toContain('here null');
  expect(problems[0]!.path).toBe(key);
});

const wrongShapes = [
  'null',
  '[]',
  '{}',
  '5',
  'true',
  'text',
  '[null]',
  '[[]]',
  '{a: null}',
  '{a: []}',
  '{a: {}}',
  '!!set {a}',
];
const shaped = ['name', 'traffic', 'platforms', 'slo', 'sweep', 'crossover', 'seed', 'duration'].flatMap(
  (key) => wrongShapes.map((value) => ({ key, value })),
);
const right = ['name: 5', 'traffic: []', 'crossover: {}', 'name: text', 'seed: 5', 'seed: text'];

test.each(shaped)('$key: $value is read, or refused in words of its own', ({ key, value }) => {
  const text = added(`${key}: ${value}`, before(key) + after(key).replace(/^.*\n( .*\n)*/, ''));
  const problems = problemsOf(text);
  const shown = shownOf(problems);
  expect(shown).not.toMatch(/Invalid input|received |undefined|ZodError|\[object/);
  if (!right.includes(`${key}: ${value}`)) expect(problems.length).toBeGreaterThan(0);
});

test('a list of platforms is one mistake: they stand below their names', () => {
  expectMistakes(`${before('platforms')}platforms: ▸[{kind: modal}]\n`, ['platforms by name']);
});

test('a map of sources is refused: traffic is a list', () => {
  const text = `${before('traffic')}traffic: ▸{images: {process: poisson, rate: 1/h}}\n${after('platforms')}`;
  expectMistakes(text, ['a list of sources']);
});

test('a scenario without traffic is possible: what does standing by cost?', () => {
  expect(problemsOf(`${before('traffic')}traffic: []\n${after('platforms')}`)).toEqual([]);
});

const grids = [
  'null',
  '[]',
  '5',
  '{keep_warm: 1}',
  '{keep_warm: null}',
  '{keep_warm: two}',
  '{keep_warm: []}',
];

test.each(grids)('a grid that is %s is refused in words that tell what one looks like', (grid) => {
  const problems = problemsOf(added(`sweep: {platform: modal, grid: ${grid}}`));
  expect(problems).toHaveLength(1);
  expect(problems[0]!.message).toMatch(/^expected /);
  expect(problems[0]!.message).not.toContain('Invalid input');
});

test('a sweep without a grid says in its own words that it needs one', () => {
  expectMistakes(added('▸sweep: {platform: modal}'), ['sweep.grid', 'expected']);
});

test('a thousand platforms are read within a second', () => {
  const many = Array.from(
    { length: 1000 },
    (_, i) => `  p${i}: {kind: modal, usd_per_second: 1, seconds_per_image: 1}\n`,
  ).join('');
  const began = process.cpuUsage();
  expect(scenarioOf(SCENARIO + many).platforms).toHaveLength(1001);
  expect(workSince_ms(began)).toBeLessThan(1000);
});

test('a platform that is an alias of another is a platform of its own', () => {
  const text = changed('  modal:', '  modal: &one', added('  two: *one'));
  expect(scenarioOf(text).platforms.map(({ name }) => name)).toEqual(['modal', 'two']);
});

const innocent: [what: string, line: string][] = [
  ['comments', `# ${'['.repeat(100)}`],
  ['half-open intervals in comments', '# [0, 1)\n'.repeat(100)],
  ['a description', `description: "${'['.repeat(100)}"`],
  ['a description of many colons', `description: "${'a: '.repeat(600)}"`],
];

test.each(innocent)('brackets and colons in %s nest nothing', (_, line) => {
  expect(problemsOf(added(line))).toEqual([]);
});

test('the caret of a mistake far to the right stands below a part of the line that is shown', () => {
  const [problem] = problemsOf(added(`slo: {${' '.repeat(1000)}wait_mean: 5}`));
  const [, line, caret] = shownOf([problem!]).split('\n');
  expect(caret!.indexOf('^')).toBeLessThan(line!.length);
});

test('an unclosed quote is shown where it opens', () => {
  const [problem] = problemsOf(changed('rate: 60/h', 'rate: "60/h'));
  expect(problem!.line).toBe(7);
});

test('keep_warm that is no number says that a daily table would do as well', () => {
  expectMistakes(changed('keep_warm: 1', 'keep_warm: ▸always'), ['"always"', 'daily table']);
});

test('a trillion is a number like any other in a price', () => {
  expectMistakes(changed('0.0007', '▸1e12'), ['from 0 to 1000', '1000000000000']);
});
