import { expect, test } from 'vitest';
import { ScenarioReader } from '../../src/scenario/read.ts';
import { added, changed, expectMistakes, problemsOf, SCENARIO } from './problems.ts';

/** Mistakes between keys that are right one by one. */
const mistakes: [what: string, marked: string, words: string[]][] = [
  [
    'keep_warm above the default max_containers',
    changed('keep_warm: 1', 'keep_warm: ▸11'),
    ['max_containers', 'which is 10', 'here 11'],
  ],
  [
    'keep_warm above the max_containers of the file',
    added('    max_containers: 5', changed('keep_warm: 1', 'keep_warm: ▸6')),
    ['which is 5', 'here 6'],
  ],
  [
    'keep_warm above concurrency_limit',
    added('    concurrency_limit: 5', changed('keep_warm: 1', 'keep_warm: ▸6')),
    ['concurrency_limit', 'here 6'],
  ],
  ['min_containers above max_containers', changed('keep_warm: 1', 'min_containers: ▸11'), ['here 11']],
  [
    'an hour of a daily table above max_containers',
    changed('keep_warm: 1', 'keep_warm: ▸{"00:00": 1, "08:00": 12}'),
    ['which is 10', 'here 12'],
  ],
  [
    'more warm instances than instances',
    added('  r: {kind: replicate-official, price_per_image: 1, warm_instances: ▸300}'),
    ['max_instances', 'which is 256', 'here 300'],
  ],
  ['both names of keep_warm', added('    min_containers: ▸2'), ['keep_warm', 'two names of one thing']],
  [
    'both names of the idle window',
    added('    container_idle_timeout: 60\n    scaledown_window: ▸60'),
    ['container_idle_timeout', 'two names of one thing'],
  ],
  [
    'both names of max_containers',
    added('    max_containers: 9\n    concurrency_limit: ▸9'),
    ['max_containers', 'two names of one thing'],
  ],
  [
    'both ways to charge',
    added('  r: {kind: replicate-official, price_per_image: 1, usd_per_run_second: ▸1}'),
    ['price_per_image', 'two ways to charge'],
  ],
  [
    'two sources of one name',
    changed('platforms:', '  - name: ▸images\n    process: poisson\n    rate: 1/h\nplatforms:'),
    ['"images"', 'used twice'],
  ],
  [
    'a cycle of a trace',
    changed(
      '  - name: images\n    process: poisson\n    rate: 60/h',
      '  - {process: trace, file: log.csv, time_column: t}',
      added('start: ▸cycle'),
    ),
    ['a trace cannot cycle', 'start: warm'],
  ],
  [
    'a cycle of a day and a half with a daily table',
    changed(
      '1h',
      '▸36h',
      changed('keep_warm: 1', 'keep_warm: {"00:00": 0, "08:00": 2}', added('start: cycle')),
    ),
    ['cycle', 'daily table', 'whole days'],
  ],
  [
    'a sweep of a platform that is not there',
    added('sweep: {platform: ▸modle, grid: {keep_warm: [1]}}'),
    ['no platform "modle"', 'did you mean "modal"?'],
  ],
  [
    'a sweep of a platform with no near name',
    added('sweep: {platform: ▸zzz, grid: {keep_warm: [1]}}'),
    ['no platform "zzz"', 'modal'],
  ],
  [
    'a crossover of a platform that is not there',
    added('crossover: {platforms: [modal, ▸modul]}'),
    ['"modul"'],
  ],
  ['a crossover of a source that is not there', added('crossover: {source: ▸imgs}'), ['"imgs"', 'images']],
  ['a crossover of one platform', added('crossover: {platforms: ▸[modal]}'), ['two platforms']],
  [
    'a uniform law from more to less',
    added('    cold_start: ▸{distribution: uniform, min: 9s, max: 8s}'),
    ['min', 'max', '9', '8'],
  ],
  ['an empty daily table', changed('keep_warm: 1', 'keep_warm: ▸{}'), ['at least one time of day']],
  ['a time of day that is none', changed('keep_warm: 1', 'keep_warm: {▸"24:00": 1}'), ['"00:00" to "23:59"']],
  [
    'a fraction in a daily table',
    changed('keep_warm: 1', 'keep_warm: {"08:00": ▸1.5}'),
    ['whole number', '1.5'],
  ],
  [
    'parts of images',
    changed('    rate: 60/h', '    rate: 60/h\n    images: ▸2.5'),
    ['no parts of images', '2.5'],
  ],
  [
    'parts of images in a law',
    changed('    rate: 60/h', '    rate: 60/h\n    images: {distribution: constant, value: ▸2.5}'),
    ['no parts of images', '2.5'],
  ],
  [
    'parts of images in a mixture',
    changed(
      '    rate: 60/h',
      '    rate: 60/h\n    images: [{weight: 1, distribution: constant, value: ▸2.5}]',
    ),
    ['no parts of images', '2.5'],
  ],
  [
    'a run that does not fit into memory',
    changed('1h', '▸3660d', changed('replications: 2', 'replications: 10000')),
    ['shorten the run', '878400000'],
  ],
];

test.each(mistakes)('%s is refused where it stands', (_, marked, words) => {
  expectMistakes(marked, words);
});

const names = ['Flux', 'flux_dev', 'a/b', '../up', '..', 'a b', 'é', '"a\\nb"', 'x'.repeat(65)];

test.each(names)('the scenario cannot be named %s: its name is that of a folder', (name) => {
  expectMistakes(changed('name: t', `name: ▸${name}`), ['a-z, 0-9 and -', 'at most 64']);
});

const labels = ['"a/b"', '"a b"', 'é', '""', '"-x"', 'x'.repeat(65)];

test.each(labels)('a platform cannot be named %s', (name) => {
  const platform = `{kind: modal, usd_per_second: 1, seconds_per_image: 1}`;
  expectMistakes(added(`  ▸${name}: ${platform}`), ['a name of letters, digits, - and _']);
});

test.each(labels)('a source cannot be named %s', (name) => {
  expectMistakes(changed('name: images', `name: ▸${name}`), ['a name of letters, digits, - and _']);
});

test('all mistakes of a file are told at once, from its top to its bottom', () => {
  const marked = `name: ▸T
duration: ▸0s
replications: ▸1.5
▸colour: red
traffic:
  - process: poisson
    rate: ▸60
  - name: images
    process: poisson
    rate: 2/h
  - name: ▸images
    process: poisson
    rate: 1/h
platforms:
  modal:
    kind: modal
    usd_per_second: ▸-1
    seconds_per_image: 6
  other:
    kind: modal
    usd_per_second: 1
    seconds_per_image: 6
    keep_warm: ▸11
sweep: {platform: ▸x, grid: {keep_warm: [1]}}
`;
  expectMistakes(marked, [
    '"T"',
    'longer than 0',
    '1.5',
    'colour',
    '60/h',
    'used twice',
    '-1',
    'here 11',
    '"x"',
  ]);
});

test('names that sources take from their process do not clash with names that are given', () => {
  const source = (name: string) => `  - {process: poisson, rate: 1/h${name}}\n`;
  const three = source('') + source(', name: poisson') + source('');
  expect(problemsOf(changed('platforms:', `${three}platforms:`, SCENARIO))).toEqual([]);
});

test('constant work other than 1 is divided by its mean, which is said', () => {
  const text = changed('rate: 60/h', 'rate: 60/h\n    work: 3');
  const { scenario, warnings } = ScenarioReader.of(text, 'x.yaml').finish();
  expect(scenario.sources[0]!.work).toEqual({ distribution: 'constant', value: 3 });
  expect(warnings.map(({ line }) => line)).toEqual([8]);
  expect(warnings[0]!.message).toMatch(/^work is divided by its mean/);
});
