import { describe, expect, test } from 'vitest';
import { erlangB, mmcKLoss, mmcSojournQuantile, mmcWait } from '../theory/erlang.ts';
import {
  gammaTransform,
  gim1Sojourn,
  gim1SojournQuantile,
  hyperexponentialTransform,
  type Transform,
  weibullTransform,
} from '../theory/gim1.ts';
import { mdcSojournQuantile, mdcWait } from '../theory/mdc.ts';
import { pollaczekKhinchine } from '../theory/mg1.ts';
import { mmpp2Dispersion, mmppSojourn, mmppSojournQuantile, twoPhases } from '../theory/mmpp.ts';
import {
  CONSTANT,
  EXPONENTIAL,
  expectPower,
  expectTruth,
  type Measured,
  measured,
  type QueueModel,
  queue,
} from './simulate.ts';

interface Row {
  name: string;
  model: Omit<QueueModel, 'start'>;
  truths: Partial<Record<keyof Measured, number>>;
  /** Those that are so exact that 2 % off must be refused. */
  refuses?: readonly (keyof Measured)[];
  /** The dispersion of the traffic that the run reports, by the window in seconds. */
  dispersion?: { window_s: 60 | 3600; truth: number };
}

const poisson = (rate: number) => ['process: poisson', `rate: ${rate}/s`];
const servers = (count: number, limit?: number) => [
  `keep_warm: ${count}`,
  `max_containers: ${count}`,
  ...(limit === undefined ? [] : [`queue_limit: ${limit}`]),
];

function mmc(lambda: number, mu: number, c: number, duration: string): Row {
  return {
    name: `M/M/${c} at ${lambda} a second`,
    model: { traffic: poisson(lambda), service: 1 / mu, work: EXPONENTIAL, pool: servers(c), duration },
    truths: {
      wait: mmcWait(lambda, mu, c),
      sojourn: mmcWait(lambda, mu, c) + 1 / mu,
      p95: mmcSojournQuantile(0.95, lambda, mu, c),
      p99: mmcSojournQuantile(0.99, lambda, mu, c),
    },
  };
}

function mdc(lambda: number, service: number, c: number): Row {
  return {
    name: `M/D/${c} at ${lambda} a second`,
    model: { traffic: poisson(lambda), service, work: CONSTANT, pool: servers(c), duration: '7d' },
    truths: { wait: mdcWait(lambda, service, c), p95: mdcSojournQuantile(0.95, lambda, service, c) },
  };
}

/** A single server of mean 6 s; the numbers themselves are those of test/theory. */
function gim1(name: string, traffic: string[], transform: Transform): Row {
  return {
    name,
    model: { traffic, service: 6, work: EXPONENTIAL, pool: servers(1), duration: '10d' },
    truths: { sojourn: gim1Sojourn(transform, 1 / 6), p95: gim1SojournQuantile(0.95, transform, 1 / 6) },
  };
}

const onOff = twoPhases([0.5, 0], [1 / 60, 1 / 240]);
const mmpp = twoPhases([0.3, 0.05], [1 / 60, 1 / 300]);

const ROWS: Row[] = [
  mmc(0.8, 1, 1, '2d'),
  mmc(0.1, 1 / 6, 1, '7d'),
  { ...mmc(0.5, 1 / 6, 4, '3d'), refuses: ['sojourn'] },
  { ...mmc(8, 1, 10, '6h'), refuses: ['sojourn', 'p95', 'p99'] },
  mdc(0.1, 6, 1),
  { ...mdc(0.5, 6, 4), refuses: ['p95'] },
  {
    name: 'M/M/2/5',
    model: { traffic: poisson(1.5), service: 1, work: EXPONENTIAL, pool: servers(2, 3), duration: '1d' },
    truths: { loss: mmcKLoss(1.5, 1, 2, 3) },
    refuses: ['loss'],
  },
  ...[EXPONENTIAL, CONSTANT, '{ distribution: lognormal, cv: 2 }'].map((work) => ({
    name: `M/G/8/8 with work ${work}`,
    model: { traffic: poisson(0.5), service: 6, work, pool: servers(8, 0), duration: '3d' },
    truths: { loss: erlangB(3, 8) },
  })),
  {
    name: 'M/G/1 with lognormal service, cv 2',
    model: {
      traffic: poisson(0.1),
      service: 6,
      work: '{ distribution: lognormal, cv: 2 }',
      pool: servers(1),
      duration: '20d',
    },
    truths: { wait: pollaczekKhinchine(0.1, 6, 36 * 5) },
  },
  gim1('Gamma(cv 2)/M/1', ['process: gamma', 'rate: 0.1/s', 'cv: 2'], gammaTransform(10, 2)),
  gim1('Weibull(k = .5)/M/1', ['process: weibull', 'rate: 0.1/s', 'shape: 0.5'], weibullTransform(10, 0.5)),
  gim1(
    'hyperexponential (cv^2 = 4)/M/1',
    ['process: hyperexponential', 'rate: 0.1/s', 'cv: 2'],
    hyperexponentialTransform(10, 2),
  ),
  {
    name: 'on-off Poisson / M / 1',
    model: {
      traffic: ['process: on-off', 'rate_on: 0.5/s', 'mean_on: 60s', 'mean_off: 240s'],
      service: 6,
      work: EXPONENTIAL,
      pool: servers(1),
      duration: '60d',
    },
    truths: { sojourn: mmppSojourn(onOff, 1 / 6), p95: mmppSojournQuantile(0.95, onOff, 1 / 6) },
    dispersion: { window_s: 3600, truth: mmpp2Dispersion(3600, [0.5, 0], [1 / 60, 1 / 240]) },
  },
  {
    name: 'MMPP(2) / M / 1',
    model: {
      traffic: [
        'process: mmpp',
        'states: [{rate: 0.3/s, mean_duration: 60s}, {rate: 0.05/s, mean_duration: 300s}]',
      ],
      service: 6,
      work: EXPONENTIAL,
      pool: servers(1),
      duration: '30d',
    },
    truths: { sojourn: mmppSojourn(mmpp, 1 / 6) },
    dispersion: { window_s: 60, truth: mmpp2Dispersion(60, [0.3, 0.05], [1 / 60, 1 / 300]) },
  },
];

describe('a pool of constant size is the queue of the textbooks', () => {
  test.each(ROWS)('$name', ({ model, truths, refuses, dispersion }) => {
    const result = queue({ ...model, start: 'warm' });
    const estimates = measured(result);
    for (const [what, truth] of Object.entries(truths))
      expectTruth(what, estimates[what as keyof Measured], truth, 20);
    for (const what of refuses ?? []) expectPower(what, estimates[what], truths[what]!, 20);
    if (dispersion === undefined) return;
    // The standard error of a dispersion is about dispersion x sqrt(2 / windows): of 28,800 hours 0.8 %.
    const seen = result.platforms[0]!.summary.row[`dispersion_${dispersion.window_s}s`] as number;
    expect(Math.abs(seen / dispersion.truth - 1)).toBeLessThan(0.04);
  });
});
