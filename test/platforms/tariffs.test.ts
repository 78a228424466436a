import { describe, expect, test } from 'vitest';
import { scenarioOf, simulate } from '../oracles/simulate.ts';

/** One request half an hour into an hour; its cost by hand. */
function one(platform: string, extra = 'duration: 1h') {
  const result = simulate(
    scenarioOf(`
name: one
replications: 1
model: flux-dev
variant: fp8
${extra}
traffic: [{ process: constant, rate: 2/h, images: 2 }]
platforms: { it: ${platform} }
`),
  );
  return { row: result.platforms[0]!.summary.row, hour: result.platforms[0]!.hourly[0]!, result };
}

describe('one request of two images, 6.3 s each', () => {
  test('on RunPod costs its worker’s life, 8 + 12.6 + 5 = 25.6 s, rounded up to 26', () => {
    const { row, hour } = one(
      '{ kind: runpod-serverless, usd_per_second: 0.5, seconds_per_image: 6.3, scaler: { rule: request-count } }',
    );
    expect(hour.billed_s).toBeCloseTo(26, 9);
    expect(hour.rounding_s).toBeCloseTo(0.4, 9);
    expect(row.cost_usd_per_hour).toBeCloseTo(13, 9);
    expect(row.latency_p50_s).toBeCloseTo(20.6, 9);
  });

  test('on RunPod, by the delay of 4 s, starts two more workers while it waits for the first: 26 + 13 + 13 s', () => {
    // The checks at 5 and 6 s find it waiting; each of the two boots for 8 s and idles for 5. At most 3 run.
    const { hour } = one('{ kind: runpod-serverless, usd_per_second: 0.5, seconds_per_image: 6.3 }');
    expect(hour).toMatchObject({ cold_starts: 3, containers_max: 3 });
    expect(hour.billed_s).toBeCloseTo(52, 9);
  });

  test('on an active RunPod worker costs the hour at the discount, and nothing is rounded', () => {
    const { row, hour } = one(
      '{ kind: runpod-serverless, usd_per_second: 0.5, seconds_per_image: 6.3, workers_min: 1, active_discount: 0.2 }',
    );
    expect(hour.rounding_s).toBe(0);
    expect(row.cost_usd_per_hour).toBeCloseTo(3600 * 0.5 * 0.8, 9);
  });

  test('as a community model costs its run, not the boot of 120 s that it waits for', () => {
    const { row } = one('{ kind: replicate-community, hardware: H100, seconds_per_image: 6.3 }');
    expect(row.cost_usd_per_hour).toBeCloseTo(12.6 * 0.001525, 12);
    expect(row.latency_p50_s).toBe(132.6);
  });

  test('on a deployment costs setup, run and idle time: 60 + 12.6 + 300 s', () => {
    const { row } = one('{ kind: replicate-deployment, hardware: H100, seconds_per_image: 6.3 }');
    expect(row.cost_usd_per_hour).toBeCloseTo(372.6 * 0.001525, 12);
  });

  test('takes its speed from the book by the name of the hardware', () => {
    const { row } = one('{ kind: replicate-community, hardware: H100 }');
    expect(row.latency_p50_s).toBeCloseTo(120 + 2 * 4.6, 9);
  });

  test('that is cut by its timeout makes no image, and its run is charged', () => {
    const { row } = one(
      '{ kind: replicate-community, hardware: H100, seconds_per_image: 6.3, timeout: 10s }',
    );
    expect(row).toMatchObject({ requests: 1, completed: 0, failed: 1, images: 0, latency_p50_s: null });
    expect(row.cost_usd_per_hour).toBeCloseTo(10 * 0.001525, 12);
  });

  test('that has not started by its deadline is free, and one that was stopped after it is not', () => {
    const late = '{ kind: replicate-community, hardware: H100, seconds_per_image: 6.3, prediction_deadline: ';
    const { row: aborted } = one(`${late}100s }`);
    expect(aborted).toMatchObject({ aborted: 1, canceled: 0, cost_usd_per_hour: 0 });
    const { row: canceled } = one(`${late}125s }`);
    expect(canceled).toMatchObject({ aborted: 0, canceled: 1, images: 0 });
    expect(canceled.cost_usd_per_hour).toBeCloseTo(5 * 0.001525, 12);
    const { row: inTime } = one(`${late}132600ms }`);
    expect(inTime).toMatchObject({ completed: 1, images: 2 });
  });
});

describe('a training of 20 minutes', () => {
  const training = (platform: string) => {
    const { platforms } = simulate(
      scenarioOf(`
name: training
duration: 1h
replications: 1
traffic: [{ name: jobs, kind: training, process: constant, rate: 2/h, duration: 20m }]
platforms: { it: ${platform} }
`),
    );
    return platforms[0]!.summary.row;
  };

  test('on Replicate costs 1,200 s of its hardware and no boot', () => {
    const row = training('{ kind: replicate-training, hardware: H100 }');
    expect(row.cost_usd_per_hour).toBeCloseTo(1200 * 0.001525, 12);
    expect(row).toMatchObject({ images: 0, cost_usd_per_image: null, latency_p50_s: 1260 });
    expect(row.cost_usd_per_request).toBeCloseTo(1200 * 0.001525, 12);
  });

  test('as a Modal Function of twice the speed costs boot, run and idle window', () => {
    const row = training(
      '{ kind: modal, sources: [jobs], gpu: H100, training_speed: 2, container_idle_timeout: 2s }',
    );
    expect(row.cost_usd_per_hour).toBeCloseTo((8 + 600 + 2) * 0.001097, 12);
  });

  test('fails within Modal’s default timeout of 300 s if the real limits apply and no longer one is set', () => {
    const platform = '{ kind: modal, sources: [jobs], gpu: H100, limits: real, container_idle_timeout: 2s';
    expect(training(`${platform} }`)).toMatchObject({ failed: 1, completed: 0 });
    expect(training(`${platform}, timeout: 1h }`)).toMatchObject({ failed: 0, completed: 1 });
  });
});
