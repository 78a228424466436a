import fc from 'fast-check';

/** A key with one of some values, or without. */
function maybe(key: string, ...values: readonly (string | number | boolean)[]): fc.Arbitrary<string[]> {
  return fc
    .option(fc.constantFrom(...values), { nil: undefined, freq: 2 })
    .map((value) => (value === undefined ? [] : [`${key}: ${value}`]));
}

function map(...keys: readonly fc.Arbitrary<readonly string[]>[]): fc.Arbitrary<string> {
  return fc.tuple(...keys).map((parts) => `{ ${parts.flat().join(', ')} }`);
}

const always = (text: string) => fc.constant([text]);

/** Whole seconds nearly everywhere, so that much happens at one instant. */
const process = fc.constantFrom(
  'process: constant, rate: 2/min',
  'process: poisson, rate: 150/h',
  'process: on-off, rate_on: 10/min, mean_on: 3m, mean_off: 9m',
  'process: batch, rate: 30/h, size: 4',
  'process: gamma, rate: 100/h, cv: 3',
  'process: hawkes, base_rate: 60/h, branching: 0.5, decay: 20s',
  'process: mmpp, states: [{rate: 10/h, mean_duration: 20m}, {rate: 600/h, mean_duration: 5m}]',
  'process: diurnal, rate: 100/h, amplitude: 1',
  'process: phases, phases: [{duration: 30m, rate: 300/h}, {duration: 1h, rate: 10/h}]',
  'process: weibull, rate: 100/h, shape: 0.5',
  'process: hyperexponential, rate: 100/h, cv: 3',
  'process: flash-crowd, base_rate: 20/h, at: 40m, peak_rate: 900/h, rise: 1m, decay: 5m',
  `process: hourly, rates: [60/h, 0/h, 200/h, ${Array(21).fill('60/h').join(', ')}]`,
);
const source = (name: string) =>
  map(
    always(`name: ${name}`),
    process.map((text) => [text]),
    maybe('images', 1, 2, '{ distribution: constant, value: 3 }'),
    maybe('work', '{ distribution: exponential }', '{ distribution: lognormal, cv: 1 }'),
    maybe('adapters', 3),
    maybe('rate_scale', 0.5, 2),
  );

const coldStart = maybe('cold_start', '0s', '20s', '{ distribution: exponential, mean: 10s }');
const shared = [
  maybe('dispatch', 'least-recent', 'random'),
  maybe('queue_limit', 0, 3),
  maybe('start_deadline', '0s', '5s', '30s'),
  maybe('timeout', '8s'),
  maybe('adapter_cache', 1, 2),
  maybe('adapter_load', '2s'),
];
const BACKGROUND = '{ process: poisson, rate: 200/h }';
const platform = fc.oneof(
  map(
    always('kind: modal, usd_per_second: 0.001, seconds_per_image: 6, max_containers: 8'),
    maybe('keep_warm', 1, 3, '{"00:00": 2, "01:00": 0, "02:00": 4}'),
    maybe('container_idle_timeout', '2s', '60s', '{ distribution: uniform, min: 0s, max: 60s }'),
    maybe('buffer_containers', 1, 2),
    maybe('limits', 'real'),
    coldStart,
    ...shared,
  ),
  map(
    always('kind: replicate-official, price_per_image: 0.03, seconds_per_image: 4'),
    maybe('warm_instances', 0, 2),
    fc.constantFrom(['background: none'], [`background: ${BACKGROUND}`]),
    maybe('creations_per_minute', 2, 10),
    coldStart,
  ),
  map(
    always('kind: replicate-community, usd_per_run_second: 0.001, seconds_per_image: 5'),
    fc.constantFrom(['background: none'], [`background: ${BACKGROUND}`]),
    maybe('prediction_deadline', '20s'),
    coldStart,
  ),
  map(
    always('kind: replicate-deployment, usd_per_second: 0.001, seconds_per_image: 6'),
    maybe('min_instances', 1),
    maybe('instance_idle_timeout', '10s'),
    maybe('prediction_deadline', '15s'),
    coldStart,
  ),
  map(
    always('kind: runpod-serverless, usd_per_second: 0.001, seconds_per_image: 6'),
    maybe('workers_min', 1),
    maybe('scaler', '{ rule: request-count, value: 2 }', '{ rule: queue-delay, value: 4s }'),
    coldStart,
  ),
  fc.constant('{ kind: dedicated, machines: 2, usd_per_hour: 2.5, seconds_per_image: 6 }'),
);

/** Jobs that take minutes, on a platform of their own that does them. */
const training = map(
  always('name: jobs, kind: training, process: poisson, rate: 6/h'),
  fc.constantFrom(['duration: 10m'], ['duration: { distribution: exponential, mean: 4m }']),
);
const trainer = fc.oneof(
  map(
    always('kind: replicate-training, usd_per_run_second: 0.001, sources: [jobs]'),
    maybe('max_instances', 1),
    coldStart,
  ),
  map(
    always('kind: modal, usd_per_second: 0.001, sources: [jobs], timeout: 86400s'),
    maybe('max_containers', 1, 2),
    maybe('training_speed', 2),
    coldStart,
  ),
);

export interface ScenarioParts {
  readonly seed: number;
  readonly start: string;
  readonly sources: readonly string[];
  readonly platforms: readonly string[];
  /** A source of trainings and a platform for it; without them nothing is said of sources. */
  readonly trainings: readonly [source: string, platform: string] | undefined;
}

/** Parts of scenarios of three hours, over all processes, kinds and policies. */
export const arbitraryParts: fc.Arbitrary<ScenarioParts> = fc.record({
  seed: fc.nat(),
  start: fc.constantFrom('warm', 'empty'),
  sources: fc.oneof(fc.tuple(source('a')), fc.tuple(source('a'), source('b'))),
  platforms: fc.array(platform, { minLength: 1, maxLength: 3 }),
  trainings: fc.option(fc.tuple(training, trainer), { nil: undefined, freq: 2 }),
});

/** @param names of the platforms; default p0, p1, ...; the one for trainings is last, and named trainer */
export function scenarioText(
  { seed, start, sources, platforms, trainings }: ScenarioParts,
  names?: readonly string[],
): string {
  const [jobs, trainer] = trainings ?? [];
  const ours = sources.map((_, k) => 'ab'[k]).join(', ');
  const served =
    jobs === undefined ? platforms : platforms.map((one) => one.replace(/ }$/, `, sources: [${ours}] }`));
  return `name: generated
duration: 170m
replications: 2
seed: ${seed}
start: ${start}
traffic:
${[...sources, ...(jobs === undefined ? [] : [jobs])].map((one) => `  - ${one}`).join('\n')}
platforms:
${served.map((one, k) => `  ${names?.[k] ?? `p${k}`}: ${one}`).join('\n')}
${trainer === undefined ? '' : `  trainer: ${trainer}\n`}`;
}
