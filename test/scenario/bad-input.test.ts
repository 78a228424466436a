import { expect, test } from 'vitest';
import { added, changed, expectMistakes, problemsOf, SCENARIO } from './problems.ts';

/** Keys and what may stand behind them: a text, the line in the scenario that has it, and what messages promise. */
interface Slot {
  key: string;
  /** The scenario with a value of the key. */
  put: (value: string) => string;
  expected: string;
  wrong: string[];
}

const COUNTLESS = ['.nan', '.inf', '-.inf', '1e400'];
const NO_NUMBERS = [
  '"2"',
  'two',
  'null',
  '[]',
  '{}',
  'true',
  '[1, 2]',
  '2026-01-01',
  '1_000',
  '!!binary aGk=',
];

const slots: Slot[] = [
  {
    key: 'keep_warm',
    put: (value) => changed('keep_warm: 1', `keep_warm: ${value}`),
    expected: 'expected a whole number from 0 to 100000',
    wrong: [...COUNTLESS, '-1', '0.5', '100001', '"2"', 'two', 'null', '[]', 'true'],
  },
  {
    key: 'replications',
    put: (value) => changed('replications: 2', `replications: ${value}`),
    expected: 'expected a whole number from 1 to 10000',
    wrong: [...COUNTLESS, ...NO_NUMBERS, '-1', '0', '0.5', '10001'],
  },
  {
    key: 'seed',
    put: (value) => added(`seed: ${value}`),
    expected: 'expected a whole number from 0 to 9007199254740991, or a text',
    wrong: [...COUNTLESS, '-1', '0.5', 'null', '[]', '{}', 'true', '""', '"a\\u0000b"', '"\\ud800"'],
  },
  {
    key: 'rate',
    put: (value) => changed('rate: 60/h', `rate: ${value}`),
    expected: 'a rate',
    wrong: [
      ...COUNTLESS,
      '-60/h',
      '-60',
      '0/h',
      '60/x',
      '60/hour',
      'sixty',
      '1e400/h',
      '9999999/s',
      'null',
      '[60/h]',
    ],
  },
  {
    key: 'duration',
    put: (value) => changed('duration: 1h', `duration: ${value}`),
    expected: 'a duration',
    wrong: [
      ...COUNTLESS,
      '-1h',
      '-1',
      '0s',
      '0.1us',
      '24hours',
      '1d12h',
      '24:00',
      '99999d',
      'null',
      '[1h]',
      'true',
    ],
  },
  {
    key: 'usd_per_second',
    put: (value) => changed('usd_per_second: 0.0007', `usd_per_second: ${value}`),
    expected: 'expected a number from 0 to 1000',
    wrong: [...COUNTLESS, ...NO_NUMBERS, '-0.1', '1001', '$0.0007'],
  },
  {
    key: 'price_per_image',
    put: (value) => added(`  r:\n    kind: replicate-official\n    price_per_image: ${value}`),
    expected: 'expected a number from 0 to 1000',
    wrong: [...COUNTLESS, '-0.03', '0.03$', 'null'],
  },
  {
    key: 'usd_per_hour',
    put: (value) =>
      added(
        `  own:\n    kind: dedicated\n    machines: 1\n    seconds_per_image: 6\n    usd_per_hour: ${value}`,
      ),
    expected: 'expected a number from 0 to 1000000',
    wrong: [...COUNTLESS, '-2', '"2"', 'null'],
  },
  {
    key: 'seconds_per_image',
    put: (value) => changed('seconds_per_image: 6', `seconds_per_image: ${value}`),
    expected: 'expected a number above 0',
    wrong: [...COUNTLESS, '-6', '0', '100001', '6s', 'null'],
  },
  {
    key: 'images',
    put: (value) => changed('    rate: 60/h', `    rate: 60/h\n    images: ${value}`),
    expected: 'expected a whole number',
    wrong: [...COUNTLESS, '0', '-1', '1.5', 'two', 'null'],
  },
];

const rows = slots.flatMap(({ key, put, expected, wrong }) =>
  wrong.map((value) => ({ key, value, put, expected })),
);

test.each(rows)('$key: $value is refused where it stands', ({ put, value, expected }) => {
  // The place of a value with a tag is that of what follows the tag.
  const marked = value.startsWith('!!') ? value.replace(' ', ' ▸') : `▸${value}`;
  expectMistakes(put(marked), [expected, value]);
});

test.each(slots.filter(({ key }) => !['rate', 'duration', 'images'].includes(key)))(
  '$key: a whole number beyond 2^53 is one problem, not two',
  ({ put }) => {
    expect(problemsOf(put('123456789012345678901234567890'))).toHaveLength(1);
    expect(problemsOf(put('9007199254740993'))).toHaveLength(1);
  },
);

const unitless: [what: string, marked: string, words: string[]][] = [
  ['a duration', changed('duration: 1h', 'duration: ▸24'), ['here 24 without one', 'did you mean 24s?']],
  ['a quoted duration', changed('duration: 1h', 'duration: ▸"24"'), ['did you mean 24s?']],
  ['a rate', changed('rate: 60/h', 'rate: ▸60'), ['here 60 without one', 'did you mean 60/h?']],
  ['a cold start', added('    cold_start: ▸8'), ['did you mean 8s?']],
  ['a mean', added('    cold_start: {distribution: exponential, mean: ▸8}'), ['did you mean 8s?']],
  ['a deadline', added('    start_deadline: ▸5'), ['did you mean 5s?']],
  ['an SLO', added('slo: {latency_p95: ▸15}'), ['did you mean 15s?']],
  ['a rate of a crossover', added('crossover: {from: ▸5, to: 2000/h}'), ['did you mean 5/h?']],
  [
    'the length of a burst',
    changed(
      'process: poisson\n    rate: 60/h',
      'process: on-off\n    rate_on: 5/s\n    mean_on: ▸5\n    mean_off: 9s',
    ),
    ['did you mean 5s?'],
  ],
];

test.each(unitless)('%s without its unit is refused, and the unit suggested', (_, marked, words) => {
  expectMistakes(marked, words);
});

test('an idle window without a unit is seconds, as in Modal’s own parameter', () => {
  expect(problemsOf(added('    container_idle_timeout: 60'))).toEqual([]);
  expectMistakes(added('    container_idle_timeout: ▸-60'), ['-60']);
});

const bare = ['0', '9007199254740993', '123456789012345678901234567890', '1e30', '1e-9'];

test.each(bare)('a suggestion for %s is never refused in its turn', (value) => {
  const cases = [
    (text: string) => changed('1h', text),
    (text: string) => changed('rate: 60/h', `rate: ${text}`),
  ];
  for (const put of cases) {
    const [problem] = problemsOf(put(value));
    const [, hint] = /did you mean (\S+)\?/.exec(problem!.message) ?? [];
    if (hint !== undefined) expect(problemsOf(put(hint))).toEqual([]);
  }
});

const zero: [what: string, marked: string][] = [
  ['the duration', changed('duration: 1h', 'duration: ▸0h')],
  ['an SLO', added('slo: {latency_p95: ▸0s}')],
  [
    'the length of a state',
    changed(
      'process: poisson\n    rate: 60/h',
      'process: mmpp\n    states: [{rate: 1/s, mean_duration: ▸0s}, {rate: 0/s, mean_duration: 5s}]',
    ),
  ],
];

test.each(zero)('%s cannot be zero', (_, marked) => {
  expectMistakes(marked, ['a duration must be longer than 0']);
});

test('a cold start and an idle window can be zero', () => {
  expect(problemsOf(added('    cold_start: 0s\n    container_idle_timeout: 0s'))).toEqual([]);
});

const works = [
  '{distribution: constant, value: 0}',
  '{distribution: uniform, min: 0, max: 0}',
  '[{weight: 1, distribution: constant, value: 0}]',
];

test.each(works)('work of mean zero, %s, is refused: values are divided by their mean', (work) => {
  expectMistakes(changed('    rate: 60/h', `    rate: 60/h\n    work: ▸${work}`), []);
});

test('a rate that its scale lifts above any clock’s resolution is refused', () => {
  const scaled = changed('rate: 60/h', 'rate: 1000000/s\n    rate_scale: 1000000');
  expect(problemsOf(scaled)).toHaveLength(1);
});

test('the scenario that all of these change is right', () => {
  expect(problemsOf(SCENARIO)).toEqual([]);
});
