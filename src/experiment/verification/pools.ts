import { setupPool } from '../../theory/exponential-setup.ts';
import { constant, exponential, oneContainer } from '../../theory/one-container.ts';
import { unlimitedPool } from '../../theory/unlimited-pool.ts';
import { type Case, CONSTANT, EXPONENTIAL, poisson, poolScenario, USD_PER_SECOND } from './case.ts';

/** Pools whose containers come and go. */

const USD_PER_HOUR = USD_PER_SECOND * 3600;

function single(perHour: number, window_s: number, law: 'constant' | 'exponential', duration: string): Case {
  const lambda = perHour / 3600;
  const service = law === 'constant' ? constant(6) : exponential(6);
  const { starts, alive, wait } = oneContainer(lambda, service, constant(8), Math.exp(-lambda * window_s));
  return {
    name: `one container, ${perHour} an hour, window ${window_s} s`,
    source: 'Welch 1964',
    scenario: poolScenario({
      traffic: ['process: poisson', `rate: ${perHour}/h`],
      service: 6,
      work: law === 'constant' ? CONSTANT : EXPONENTIAL,
      pool: ['max_containers: 1', `container_idle_timeout: ${window_s}s`, 'cold_start: 8s'],
      duration,
    }),
    truths: { starts, containers: alive, wait, cost: alive * USD_PER_HOUR },
    refuses: ['starts', 'containers', 'wait'],
  };
}

function unlimited(
  lambda: number,
  service: number,
  window_s: number,
  keepWarm: number,
  duration: string,
): Case {
  const { cold, containers, busy } = unlimitedPool(lambda, service, window_s, keepWarm);
  return {
    name: `unlimited pool, ${lambda} a second, window ${window_s} s, ${keepWarm} warm`,
    source: 'M/M/infinity',
    scenario: poolScenario({
      traffic: poisson(lambda),
      service,
      work: EXPONENTIAL,
      pool: [
        `keep_warm: ${keepWarm}`,
        'max_containers: 1000',
        `container_idle_timeout: ${window_s}s`,
        'cold_start: 0s',
      ],
      duration,
    }),
    truths: { starts: cold, containers, cost: containers * USD_PER_HOUR, busy },
    refuses: ['containers'],
  };
}

const setup = setupPool({ lambda: 2, mu: 1, coldStartRate: 0.25, windowRate: 0.1, maxContainers: 4 });

export const POOLS: readonly Case[] = [
  single(83, 60, 'constant', '15d'),
  single(30, 60, 'constant', '20d'),
  single(360, 2, 'exponential', '12d'),
  unlimited(0.1, 6, 60, 0, '8d'),
  unlimited(0.1, 6, 60, 1, '8d'),
  unlimited(0.1, 6, 10, 1, '3d'),
  // The published example of SimFaaS.
  unlimited(0.9, 1.991, 600, 0, '6d'),
  {
    name: 'exponential cold starts and windows',
    source: 'Markov chain',
    scenario: poolScenario({
      traffic: poisson(2),
      service: 1,
      work: EXPONENTIAL,
      pool: [
        'max_containers: 4',
        'cold_start: { distribution: exponential, mean: 4s }',
        'container_idle_timeout: { distribution: exponential, mean: 10s }',
      ],
      duration: '8h',
    }),
    truths: { sojourn: setup.sojourn, alive: setup.alivePerRequest, starts: setup.startsPerRequest },
    refuses: ['sojourn', 'alive', 'starts'],
  },
];
