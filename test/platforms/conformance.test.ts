import { describe, expect, test } from 'vitest';
import { replicationRowsOf } from '../../src/experiment/run.ts';
import { cost_usd } from '../../src/measure/run-record.ts';
import { platformKinds } from '../../src/platforms/table.ts';
import { scenarioOf, simulate } from '../oracles/simulate.ts';

/** For each kind some platforms, as lines of YAML; their prices are named so that they can be scaled. */
const CASES: Record<keyof typeof platformKinds, { keys: string[]; prices: Record<string, number> }[]> = {
  modal: [
    {
      keys: ['seconds_per_image: 6', 'keep_warm: 1', 'container_idle_timeout: 30s'],
      prices: { usd_per_second: 0.001 },
    },
    {
      keys: [
        'seconds_per_image: 6',
        'buffer_containers: 1',
        'keep_warm: {"00:00": 0, "01:00": 2}',
        'dispatch: random',
        'gpus: 2',
      ],
      prices: { usd_per_second: 0.001 },
    },
    {
      keys: ['seconds_per_image: 9', 'max_containers: 2', 'queue_limit: 2', 'start_deadline: 20s'],
      prices: { usd_per_second: 0.001 },
    },
  ],
  'replicate-official': [
    { keys: ['warm_instances: 3', 'max_instances: 9'], prices: { price_per_image: 0.03 } },
    { keys: ['warm_instances: 0', 'cold_start: 20s'], prices: { usd_per_run_second: 0.001 } },
  ],
  'replicate-community': [
    { keys: ['seconds_per_image: 6', 'cold_start: 90s'], prices: { usd_per_run_second: 0.001 } },
    {
      keys: [
        'seconds_per_image: 6',
        'warm_instances: 2',
        'prediction_deadline: 8s',
        'background: { process: poisson, rate: 300/h }',
      ],
      prices: { usd_per_run_second: 0.001 },
    },
  ],
  'replicate-deployment': [
    { keys: ['seconds_per_image: 6', 'min_instances: 1'], prices: { usd_per_second: 0.001 } },
    {
      keys: ['seconds_per_image: 6', 'creations_per_minute: 4', 'on_429: reject', 'timeout: 14s'],
      prices: { usd_per_second: 0.001 },
    },
  ],
  'replicate-training': [{ keys: [], prices: { usd_per_run_second: 0.001 } }],
  'runpod-serverless': [
    { keys: ['seconds_per_image: 6'], prices: { usd_per_second: 0.001 } },
    {
      keys: [
        'seconds_per_image: 6',
        'workers_min: 1',
        'active_discount: 0.3',
        'scaler: { rule: request-count, value: 2 }',
        'limits: real',
      ],
      prices: { usd_per_second: 0.001 },
    },
  ],
  dedicated: [{ keys: ['machines: 2', 'seconds_per_image: 6'], prices: { usd_per_hour: 2.5 } }],
};

/** Requests of two images each; for a kind that serves nothing else, trainings. */
function sourceFor(kind: string, rate: string): string {
  const { serves } = platformKinds[kind as keyof typeof platformKinds];
  return serves.includes('requests' as never)
    ? `{ process: poisson, rate: ${rate}, work: { distribution: lognormal, cv: 0.5 }, images: 2 }`
    : `{ kind: training, process: poisson, rate: ${rate}, duration: { distribution: exponential, mean: 2m } }`;
}

function text(kind: string, keys: readonly string[], prices: Record<string, number>, rate = '200/h'): string {
  const lines = [
    `kind: ${kind}`,
    ...keys,
    ...Object.entries(prices).map(([key, value]) => `${key}: ${value}`),
  ];
  return `
name: conformance
duration: 150m
replications: 3
traffic:
  - ${sourceFor(kind, rate)}
platforms:
  it:
${lines.map((line) => `    ${line}`).join('\n')}
`;
}

test('every kind of the table has cases here', () => {
  expect(Object.keys(CASES).sort()).toEqual(Object.keys(platformKinds).sort());
});

const all = Object.entries(CASES).flatMap(([kind, cases]) => cases.map((one, i) => ({ kind, i, ...one })));

describe.each(all)('$kind, case $i', ({ kind, keys, prices }) => {
  const run = () => {
    const result = simulate(scenarioOf(text(kind, keys, prices)));
    const rows = [...replicationRowsOf(result)] as Record<string, number>[];
    return { result, rows, row: result.platforms[0]!.summary.row };
  };

  test('every request has one fate, in every hour and in the summary', () => {
    const { rows, row } = run();
    for (const hour of [...rows, row as Record<string, number>]) {
      const served = hour.completed! + hour.failed! + hour.canceled!;
      expect(served + hour.rejected! + hour.aborted!).toBe(hour.requests);
    }
  });

  test('alive is starting, busy and idle, exactly, in every hour', () => {
    const { result } = run();
    for (const { runs } of result.platforms) {
      for (const { hours } of runs) {
        hours.alive_us.forEach((alive_us, h) => {
          expect(hours.starting_us[h]! + hours.busy_us[h]! + hours.idle_us[h]!).toBe(alive_us);
        });
      }
    }
  });

  test('the hours add up to the totals of the summary', () => {
    const { result, rows, row } = run();
    const counts = [
      'requests',
      'completed',
      'failed',
      'canceled',
      'rejected',
      'aborted',
      'images',
      'cold_starts',
    ];
    for (const name of counts) {
      expect([name, rows.reduce((sum, hour) => sum + hour[name]!, 0)]).toEqual([name, row[name]]);
    }
    const perHour = result.platforms[0]!.runs.reduce((sum, run) => sum + cost_usd(run), 0) / 3 / 2.5;
    expect(perHour).toBeCloseTo(row.cost_usd_per_hour as number, 12);
  });

  test('the parts of the cost add up to the cost, and no part is negative', () => {
    const { rows } = run();
    for (const hour of rows) {
      const parts = ['starting', 'busy', 'idle', 'request'].map((part) => hour[`cost_${part}_usd`]!);
      expect(Math.min(...parts)).toBeGreaterThanOrEqual(0);
      expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(hour.cost_usd!, 12);
    }
  });

  test('doubling the prices doubles the cost and changes nothing else', () => {
    const { row } = run();
    const doubled = Object.fromEntries(Object.entries(prices).map(([key, value]) => [key, 2 * value]));
    const dear = simulate(scenarioOf(text(kind, keys, doubled))).platforms[0]!.summary.row;
    for (const [name, value] of Object.entries(row)) {
      if (typeof value !== 'number') expect([name, dear[name]]).toEqual([name, value]);
      else expect(dear[name] as number, name).toBeCloseTo(name.includes('_usd') ? 2 * value : value, 9);
    }
  });

  test('no traffic costs nothing but what is kept warm, and leaves ratios and percentiles empty', () => {
    const quiet = simulate(scenarioOf(text(kind, keys, prices).replace(/traffic:\n.*\n/, 'traffic: []\n')));
    const { summary, runs } = quiet.platforms[0]!;
    expect(summary.row.requests).toBe(0);
    for (const name of ['cost_usd_per_image', 'latency_p95_s', 'wait_mean_s', 'cold_request_fraction']) {
      expect([name, summary.row[name]]).toEqual([name, null]);
    }
    const isCharged = !('price_per_image' in prices || 'usd_per_run_second' in prices);
    const alive_s = runs[0]!.hours.alive_us.reduce((sum, us) => sum + us, 0) / 1e6;
    expect((summary.row.cost_usd_per_hour as number) > 0).toBe(isCharged && alive_s > 0);
  });
});

test('keep_warm 1 without traffic costs 86,400 s of an A100, $59.9616 a day', () => {
  const { platforms } = simulate(
    scenarioOf(`
name: quiet-day
prices: article-2026-04
model: flux-dev
duration: 24h
traffic: []
platforms: { modal: { kind: modal, gpu: A100-80GB, keep_warm: 1 } }
`),
  );
  expect(platforms[0]!.summary.row.cost_usd_per_hour as number).toBeCloseTo(59.9616 / 24, 12);
});

test('adding a platform or a source changes nothing of the others', () => {
  const platform = (name: string) =>
    `  ${name}: { kind: modal, usd_per_second: 0.001, seconds_per_image: 6, keep_warm: 1 }\n`;
  const source = (name: string) =>
    `  - { name: ${name}, process: poisson, rate: 100/h, work: { distribution: gamma, cv: 1 } }\n`;
  const make = (sources: string[], names: string[]) =>
    simulate(
      scenarioOf(
        `name: x\nduration: 5h\nreplications: 2\ntraffic:\n${sources.map(source).join('')}platforms:\n${names.map(platform).join('')}`,
      ),
    );
  const alone = make(['a'], ['one']);
  const beside = make(['a'], ['other', 'one']);
  expect(beside.platforms[1]!.summary.row).toEqual(alone.platforms[0]!.summary.row);
  expect(beside.platforms[1]!.hourly).toEqual(alone.platforms[0]!.hourly);
});
