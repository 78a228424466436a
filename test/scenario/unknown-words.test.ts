import { expect, test } from 'vitest';
import { added, changed, expectMistakes, problemsOf, SCENARIO, shownOf } from './problems.ts';

const source = (line: string) => changed('    rate: 60/h', `    rate: 60/h\n    ${line}`);

const keys: [level: string, marked: string, written: string, meant: string][] = [
  ['the top', added('▸durration: 2h'), 'durration', 'duration'],
  ['a source', source('▸rate_scle: 3'), 'rate_scle', 'rate_scale'],
  ['a platform', added('    ▸keep_worm: 2'), 'keep_worm', 'keep_warm'],
  [
    'a distribution',
    added('    cold_start: {distribution: exponential, mean: 8s, ▸maen: 9s}'),
    'maen',
    'mean',
  ],
  [
    'a part of a mixture',
    added('    cold_start: [{weight: 1, distribution: constant, value: 8s, ▸wieght: 1}]'),
    'wieght',
    'weight',
  ],
  ['work', source('work: {distribution: lognormal, cv: 1, ▸cvv: 1}'), 'cvv', 'cv'],
  ['the SLO', added('slo: {latency_p95: 15s, ▸latency_p96: 15s}'), 'latency_p96', 'latency_p95'],
  ['an SLO of nothing else', added('slo: {▸latency_p96: 15s}'), 'latency_p96', 'latency_p95'],
  ['the sweep', added('sweep: {platform: modal, ▸gird: {}, grid: {keep_warm: [1]}}'), 'gird', 'grid'],
  ['the crossover', added('crossover: {▸form: 5/h}'), 'form', 'from'],
  [
    'a state of a process',
    changed(
      'process: poisson\n    rate: 60/h',
      'process: mmpp\n    states: [{rate: 1/s, mean_duration: 5s}, {rate: 2/s, mean_duration: 5s, ▸raet: 1/s}]',
    ),
    'raet',
    'rate',
  ],
  [
    'background traffic',
    added(
      '  r:\n    kind: replicate-official\n    price_per_image: 1\n    background: {process: poisson, rate: 1/h, ▸imges: 2}',
    ),
    'imges',
    'images',
  ],
];

test.each(keys)('an unknown key of %s is refused, and the nearest suggested', (_, marked, written, meant) => {
  expectMistakes(marked, [`unknown key "${written}"`, `did you mean "${meant}"?`]);
});

test('an unknown key with no near one gets the list of those there are', () => {
  expectMistakes(added('    ▸colour: red'), ['unknown key "colour"', 'keep_warm', 'container_idle_timeout']);
});

test('a key of another process is refused', () => {
  expectMistakes(source('▸rate_on: 5/h'), ['unknown key "rate_on"']);
});

const names: [what: string, marked: string, words: string[]][] = [
  ['kind', changed('kind: modal', 'kind: ▸modl'), ['"modl"', 'replicate-official', 'did you mean "modal"?']],
  [
    'process',
    changed('process: poisson', 'process: ▸poison'),
    ['"poison"', 'mmpp', 'did you mean "poisson"?'],
  ],
  [
    'distribution',
    added('    cold_start: {distribution: ▸lognorml, mean: 8s, cv: 1}'),
    ['"lognorml"', 'hyperexponential', 'did you mean "lognormal"?'],
  ],
  [
    'distribution in a mixture',
    added('    cold_start: [{weight: 1, distribution: ▸constnt, value: 8s}]'),
    ['"constnt"', 'did you mean "constant"?'],
  ],
  [
    'distribution of images',
    source('images: {distribution: ▸uniform, min: 1, max: 3}'),
    ['"uniform"', 'empirical'],
  ],
  [
    'dispatch',
    added('    dispatch: ▸most_recent'),
    ['"most_recent"', 'random', 'did you mean "most-recent"?'],
  ],
  ['start', added('start: ▸warn'), ['"warn"', 'cycle', 'did you mean "warm"?']],
  ['price book', added('prices: ▸article-2026-05'), ['did you mean "article-2026-04"?']],
];

test.each(names)('an unknown %s is refused with what is known', (_, marked, words) => {
  expectMistakes(marked, words);
});

const missing: [what: string, marked: string, words: string[]][] = [
  [
    'a kind',
    SCENARIO.replace('    kind: modal\n', '').replace('  modal:', '  ▸modal:'),
    ['kind', 'here nothing'],
  ],
  [
    'a process',
    SCENARIO.replace('    process: poisson\n', '').replace('- name', '- ▸name'),
    ['process', 'here nothing'],
  ],
  ['a rate', SCENARIO.replace('    rate: 60/h\n', '').replace('- name', '- ▸name'), ['rate', 'here nothing']],
  ['a name', SCENARIO.replace('name: t\n', '▸'), ['name', 'here nothing']],
];

test.each(missing)('%s that is missing is named, at the part that lacks it', (_, marked, words) => {
  expectMistakes(marked, words);
});

const booked = (gpu: string) =>
  changed('    usd_per_second: 0.0007\n    seconds_per_image: 6\n', `    gpu: ${gpu}\n`);

const notInBook: [what: string, marked: string, words: string[]][] = [
  [
    'a GPU',
    changed('usd_per_second: 0.0007', 'gpu: ▸H1000'),
    ['"H1000"', 'T4', 'A100-80GB', 'B300', 'did you mean "H100"?', 'usd_per_second'],
  ],
  [
    'the speed of a GPU',
    `model: flux-dev\n${booked('▸T4')}`,
    ['"T4"', 'A100-80GB, H100', 'seconds_per_image'],
  ],
  ['a model', `model: ▸flux-devv\n${booked('H100')}`, ['"flux-devv"', 'did you mean "flux-dev"?']],
  ['a variant', `model: flux-dev\nvariant: ▸fp9\n${booked('H100')}`, ['"fp9"', 'bf16-compiled', 'fp8']],
  [
    'the price of a model',
    `model: flux-pro\n${added('  r: ▸{kind: replicate-official}')}`,
    ['"flux-pro"', 'flux-schnell', 'price_per_image'],
  ],
  ['the price of cores', `prices: article-2026-04\n${added('    cpu_cores: ▸4')}`, ['no price', '2026-10']],
];

test.each(notInBook)('%s that the price book lacks is refused with what it has', (_, marked, words) => {
  expectMistakes(marked, words);
});

test('a platform without any price says which keys would do', () => {
  const bare = changed('    usd_per_second: 0.0007\n    seconds_per_image: 6\n', '');
  const shown = shownOf(problemsOf(bare));
  for (const word of ['usd_per_second', 'gpu', 'seconds_per_image', 'A100-80GB'])
    expect(shown).toContain(word);
});

test('a GPU given by its family is led to that family', () => {
  expect(shownOf(problemsOf(changed('usd_per_second: 0.0007', 'gpu: A100')))).toContain(
    'did you mean "A100-',
  );
});

test('a name is not suggested for one that shares no letter with it', () => {
  expect(shownOf(problemsOf(changed('usd_per_second: 0.0007', 'gpu: XY')))).not.toContain('did you mean');
});
