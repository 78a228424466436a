import { describe, test } from 'vitest';
import { setupPool } from '../theory/exponential-setup.ts';
import { constant, exponential, oneContainer } from '../theory/one-container.ts';
import { unlimitedPool } from '../theory/unlimited-pool.ts';
import { CONSTANT, EXPONENTIAL, expectPower, expectTruth, measured, queue } from './simulate.ts';

const USD_PER_HOUR = 0.000694 * 3600;

describe('one container with a cold start and an idle window', () => {
  test.each([
    { perHour: 83, window: 60, coldStart: 8, law: 'constant', duration: '15d' },
    { perHour: 30, window: 60, coldStart: 8, law: 'constant', duration: '20d' },
    { perHour: 360, window: 2, coldStart: 8, law: 'exponential', duration: '12d' },
  ] as const)(
    '$perHour an hour, window $window s, $law service',
    ({ perHour, window, coldStart, law, duration }) => {
      const lambda = perHour / 3600;
      const truth = oneContainer(
        lambda,
        law === 'constant' ? constant(6) : exponential(6),
        constant(coldStart),
        Math.exp(-lambda * window),
      );
      const estimates = measured(
        queue({
          traffic: ['process: poisson', `rate: ${perHour}/h`],
          service: 6,
          work: law === 'constant' ? CONSTANT : EXPONENTIAL,
          pool: [
            'keep_warm: 0',
            'max_containers: 1',
            `container_idle_timeout: ${window}s`,
            `cold_start: ${coldStart}s`,
          ],
          duration,
        }),
      );
      expectTruth('starts per request', estimates.starts, truth.starts, 20);
      expectTruth('alive fraction', estimates.containers, truth.alive, 20);
      expectTruth('wait', estimates.wait, truth.wait, 20);
      expectTruth('cost per hour', estimates.costPerHour, truth.alive * USD_PER_HOUR, 20);
      expectPower('starts per request', estimates.starts, truth.starts, 20);
      expectPower('alive fraction', estimates.containers, truth.alive, 20);
      expectPower('wait', estimates.wait, truth.wait, 20);
    },
  );
});

describe('an unlimited pool without cold-start time', () => {
  test.each([
    { window: 60, keepWarm: 0, duration: '8d' },
    { window: 60, keepWarm: 1, duration: '8d' },
    { window: 10, keepWarm: 1, duration: '3d' },
  ])('window $window s, keep_warm $keepWarm', ({ window, keepWarm, duration }) => {
    const truth = unlimitedPool(0.1, 6, window, keepWarm);
    const estimates = measured(
      queue({
        traffic: ['process: poisson', 'rate: 0.1/s'],
        service: 6,
        work: EXPONENTIAL,
        pool: [
          `keep_warm: ${keepWarm}`,
          'max_containers: 1000',
          `container_idle_timeout: ${window}s`,
          'cold_start: 0s',
        ],
        duration,
      }),
    );
    expectTruth('P(cold)', estimates.starts, truth.cold, 20);
    expectTruth('containers', estimates.containers, truth.containers, 20);
    expectTruth('cost per hour', estimates.costPerHour, truth.containers * USD_PER_HOUR, 20);
    expectPower('P(cold)', estimates.starts, truth.cold, 20);
    expectPower('containers', estimates.containers, truth.containers, 20);
  });

  test('the published example of a FaaS simulator: a window of ten minutes', () => {
    const truth = unlimitedPool(0.9, 1.991, 600, 0);
    const estimates = measured(
      queue({
        traffic: ['process: poisson', 'rate: 0.9/s'],
        service: 1.991,
        work: EXPONENTIAL,
        pool: ['keep_warm: 0', 'max_containers: 1000', 'container_idle_timeout: 600s', 'cold_start: 0s'],
        duration: '6d',
      }),
    );
    expectTruth('P(cold)', estimates.starts, truth.cold, 20);
    expectTruth('containers', estimates.containers, truth.containers, 20);
    expectTruth('running', estimates.busy, truth.busy, 20);
    expectPower('containers', estimates.containers, truth.containers, 20);
    expectPower('running', estimates.busy, truth.busy, 20);
  });
});

test('a pool with exponential cold starts and idle windows is its Markov chain', () => {
  const truth = setupPool({ lambda: 2, mu: 1, coldStartRate: 0.25, windowRate: 0.1, maxContainers: 4 });
  const estimates = measured(
    queue({
      traffic: ['process: poisson', 'rate: 2/s'],
      service: 1,
      work: EXPONENTIAL,
      pool: [
        'keep_warm: 0',
        'max_containers: 4',
        'cold_start: { distribution: exponential, mean: 4s }',
        'container_idle_timeout: { distribution: exponential, mean: 10s }',
      ],
      duration: '8h',
    }),
  );
  expectTruth('sojourn', estimates.sojourn, truth.sojourn, 20);
  expectTruth('alive seconds per request', estimates.alivePerRequest, truth.alivePerRequest, 20);
  expectTruth('starts per request', estimates.starts, truth.startsPerRequest, 20);
  expectPower('sojourn', estimates.sojourn, truth.sojourn, 20);
  expectPower('alive seconds per request', estimates.alivePerRequest, truth.alivePerRequest, 20);
  expectPower('starts per request', estimates.starts, truth.startsPerRequest, 20);
});
