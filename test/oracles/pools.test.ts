import { describe, expect, test } from 'vitest';
import { setupPool } from '../theory/exponential-setup.ts';
import { constant, exponential, oneContainer } from '../theory/one-container.ts';
import { unlimitedPool } from '../theory/unlimited-pool.ts';
import { CONSTANT, EXPONENTIAL, errorsOff, expectTruth, measured, queue } from './simulate.ts';

const USD_PER_HOUR = 0.000694 * 3600;

describe('one container with a cold start and an idle window', () => {
  test.each([
    { perHour: 83, window: 60, coldStart: 8, law: 'constant' },
    { perHour: 30, window: 60, coldStart: 8, law: 'constant' },
    { perHour: 360, window: 2, coldStart: 8, law: 'exponential' },
  ] as const)('$perHour an hour, window $window s, $law service', ({ perHour, window, coldStart, law }) => {
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
        duration: '30d',
      }),
    );
    expectTruth('starts per request', estimates.starts, truth.starts, 20);
    expectTruth('alive fraction', estimates.containers, truth.alive, 20);
    expectTruth('wait', estimates.wait, truth.wait, 20);
    expectTruth('cost per hour', estimates.costPerHour, truth.alive * USD_PER_HOUR, 20);
    expect(
      Math.abs(errorsOff(estimates.containers, 1.02 * truth.alive, 20)),
      '2 % off is refused',
    ).toBeGreaterThan(4);
  });
});

describe('an unlimited pool without cold-start time', () => {
  test.each([
    { window: 60, keepWarm: 0 },
    { window: 60, keepWarm: 1 },
    { window: 10, keepWarm: 1 },
  ])('window $window s, keep_warm $keepWarm', ({ window, keepWarm }) => {
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
        duration: '20d',
      }),
    );
    expectTruth('P(cold)', estimates.starts, truth.cold, 20);
    expectTruth('containers', estimates.containers, truth.containers, 20);
    expectTruth('cost per hour', estimates.costPerHour, truth.containers * USD_PER_HOUR, 20);
    expect(
      Math.abs(errorsOff(estimates.containers, 0.98 * truth.containers, 20)),
      '2 % off is refused',
    ).toBeGreaterThan(4);
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
      duration: '1d',
    }),
  );
  expectTruth('sojourn', estimates.sojourn, truth.sojourn, 20);
  expectTruth('alive seconds per request', estimates.alivePerRequest, truth.alivePerRequest, 20);
  expectTruth('starts per request', estimates.starts, truth.startsPerRequest, 20);
  expect(
    Math.abs(errorsOff(estimates.sojourn, 1.02 * truth.sojourn, 20)),
    '2 % off is refused',
  ).toBeGreaterThan(4);
});
