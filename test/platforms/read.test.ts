import { describe, expect, test } from 'vitest';
import { type KindName, type PlatformSpec, platformKind } from '../../src/platforms/table.ts';
import { NO_USAGE } from '../../src/platforms/usage.ts';
import { ScenarioReader } from '../../src/scenario/read.ts';
import { problemsOf } from '../scenario/problems.ts';

/** A scenario with one platform. @param keys in YAML, the kind first */
function text(keys: string, top = 'model: flux-dev\nprices: "2026-10"', source = ''): string {
  return `name: t
duration: 1h
${top}
traffic: [{ name: images, process: poisson, rate: 60/h${source} }]
platforms: { it: { kind: ${keys} } }
`;
}

function read(keys: string, top?: string, source?: string): { spec: PlatformSpec; warnings: string[] } {
  const { scenario, warnings } = ScenarioReader.of(text(keys, top, source), 't.yaml').finish();
  return {
    spec: scenario.platforms[0]!,
    warnings: warnings.map(({ path, message }) => `${path}: ${message}`),
  };
}

const errorsOf = (keys: string, top?: string, source?: string) =>
  problemsOf(text(keys, top, source)).map(({ path, message }) => `${path}: ${message}`);

const constant = (value: number) => ({ distribution: 'constant', value });
const kept = (containers: number) => [{ at_s: 0, containers }];
const NEVER = Number.POSITIVE_INFINITY;
const PLAIN = {
  scaling: { rule: 'load', buffer: 0 },
  dispatch: 'most-recent',
  queue_limit: NEVER,
  start_deadline_s: NEVER,
  deadline_s: NEVER,
  timeout_s: NEVER,
  life_rounding_s: 0,
  adapters: undefined,
};

/** What each kind is taken to be where a scenario says no more than it must. */
const DEFAULTS: Record<KindName, { keys: string; policy: object; spec?: object; terms: object }> = {
  modal: {
    keys: 'modal, usd_per_second: 0.5, seconds_per_image: 6',
    policy: { keep_warm: kept(0), max_containers: 10, cold_start: constant(8), idle_window: constant(60) },
    spec: { seconds_per_image: 6, poolPerAdapter: false },
    terms: { usd_per_second: 0.5 },
  },
  'replicate-official': {
    keys: 'replicate-official, price_per_image: 0.5',
    policy: {
      keep_warm: kept(16),
      max_containers: 256,
      cold_start: constant(60),
      idle_window: constant(300),
    },
    spec: {
      seconds_per_image: 3.5,
      background: expect.objectContaining({ process: { process: 'poisson', rate: 16 / 7 } }),
    },
    terms: { usd_per_image: 0.5, usd_per_run_second: 0 },
  },
  'replicate-community': {
    keys: 'replicate-community, usd_per_run_second: 0.5, seconds_per_image: 6',
    policy: { keep_warm: kept(0), max_containers: 8, cold_start: constant(120), idle_window: constant(180) },
    spec: { seconds_per_image: 6 },
    terms: { usd_per_run_second: 0.5 },
  },
  'replicate-deployment': {
    keys: 'replicate-deployment, usd_per_second: 0.5, seconds_per_image: 6',
    policy: { keep_warm: kept(0), max_containers: 5, cold_start: constant(60), idle_window: constant(300) },
    spec: { seconds_per_image: 6, poolPerAdapter: false },
    terms: { usd_per_second: 0.5 },
  },
  'replicate-training': {
    keys: 'replicate-training, usd_per_run_second: 0.5',
    policy: { keep_warm: kept(0), max_containers: 32, cold_start: constant(60), idle_window: constant(0) },
    terms: { usd_per_run_second: 0.5 },
  },
  'runpod-serverless': {
    keys: 'runpod-serverless, usd_per_second: 0.5, seconds_per_image: 6',
    policy: {
      keep_warm: kept(0),
      max_containers: 3,
      cold_start: constant(8),
      idle_window: constant(5),
      scaling: { rule: 'queue-delay', value_s: 4, check_period_s: 1 },
      life_rounding_s: 1,
    },
    spec: { seconds_per_image: 6, poolPerAdapter: false },
    terms: { usd_per_second: 0.5, active_discount: 0 },
  },
  dedicated: {
    keys: 'dedicated, machines: 3, usd_per_hour: 7.2, seconds_per_image: 6',
    policy: { keep_warm: kept(3), max_containers: 3, cold_start: constant(0), idle_window: constant(NEVER) },
    spec: { seconds_per_image: 6 },
    terms: { usd_per_second: 0.002 },
  },
};

const training = ', kind: training, duration: 5m';

describe.each(Object.entries(DEFAULTS))('%s', (kind, { keys, policy, spec = {}, terms }) => {
  const source = kind === 'replicate-training' ? training : '';

  test('is, where nothing more is said, what docs/SCENARIO.md says', () => {
    const it_ = read(keys, undefined, source);
    expect(it_.spec).toMatchObject(spec);
    expect(it_.spec.policy).toEqual(expect.objectContaining({ ...PLAIN, ...policy }));
    expect(it_.spec.terms).toEqual(terms);
    expect(it_.warnings).toEqual([]);
    expect(it_.spec.account).toBeUndefined();
  });

  test('charges nothing for an hour in which nothing was', () => {
    const charge = platformKind(kind as KindName).charge(terms, NO_USAGE);
    expect(charge).toMatchObject({ starting_usd: 0, busy_usd: 0, idle_usd: 0, request_usd: 0 });
  });

  test('takes dispatch and the limits as they are written', () => {
    const all = `${keys}, dispatch: random, queue_limit: 7, start_deadline: 9s, timeout: 11s`;
    const { policy: written } = read(all, undefined, source).spec;
    expect(written).toMatchObject({
      dispatch: 'random',
      queue_limit: 7,
      start_deadline_s: 9,
      timeout_s: 11,
    });
  });

  test.skipIf(kind === 'replicate-training')('loads adapters as it is told', () => {
    const some = read(`${keys}, adapter_load: 2s`, undefined, `${source}, adapters: 3`).spec.policy.adapters;
    expect(some).toEqual({ cache: 1, load: constant(2), affinity: false });
    const more = `${keys}, adapter_load: 2s, adapter_cache: 4, adapter_affinity: true`;
    const adapters = read(more, undefined, `${source}, adapters: 3`).spec.policy.adapters;
    expect(adapters).toEqual({ cache: 4, load: constant(2), affinity: true });
  });
});

test.each([
  ['modal, usd_per_second: 0.5, seconds_per_image: 6', { queue_limit: 2000, timeout_s: 300 }],
  ['replicate-official, price_per_image: 1', { queue_limit: NEVER, timeout_s: 1800 }],
  ['runpod-serverless, usd_per_second: 1, seconds_per_image: 6', { queue_limit: NEVER, timeout_s: 600 }],
  ['dedicated, machines: 1, usd_per_hour: 1, seconds_per_image: 6', { queue_limit: NEVER, timeout_s: NEVER }],
])('the real limits of %s hold where the scenario sets none', (keys, limits) => {
  expect(read(`${keys}, limits: real`).spec.policy).toMatchObject(limits);
  const own = read(`${keys}, limits: real, queue_limit: 5, timeout: 3s`).spec.policy;
  expect(own).toMatchObject({ queue_limit: 5, timeout_s: 3 });
  expect(read(`${keys}, limits: none`).spec.policy).toMatchObject({ queue_limit: NEVER, timeout_s: NEVER });
});

describe('pools of one’s own', () => {
  const table = [
    { at_s: 0, containers: 1 },
    { at_s: 8 * 3600, containers: 2 },
  ];
  test.each([
    ['modal, usd_per_second: 1, seconds_per_image: 6, keep_warm', 'max_containers'],
    ['modal, usd_per_second: 1, seconds_per_image: 6, min_containers', 'concurrency_limit'],
    ['runpod-serverless, usd_per_second: 1, seconds_per_image: 6, workers_min', 'workers_max'],
    ['replicate-deployment, usd_per_second: 1, seconds_per_image: 6, min_instances', 'max_instances'],
  ])('%s takes a number or a daily table, up to %s', (keys, max) => {
    expect(read(`${keys}: 2`).spec.policy.keep_warm).toEqual(kept(2));
    expect(read(`${keys}: {"08:00": 2, "00:00": 1}`).spec.policy.keep_warm).toEqual(table);
    expect(read(`${keys}: 2, ${max}: 2`).spec.policy.max_containers).toBe(2);
    const [, key] = /(\w+)$/.exec(keys)!;
    expect(errorsOf(`${keys}: 3, ${max}: 2`)).toEqual([
      `platforms.it.${key}: expected at most ${max}, which is 2, here 3`,
    ]);
  });

  test.each([
    ['modal, usd_per_second: 1, seconds_per_image: 6, container_idle_timeout: 33'],
    ['modal, usd_per_second: 1, seconds_per_image: 6, scaledown_window: 33'],
    ['runpod-serverless, usd_per_second: 1, seconds_per_image: 6, idle_timeout: 33s'],
    ['replicate-deployment, usd_per_second: 1, seconds_per_image: 6, instance_idle_timeout: 33s'],
    ['replicate-community, usd_per_run_second: 1, seconds_per_image: 6, instance_idle_timeout: 33s'],
    ['replicate-official, price_per_image: 1, instance_idle_timeout: 33s'],
  ])('%s: the window; a cold start beside it', (keys) => {
    const { policy } = read(`${keys}, cold_start: 44s`).spec;
    expect(policy).toMatchObject({ idle_window: constant(33), cold_start: constant(44) });
  });

  test('a pool for each adapter', () => {
    for (const kind of ['modal', 'runpod-serverless', 'replicate-deployment']) {
      const keys = `${kind}, usd_per_second: 1, seconds_per_image: 6, adapter_load: 2s, pool_per_adapter: true`;
      expect(read(keys, undefined, ', adapters: 3').spec.poolPerAdapter).toBe(true);
    }
  });
});

describe('Modal', () => {
  test('charges GPUs, cores and memory, times the region', () => {
    const terms = (keys: string) =>
      (read(`modal, seconds_per_image: 6, ${keys}`).spec.terms as { usd_per_second: number }).usd_per_second;
    const core = terms('usd_per_second: 0, cpu_cores: 1');
    const gib = terms('usd_per_second: 0, memory_gib: 1');
    expect(core).toBeGreaterThan(0);
    expect(gib).toBeGreaterThan(0);
    expect(terms('usd_per_second: 0.5, gpus: 3')).toBe(1.5);
    expect(
      terms('usd_per_second: 0.5, gpus: 2, cpu_cores: 4, memory_gib: 8, region_multiplier: 2'),
    ).toBeCloseTo(2 * (1 + 4 * core + 8 * gib), 12);
    const gpu = terms('gpu: H100');
    expect(terms('gpu: H100, gpus: 2')).toBe(2 * gpu);
    expect(terms('gpu: H100, usd_per_second: 3')).toBe(3);
  });

  test.each([
    ['seconds_per_image: 6', 'platforms.it: needs gpu or usd_per_second; GPUs in the price book'],
    ['seconds_per_image: 6, gpu: H1000', 'platforms.it.gpu:'],
    ['usd_per_second: 1', 'platforms.it: needs seconds_per_image, or a model'],
    ['usd_per_second: 1, gpu: "T5"', 'platforms.it.gpu:'],
  ])('needs a price and a speed: %s', (keys, words) => {
    expect(errorsOf(`modal, ${keys}`).join('\n')).toContain(words);
  });

  test('has no price for cores in the article’s book', () => {
    const errors = errorsOf(
      'modal, gpu: H100, seconds_per_image: 6, cpu_cores: 1, memory_gib: 1',
      'prices: article-2026-04',
    );
    expect(errors.map((error) => error.slice(0, error.indexOf(':')))).toEqual([
      'platforms.it.cpu_cores',
      'platforms.it.memory_gib',
    ]);
    expect(
      errorsOf('modal, gpu: H100, seconds_per_image: 6, cpu_cores: 0', 'prices: article-2026-04'),
    ).toEqual([]);
  });

  const own = 'modal, usd_per_second: 1, seconds_per_image: 6';
  test.each([
    ['container_idle_timeout: 2', []],
    ['container_idle_timeout: 1200', []],
    ['container_idle_timeout: 1', ['container_idle_timeout', 'here 1 s:']],
    ['scaledown_window: 1201', ['scaledown_window', 'here 1201 s:']],
    [
      'scaledown_window: {distribution: uniform, min: 0s, max: 2s}',
      ['scaledown_window', 'here 1 s on average'],
    ],
    ['container_idle_timeout: [{weight: 1, distribution: constant, value: 1s}]', ['here 1 s on average']],
    ['gpu: H1000', ['platforms.it.gpu', 'does not know it', 'did you mean "H100"?']],
    ['gpu: H100', []],
    ['queue_limit: 0', ['platforms.it.queue_limit: no request may wait']],
    ['queue_limit: 0, keep_warm: 1', []],
    ['queue_limit: 1', []],
    ['adapter_cache: 2', ['platforms.it.adapter_cache: does nothing without adapter_load']],
    ['adapter_affinity: true', ['platforms.it.adapter_affinity: does nothing without adapter_load']],
    ['adapter_load: 2s', ['platforms.it.adapter_load: does nothing: no source']],
  ])('warns of what could hardly be meant: %s', (key, words) => {
    const { warnings } = read(`${own}, ${key}`);
    expect(warnings).toHaveLength(words.length > 0 ? 1 : 0);
    for (const word of words) expect(warnings[0]).toContain(word);
  });

  test('warns of a GPU too small for the bf16 pipeline of FLUX-dev', () => {
    const keys = 'modal, gpu: L4, seconds_per_image: 6';
    const small = (top: string) => read(keys, `prices: "2026-10"\n${top}`).warnings.length;
    expect(small('model: flux-dev\nvariant: bf16')).toBe(1);
    expect(small('model: flux-dev\nvariant: fp8')).toBe(0);
    expect(small('model: sdxl\nvariant: bf16')).toBe(0);
    expect(
      read('modal, gpu: H100, seconds_per_image: 6', 'prices: "2026-10"\nmodel: flux-dev').warnings,
    ).toEqual([]);
  });

  test('a buffer', () => {
    expect(read(`${own}, buffer_containers: 4`).spec.policy.scaling).toEqual({ rule: 'load', buffer: 4 });
  });

  test('a plan has a fee, a credit and a number of GPUs', () => {
    const team = read(`${own}, plan: team, max_containers: 100`).spec;
    expect(team.account).toMatchObject({ vendor: 'Modal', plan: 'team' });
    const { spec, warnings } = read(`${own}, limits: real, gpus: 3, max_containers: 4`);
    expect(spec.account).toMatchObject({ vendor: 'Modal', plan: 'starter', fee_usd_per_month: 0 });
    // Of the starter plan’s ten GPUs.
    expect(spec.policy.max_containers).toBe(3);
    expect(warnings.join()).toContain('of the 4 containers wanted at most 3 will run');
    expect(read(`${own}, plan: starter, gpus: 2, max_containers: 5`).warnings).toEqual([]);
    expect(read(`${own}, plan: starter, gpus: 2, max_containers: 3`).spec.policy.max_containers).toBe(3);
    expect(errorsOf(`${own}, plan: starter, gpus: 11`)).toEqual([
      'platforms.it.plan: a container with 11 GPUs is more than the plan starter allows, which is 10',
    ]);
    expect(errorsOf(`${own}, limits: real, gpus: 11`).join()).toContain('platforms.it.limits');
    expect(read(`${own}, plan: starter, gpus: 10`).spec.policy.max_containers).toBe(1);
    expect(errorsOf(`${own}, plan: startr`).join()).toMatch(
      /no plan of Modal "startr": it has .*did you mean "starter"/,
    );
    expect(errorsOf(`${own}, plan: starter`, 'prices: article-2026-04').join()).toContain(
      'it has none; try prices',
    );
    expect(errorsOf(`${own}, plan: starter, keep_warm: 6, gpus: 2`)).toEqual([
      'platforms.it.keep_warm: expected at most what the plan starter allows, which is 5, here 6',
    ]);
    expect(errorsOf(`${own}, plan: starter, min_containers: 6, gpus: 2`).join()).toContain(
      'platforms.it.min_containers',
    );
  });
});

describe('RunPod', () => {
  const own = 'runpod-serverless, usd_per_second: 0.5, seconds_per_image: 6';
  test('scales as it is told', () => {
    const scaling = (keys: string) => read(`${own}, ${keys}`).spec.policy.scaling;
    expect(scaling('scaler: {rule: request-count, value: 3}')).toEqual({ rule: 'request-count', value: 3 });
    expect(scaling('scaler: {rule: request-count}')).toEqual({ rule: 'request-count', value: 1 });
    expect(scaling('scaler: {rule: queue-delay, value: 9s}, check_period: 2s')).toEqual({
      rule: 'queue-delay',
      value_s: 9,
      check_period_s: 2,
    });
    const both = read(`${own}, scaler: {rule: request-count}, check_period: 2s`);
    expect(both.warnings).toEqual([
      'platforms.it.check_period: is for the rule queue-delay: it does nothing',
    ]);
    expect(read(`${own}, scaler: {rule: request-count}`).warnings).toEqual([]);
  });

  test('charges GPUs, and active workers less', () => {
    expect(read(`${own}, gpus: 2, active_discount: 0.25`).spec.terms).toEqual({
      usd_per_second: 1,
      active_discount: 0.25,
    });
    const { priceWords } = platformKind('runpod-serverless');
    expect(priceWords({ usd_per_second: 0.5, active_discount: 0 })).toBe(
      '$0.5 a second alive ($1800 an hour)',
    );
    expect(priceWords({ usd_per_second: 0.5, active_discount: 0.25 })).toContain('active workers 25 % less');
    expect(errorsOf('runpod-serverless, seconds_per_image: 6').join()).toContain(
      'needs gpu or usd_per_second',
    );
    expect(errorsOf('runpod-serverless, seconds_per_image: 6, gpu: H1000').join()).toContain(
      'platforms.it.gpu',
    );
    expect(errorsOf('runpod-serverless, seconds_per_image: 6', 'prices: article-2026-04').join()).toContain(
      ': none',
    );
  });

  test('rounds a life at the full price, and spreads the discount over what workers do', () => {
    const usage = { ...NO_USAGE, starting_s: 10, busy_s: 20, idle_s: 70, floor_s: 50, rounding_s: 3 };
    expect(
      platformKind('runpod-serverless').charge({ usd_per_second: 2, active_discount: 0.5 }, usage),
    ).toEqual({
      billed_s: 103,
      starting_usd: 15,
      busy_usd: 30,
      idle_usd: 111,
      request_usd: 0,
    });
  });
});

describe('Replicate', () => {
  test('creations and deadlines of predictions', () => {
    const own = 'replicate-official, price_per_image: 1';
    expect(read(own).spec.policy.creations).toBeUndefined();
    expect(read(`${own}, limits: real`).spec.policy.creations).toEqual({
      limit: 600,
      period_s: 60,
      on_limit: 'retry',
    });
    expect(
      read(`${own}, creations_per_minute: 5, on_429: reject, limits: real`).spec.policy.creations,
    ).toEqual({
      limit: 5,
      period_s: 60,
      on_limit: 'reject',
    });
    expect(read(`${own}, prediction_deadline: 9s`).spec.policy.deadline_s).toBe(9);
  });

  test('an official model is charged by the image or by the second', () => {
    const terms = (keys: string) => read(`replicate-official${keys}`).spec.terms;
    expect(terms(', usd_per_run_second: 0.25')).toEqual({ usd_per_image: 0, usd_per_run_second: 0.25 });
    expect(terms('')).toMatchObject({ usd_per_run_second: 0 });
    expect(errorsOf('replicate-official', 'prices: "2026-10"').join()).toContain('needs price_per_image');
    expect(errorsOf('replicate-official', 'model: none-such').join()).not.toBe('');
    expect(errorsOf('replicate-official, price_per_image: 1, usd_per_run_second: 1').join()).toContain(
      'two ways to charge',
    );
    const { charge, priceWords } = platformKind('replicate-official');
    const usage = { ...NO_USAGE, images: 3, run_s: 10, cut_s: 5 };
    expect(charge({ usd_per_image: 2, usd_per_run_second: 0 }, usage)).toMatchObject({
      billed_s: null,
      request_usd: 6,
    });
    expect(charge({ usd_per_image: 0, usd_per_run_second: 2 }, usage)).toMatchObject({
      billed_s: 15,
      request_usd: 30,
    });
    expect(priceWords({ usd_per_image: 2, usd_per_run_second: 0 })).toBe('$2 an image');
    expect(priceWords({ usd_per_image: 0, usd_per_run_second: 2 })).toBe('$2 a second of a prediction');
  });

  test('other tenants are written, none, or half of the warm instances', () => {
    const rate = (keys: string) => {
      const { background } = read(`replicate-official, price_per_image: 1${keys}`).spec;
      return background && (background.process as { rate: number }).rate;
    };
    expect(rate(', warm_instances: 4, seconds_per_image: 2')).toBe(1);
    expect(rate(', background: none')).toBeUndefined();
    expect(rate(', background: {process: poisson, rate: 3/s}')).toBe(3);
    expect(rate(', warm_instances: 0, background: {process: poisson, rate: 3/s}')).toBe(3);
    expect(rate(', warm_instances: 0')).toBeUndefined();
    const warned = (keys: string) =>
      read(`replicate-official, price_per_image: 1, warm_instances: 0${keys}`).warnings.length;
    expect([warned(''), warned(', background: none')]).toEqual([1, 0]);
    const community = 'replicate-community, usd_per_run_second: 1, seconds_per_image: 6';
    expect(read(`${community}, background: none`).spec.background).toBeUndefined();
    expect(read(`${community}, background: {process: poisson, rate: 3/s}`).spec.background).toMatchObject({
      process: { rate: 3 },
    });
  });

  test('hardware has a price, and a speed where the book knows the GPU', () => {
    const errors = errorsOf('replicate-community, seconds_per_image: 6');
    expect(errors.join()).toContain('needs hardware or usd_per_run_second');
    expect(errorsOf('replicate-deployment, seconds_per_image: 6').join()).toContain(
      'needs hardware or usd_per_second',
    );
    expect(errorsOf('replicate-community, hardware: H1000, seconds_per_image: 6').join()).toContain(
      'platforms.it.hardware',
    );
    const { spec } = read('replicate-community, hardware: H100');
    expect(spec.seconds_per_image).toBeGreaterThan(0);
    expect((spec.terms as { usd_per_run_second: number }).usd_per_run_second).toBeGreaterThan(0);
    expect(read('replicate-community, hardware: H100, usd_per_run_second: 3').spec.terms).toEqual({
      usd_per_run_second: 3,
    });
    expect(errorsOf('replicate-community, usd_per_run_second: 3').join()).toContain(
      'and a hardware that the price book knows',
    );
  });

  test('warm instances above the most are refused', () => {
    for (const keys of [
      'replicate-official, price_per_image: 1',
      'replicate-community, usd_per_run_second: 1, seconds_per_image: 6',
    ]) {
      expect(errorsOf(`${keys}, warm_instances: 4, max_instances: 3`)).toEqual([
        'platforms.it.warm_instances: expected at most max_instances, which is 3, here 4',
      ]);
      expect(read(`${keys}, warm_instances: 3, max_instances: 3`).spec.policy).toMatchObject({
        keep_warm: kept(3),
        max_containers: 3,
      });
    }
  });

  test('a training has no limit of half an hour unless it is given one', () => {
    const own = 'replicate-training, usd_per_run_second: 1';
    expect(read(`${own}, limits: real`, undefined, training).spec.policy.timeout_s).toBe(NEVER);
    expect(
      read(`${own}, timeout: 9s, max_instances: 3, cold_start: 1s`, undefined, training).spec.policy,
    ).toMatchObject({
      timeout_s: 9,
      max_containers: 3,
      cold_start: constant(1),
    });
  });
});

test('platforms that serve trainings alone need no speed', () => {
  expect(
    read('modal, usd_per_second: 1, sources: [images]', 'prices: "2026-10"', training).spec.seconds_per_image,
  ).toBe(1);
});

test('one that is always on begins warm', () => {
  expect(read('dedicated, machines: 2, usd_per_hour: 1, seconds_per_image: 6').spec.policy.start).toBe(
    'warm',
  );
});
