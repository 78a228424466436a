import { describe, expect, test } from 'vitest';
import { ScenarioError } from '../../src/scenario/problem.ts';
import { ScenarioReader } from '../../src/scenario/read.ts';

const MODAL = 'kind: modal, usd_per_second: 0.001, seconds_per_image: 6';

function text({
  traffic = ['{ name: images, process: poisson, rate: 83/h }', '{ name: tail, process: poisson, rate: 5/h }'],
  platforms = [`a: { ${MODAL} }`],
  rest = '',
}: {
  traffic?: string[];
  platforms?: string[];
  rest?: string;
}): string {
  return [
    'name: x',
    'traffic:',
    ...traffic.map((line) => `  - ${line}`),
    'platforms:',
    ...platforms.map((line) => `  ${line}`),
    rest,
  ].join('\n');
}

function told(parts: Parameters<typeof text>[0]): string[] {
  try {
    const { warnings } = ScenarioReader.of(text(parts), 'x.yaml').finish();
    return warnings.map(({ line, path, message }) => `warning ${line} ${path}: ${message}`);
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    return error.problems.map(({ line, path, message }) => `${line} ${path}: ${message}`);
  }
}

const TRAINING = '{ name: jobs, kind: training, process: poisson, rate: 5/d, duration: 20m }';
const IMAGES = '{ name: images, process: poisson, rate: 83/h }';

describe('sources of a platform', () => {
  test('a misspelt source is an error at its place, with a suggestion', () => {
    expect(told({ platforms: [`a: { ${MODAL}, sources: [imags] }`] })).toEqual([
      '6 platforms.a.sources.0: no source "imags"; did you mean "images"?',
    ]);
  });

  test('a source named twice, or none at all, is an error', () => {
    expect(told({ platforms: [`a: { ${MODAL}, sources: [tail, tail] }`] })).toEqual([
      '6 platforms.a.sources.1: the source "tail" is named twice',
    ]);
    expect(told({ platforms: [`a: { ${MODAL}, sources: [] }`] })).toEqual([
      '6 platforms.a.sources: expected at least one source',
    ]);
  });

  test('are all requests by default, and for managed trainings all trainings', () => {
    const { scenario } = ScenarioReader.of(
      text({
        traffic: [IMAGES, TRAINING],
        platforms: [`a: { ${MODAL} }`, 'b: { kind: replicate-training, usd_per_run_second: 0.001 }'],
      }),
      'x.yaml',
    ).finish();
    expect(scenario.platforms.map(({ sources }) => sources)).toEqual([[0], [1]]);
  });

  test('a platform that is left with none is warned of', () => {
    expect(told({ platforms: ['b: { kind: replicate-training, usd_per_run_second: 0.001 }'] })).toEqual([
      'warning 6 platforms.b: serves nothing: there is no source of kind training; name its sources',
    ]);
  });

  test('an official model cannot train', () => {
    const platform = 'b: { kind: replicate-official, price_per_image: 1, sources: [jobs] }';
    expect(told({ traffic: [IMAGES, TRAINING], platforms: [platform] })).toEqual([
      '6 platforms.b.sources.0: replicate-official serves requests, and the source "jobs" is of kind training',
    ]);
  });

  test('a platform that only trains needs no seconds_per_image', () => {
    const platform = 'b: { kind: modal, usd_per_second: 0.001, sources: [jobs] }';
    expect(told({ traffic: [IMAGES, TRAINING], platforms: [platform] })).toEqual([]);
  });
});

describe('trainings', () => {
  test.each([
    ['{ kind: training, process: poisson, rate: 5/d }', '3 traffic.0: a training needs a duration'],
    [
      '{ kind: training, process: poisson, rate: 5/d, duration: 20m, images: 2 }',
      '3 traffic.0.images: a training makes no',
    ],
    [
      '{ kind: training, process: poisson, rate: 5/d, duration: 20m, adapters: 3 }',
      '3 traffic.0.adapters: a training',
    ],
    [
      '{ kind: training, process: poisson, rate: 5/d, duration: 20 }',
      '3 traffic.0.duration: expected a duration with its unit',
    ],
    ['{ process: poisson, rate: 5/d, duration: 20m }', '3 traffic.0.duration: is for kind: training'],
    [
      '{ kind: trainings, process: poisson, rate: 5/d, duration: 20m }',
      '3 traffic.0.kind: expected one of requests, training',
    ],
  ])('%s is refused', (source, message) => {
    expect(told({ traffic: [source] }).join('\n')).toContain(message);
  });
});

describe('adapters', () => {
  test.each([
    ['adapters: 0', '3 traffic.0.adapters: expected'],
    ['adapters: fifty', '3 traffic.0.adapters: expected a number of adapters'],
    ['adapters: { count: 5, zpf: 1 }', 'did you mean "zipf"?'],
    ['adapters: { count: 5, zipf: -1 }', '3 traffic.0.adapters.zipf: expected a number from 0 to 10'],
  ])('%s is refused', (key, message) => {
    expect(told({ traffic: [`{ process: poisson, rate: 5/d, ${key} }`] }).join('\n')).toContain(message);
  });

  test('keys that do nothing are warned of', () => {
    expect(told({ platforms: [`a: { ${MODAL}, adapter_cache: 3 }`] })).toEqual([
      'warning 6 platforms.a.adapter_cache: does nothing without adapter_load, the time to load an adapter',
    ]);
    expect(told({ platforms: [`a: { ${MODAL}, adapter_load: 3s }`] })).toEqual([
      'warning 6 platforms.a.adapter_load: does nothing: no source that it serves has adapters',
    ]);
    expect(told({ platforms: [`a: { ${MODAL}, pool_per_adapter: true }`] })).toEqual([
      'warning 6 platforms.a.pool_per_adapter: does nothing: no source that it serves has adapters',
    ]);
  });

  test('a pool for each of thousands is refused', () => {
    expect(
      told({
        traffic: ['{ process: poisson, rate: 5/d, adapters: 2001 }'],
        platforms: [`a: { ${MODAL}, pool_per_adapter: true }`],
      }),
    ).toEqual([
      '5 platforms.a.pool_per_adapter: expected at most 2000 adapters, each with a pool, here 2001',
    ]);
  });
});

describe('plans', () => {
  const TWO = [`a: { ${MODAL}, sources: [images] }`, `b: { ${MODAL}, sources: [tail] }`, `c: { ${MODAL} }`];

  test('that total platforms of different sources are right', () => {
    expect(told({ platforms: TWO, rest: 'plans: { both: [a, b], all: [c] }' })).toEqual([]);
  });

  test.each([
    ['plans: { both: [a, bb] }', '9 plans.both.1: no platform "bb"; did you mean "b"?'],
    [
      'plans: { both: [a, c] }',
      '9 plans.both.1: a and c both serve images: a plan totals platforms that serve different',
    ],
    ['plans: { both: [a, a] }', '9 plans.both: a platform is named twice'],
    ['plans: { both: [] }', '9 plans.both: expected at least one platform'],
    ['plans: { c: [a, b] }', '9 plans.c: is the name of a platform: give the plan another'],
    ['plans: [a, b]', '9 plans: expected plans by name'],
    ['plans: { both: a }', '9 plans.both: expected a list of platforms'],
    ['plans: { part: [b] }', 'warning 9 plans.part: serves all but images'],
  ])('%s: %s', (rest, message) => {
    expect(told({ platforms: TWO, rest }).join('\n')).toContain(message);
  });
});

describe('the real limits of Modal', () => {
  const at = (keys: string) => told({ platforms: [`a: { ${MODAL}, ${keys} }`] });

  test('cap the containers, with a warning, and what is kept warm, with an error', () => {
    expect(at('plan: starter, gpus: 2, max_containers: 6')).toEqual([
      'warning 6 platforms.a.plan: the plan starter allows 10 GPUs: of the 6 containers wanted at most 5 will run',
    ]);
    expect(at('plan: starter, max_containers: 20, keep_warm: 12').join('\n')).toContain(
      'platforms.a.keep_warm: expected at most what the plan starter allows, which is 10, here 12',
    );
  });

  test('refuse what no container could have, and plans that the book does not know', () => {
    expect(at('plan: starter, gpus: 11').join('\n')).toContain(
      'a container with 11 GPUs is more than the plan',
    );
    expect(at('plan: startr').join('\n')).toContain('did you mean "starter"?');
  });
});
