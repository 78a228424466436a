import { describe, expect, it } from 'vitest';
import { hawkesDispersion, hawkesRate, renewalDispersion } from '../../src/theory/counts.ts';
import {
  erlangB,
  erlangC,
  mmcKLoss,
  mmcSojournQuantile,
  mmcSojournTail,
  mmcWait,
} from '../../src/theory/erlang.ts';
import { setupPool } from '../../src/theory/exponential-setup.ts';
import {
  gammaTransform,
  gim1Sigma,
  gim1Sojourn,
  gim1SojournQuantile,
  hyperexponentialTransform,
  weibullTransform,
} from '../../src/theory/gim1.ts';
import { mdcSojournQuantile, mdcWait, mdcWaitProbability, mdcWaitTail } from '../../src/theory/mdc.ts';
import { pollaczekKhinchine } from '../../src/theory/mg1.ts';
import {
  mmpp2Dispersion,
  mmppRate,
  mmppSojourn,
  mmppSojournQuantile,
  twoPhases,
} from '../../src/theory/mmpp.ts';
import { constant, exponential, oneContainer } from '../../src/theory/one-container.ts';
import { sineExpectedCount } from '../../src/theory/time-varying.ts';
import { unlimitedPool } from '../../src/theory/unlimited-pool.ts';

const mu = 1 / 6;
/** Dollars per hour of one container alive, at 0.000694 dollars a second. */
const dollarsPerHour = 0.000694 * 3600;

/** The value rounded to the decimals of a printed figure is that figure. */
function expectPrinted(value: number, figure: string) {
  expect(value.toFixed(figure.length - figure.indexOf('.') - 1)).toBe(figure);
}

describe('M/M/c: formula against table', () => {
  it.each([
    ['M/M/1 rate .8: mean wait', mmcWait(0.8, 1, 1), '4.000000'],
    ['M/M/1 rate .8: mean time in system', mmcWait(0.8, 1, 1) + 1, '5.000000'],
    ['M/M/1 rate .8: p95 of time in system', mmcSojournQuantile(0.95, 0.8, 1, 1), '14.978661'],
    ['M/M/1 rate .8: p99 of time in system', mmcSojournQuantile(0.99, 0.8, 1, 1), '23.025851'],
    ['M/M/1 rate .1: mean time in system', mmcWait(0.1, mu, 1) + 6, '15.000000'],
    ['M/M/1 rate .1: p95 of time in system', mmcSojournQuantile(0.95, 0.1, mu, 1), '44.935984'],
    ['M/M/1 rate .1: p99 of time in system', mmcSojournQuantile(0.99, 0.1, mu, 1), '69.077553'],
    ['M/M/4: P(wait)', erlangC(3, 4), '0.509434'],
    ['M/M/4: mean wait', mmcWait(0.5, mu, 4), '3.056604'],
    ['M/M/4: p95 of time in system', mmcSojournQuantile(0.95, 0.5, mu, 4), '24.768599'],
    ['M/M/10: P(wait)', erlangC(8, 10), '0.409180'],
    ['M/M/10: mean wait', mmcWait(8, 1, 10), '0.204590'],
    ['M/M/10: p95 of time in system', mmcSojournQuantile(0.95, 8, 1, 10), '3.328275'],
    ['M/M/2/5: loss', mmcKLoss(1.5, 1, 2, 3), '0.085114'],
    ['M/G/8/8: loss', erlangB(3, 8), '0.00813244'],
  ])('%s', (_, value, figure) => expectPrinted(value, figure));

  it('the tail is continuous where the wait and the service have one rate (theta = mu)', () => {
    expect(mmcSojournTail(7, 3, 1, 4)).toBeCloseTo(mmcSojournTail(7, 3 - 1e-6, 1, 4), 6);
  });

  it('the mean time in system is the integral of the tail', () => {
    let sum = 0;
    for (let t = 0.005; t < 60; t += 0.01) sum += 0.01 * mmcSojournTail(t, 8, 1, 10);
    expect(sum).toBeCloseTo(mmcWait(8, 1, 10) + 1, 5);
  });
});

describe('M/D/c and M/G/1: numerical chain and Pollaczek-Khinchine against table', () => {
  it.each([
    ['M/D/1: mean wait, from the chain', mdcWait(0.1, 6, 1), '4.500000'],
    ['M/D/1: mean wait, Pollaczek-Khinchine', pollaczekKhinchine(0.1, 6, 36), '4.500000'],
    ['M/D/1: p95 of time in system', mdcSojournQuantile(0.95, 0.1, 6, 1), '22.976794'],
    ['M/D/4: mean wait', mdcWait(0.5, 6, 4), '1.601767'],
    ['M/D/4: P(wait)', mdcWaitProbability(0.5, 6, 4), '0.490437'],
    ['M/G/1 lognormal cv 2: mean wait', pollaczekKhinchine(0.1, 6, 36 * 5), '22.500000'],
  ])('%s', (_, value, figure) => expectPrinted(value, figure));

  it('M/D/1: the chain gives P(wait) = load, also near saturation', () => {
    expect(mdcWaitProbability(0.95, 1, 1)).toBeCloseTo(0.95, 10);
    expect(mdcWait(0.95, 1, 1)).toBeCloseTo(pollaczekKhinchine(0.95, 1, 1), 8);
  });

  it('M/D/4: the share that need not wait is the quantile where the time in system is one service', () => {
    const none = 1 - mdcWaitProbability(0.5, 6, 4);
    expect(mdcSojournQuantile(none - 1e-9, 0.5, 6, 4)).toBe(6);
    expect(mdcSojournQuantile(none + 1e-3, 0.5, 6, 4)).toBeGreaterThan(6);
  });

  it('M/D/4: the mean wait is the integral of the tail', () => {
    const tail = mdcWaitTail(0.5, 6, 4);
    let sum = 0;
    for (let x = 0.005; x < 120; x += 0.01) sum += 0.01 * tail(x);
    expect(sum).toBeCloseTo(mdcWait(0.5, 6, 4), 5);
  });
});

describe('GI/M/1: root of the transform against table', () => {
  const gamma = gammaTransform(10, 2);
  it.each([
    ['gamma cv 2: sigma', gim1Sigma(gamma, mu), '0.822929'],
    ['gamma cv 2: mean time in system', gim1Sojourn(gamma, mu), '33.884652'],
    ['gamma cv 2: p95 of time in system', gim1SojournQuantile(0.95, gamma, mu), '101.509346'],
    ['Weibull k .5: mean time in system', gim1Sojourn(weibullTransform(10, 0.5), mu), '34.692007'],
    [
      'hyperexponential cv^2 4: mean time in system',
      gim1Sojourn(hyperexponentialTransform(10, 2), mu),
      '26.598526',
    ],
  ])('%s', (_, value, figure) => expectPrinted(value, figure));

  it.each([
    ['gamma', gammaTransform(10, 1)],
    ['Weibull', weibullTransform(10, 1)],
    ['hyperexponential', hyperexponentialTransform(10, 1)],
  ])('%s with cv 1 is M/M/1: mean time in system 15', (_, transform) => {
    expect(gim1Sojourn(transform, mu)).toBeCloseTo(15, 9);
  });

  it.each([
    ['Weibull k 1.7', weibullTransform(10, 1.7)],
    ['Weibull k .5', weibullTransform(10, 0.5)],
    ['hyperexponential cv 2', hyperexponentialTransform(10, 2)],
  ])('%s: minus the slope of the transform at 0 is the mean gap', (_, transform) => {
    expect((transform(0) - transform(1e-7)) / 1e-7).toBeCloseTo(10, 3);
  });
});

describe('MMPP/M/1: matrix-geometric solution and closed-form dispersion against table', () => {
  const onOff = twoPhases([0.5, 0], [1 / 60, 1 / 240]);
  const two = twoPhases([0.3, 0.05], [1 / 60, 1 / 300]);
  it.each([
    ['on-off: mean rate', mmppRate(onOff), '0.100000'],
    ['on-off: mean time in system', mmppSojourn(onOff, mu), '257.792939'],
    ['on-off: p95 of time in system', mmppSojournQuantile(0.95, onOff, mu), '772.278628'],
    ['on-off: dispersion at 3600 s', mmpp2Dispersion(3600, [0.5, 0], [1 / 60, 1 / 240]), '38.888'],
    ['MMPP(2): mean time in system', mmppSojourn(two, mu), '56.930802'],
    ['MMPP(2): dispersion at 60 s', mmpp2Dispersion(60, [0.3, 0.05], [1 / 60, 1 / 300]), '4.955131'],
  ])('%s', (_, value, figure) => expectPrinted(value, figure));

  it('phases with one rate are M/M/1: mean 15, p95 as above', () => {
    const plain = {
      rates: [0.1, 0.1, 0.1],
      moves: [
        [-2, 1, 1],
        [1, -1, 0],
        [0, 3, -3],
      ],
    };
    expect(mmppSojourn(plain, mu)).toBeCloseTo(15, 9);
    expect(mmppSojournQuantile(0.95, plain, mu)).toBeCloseTo(mmcSojournQuantile(0.95, 0.1, mu, 1), 8);
  });

  it('on-off is a renewal process: GI/M/1 gives the same mean and p95', () => {
    const [on, stop, go] = [0.5, 1 / 60, 1 / 240];
    const transform = (s: number) => (on * (s + go)) / ((s + on + stop) * (s + go) - stop * go);
    expect(gim1Sojourn(transform, mu)).toBeCloseTo(mmppSojourn(onOff, mu), 6);
    expect(gim1SojournQuantile(0.95, transform, mu)).toBeCloseTo(mmppSojournQuantile(0.95, onOff, mu), 5);
  });

  it('dispersion over an endless window is the limit of long ones', () => {
    const limit = mmpp2Dispersion(Number.POSITIVE_INFINITY, [0.3, 0.05], [1 / 60, 1 / 300]);
    expect(mmpp2Dispersion(1e9, [0.3, 0.05], [1 / 60, 1 / 300])).toBeCloseTo(limit, 5);
  });
});

describe('traffic: closed forms against table', () => {
  it.each([
    [0, '397.484282'],
    [1, '469.898354'],
    [2, '534.823034'],
    [3, '587.833814'],
    [4, '625.318096'],
    [5, '644.721388'],
  ])('sine rate: expected count of hour %i', (hour, figure) => {
    expectPrinted(sineExpectedCount(hour * 3600, (hour + 1) * 3600, 0.1, 0.08, 86400), figure);
  });

  it('sine rate: a whole period holds base times period', () => {
    expect(sineExpectedCount(0, 86400, 0.1, 0.08, 86400)).toBeCloseTo(8640, 8);
  });

  it('renewal: dispersion at infinity is cv squared', () => {
    expect(renewalDispersion(2)).toBe(4);
  });

  it('Hawkes: rate mu / (1 - n), dispersion 1 at 0 and 1 / (1 - n)^2 at infinity', () => {
    expect(hawkesRate(0.05, 0.5)).toBeCloseTo(0.1, 12);
    expect(hawkesDispersion(1e-6, 0.5, 0.1)).toBeCloseTo(1, 6);
    expect(hawkesDispersion(Number.POSITIVE_INFINITY, 0.5, 0.1)).toBe(4);
  });
});

describe('one container with cold start and idle window: formula against table', () => {
  it.each([
    [83, 60, 'constant', ['0.206505', '0.793495', '2.575700', '1.982468']],
    [30, 60, 'constant', ['0.553811', '0.446189', '4.977018', '1.114760']],
    [360, 2, 'exponential', ['0.197882', '0.802118', '14.540707', '2.004011']],
  ] as const)(
    '%i per hour, window %i s, %s service: P(starts), alive, wait, $/h',
    (perHour, T, law, figures) => {
      const lambda = perHour / 3600;
      const service = law === 'constant' ? constant(6) : exponential(6);
      const { starts, alive, wait } = oneContainer(lambda, service, constant(8), Math.exp(-lambda * T));
      expectPrinted(starts, figures[0]);
      expectPrinted(alive, figures[1]);
      expectPrinted(wait, figures[2]);
      expectPrinted(alive * dollarsPerHour, figures[3]);
    },
  );

  it('a window that never ends is M/G/1: mean wait', () => {
    expect(oneContainer(0.1, constant(6), constant(8), 0).wait).toBe(pollaczekKhinchine(0.1, 6, 36));
  });
});

describe('unlimited pool without cold-start time: stay probabilities against table', () => {
  it.each([
    [60, 0, '0.108429', '2.356824', '5.888290'],
    [60, 1, '0.107069', '2.358185', '5.891689'],
    [10, 1, '0.280508', '1.488702', undefined],
  ])('window %i s, keep_warm %i: P(cold), containers, $/h', (window, keepWarm, cold, containers, dollars) => {
    const pool = unlimitedPool(0.1, 6, window, keepWarm);
    expectPrinted(pool.cold, cold);
    expectPrinted(pool.containers, containers);
    if (dollars) expectPrinted(pool.containers * dollarsPerHour, dollars);
  });

  it("SimFaaS's example with cold as fast as warm: containers, running, P(cold)", () => {
    const pool = unlimitedPool(0.9, 1.991, 600, 0);
    expectPrinted(pool.containers, '7.691934');
    expectPrinted(pool.busy, '1.791900');
    expectPrinted(pool.cold, '0.00132931');
  });

  it('the slope of containers in the window is lambda P(cold)', () => {
    const slope =
      (unlimitedPool(0.1, 6, 60.01, 1).containers - unlimitedPool(0.1, 6, 59.99, 1).containers) / 0.02;
    expect(slope).toBeCloseTo(0.1 * unlimitedPool(0.1, 6, 60, 1).cold, 8);
  });

  it('no window: containers are those busy, and every request is cold', () => {
    const { cold, containers } = unlimitedPool(0.1, 6, 0, 0);
    expect(containers).toBeCloseTo(0.6, 12);
    expect(cold).toBeCloseTo(1, 12);
  });
});

describe('exponential cold starts and windows: Markov chain against table', () => {
  const pool = { lambda: 2, mu: 1, coldStartRate: 0.25, windowRate: 0.1, maxContainers: 4 };

  it('max 4: mean time in system, alive seconds per request, starts per request', () => {
    const { sojourn, alivePerRequest, startsPerRequest } = setupPool(pool);
    expectPrinted(sojourn, '1.353370');
    expectPrinted(alivePerRequest, '1.816981');
    expectPrinted(startsPerRequest, '0.058356');
  });

  it('one container: the same as the closed form', () => {
    const [lambda, windowRate] = [0.1, 0.05];
    const chain = setupPool({ lambda, mu, coldStartRate: 1 / 8, windowRate, maxContainers: 1 });
    const closed = oneContainer(lambda, exponential(6), exponential(8), windowRate / (windowRate + lambda));
    expect(chain.sojourn).toBeCloseTo(closed.wait + 6, 8);
    expect(chain.alivePerRequest).toBeCloseTo(closed.alive / lambda, 8);
    expect(chain.startsPerRequest).toBeCloseTo(closed.starts, 8);
  });

  it('immediate starts and endless windows are M/M/4: mean time in system', () => {
    const { sojourn } = setupPool({ ...pool, coldStartRate: 1e9, windowRate: 1e-9 });
    expect(sojourn).toBeCloseTo(mmcWait(2, 1, 4) + 1, 6);
  });
});
