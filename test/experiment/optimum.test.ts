import { describe, expect, it } from 'vitest';
import { ASSUMPTIONS } from '../../src/experiment/assumptions.ts';
import { optimumOf, tornado } from '../../src/experiment/optimum.ts';
import { coarseAxes, fineAxes } from '../../src/experiment/search-space.ts';
import { scaled } from '../../src/random/distributions/scaled.ts';
import { type DistributionSpec, makeDistribution } from '../../src/random/distributions/table.ts';
import { streamsOf } from '../../src/random/stream.ts';
import { expectedRate } from '../../src/workload/source.ts';
import { scenarioOf } from '../oracles/simulate.ts';
import { madeUpCell } from './cell-results.ts';

const scenario = scenarioOf(`name: two
duration: 6h
traffic: [{ process: poisson, rate: 600/h }]
platforms:
  modal: { kind: modal, usd_per_second: 0.001, seconds_per_image: 6, max_containers: 8 }
slo: { latency_p95: 10s }
`);
const [platform] = scenario.platforms;

describe('a law of a quantity that is larger', () => {
  it.each<DistributionSpec>([
    { distribution: 'constant', value: 3 },
    { distribution: 'uniform', min: 1, max: 5 },
    { distribution: 'exponential', mean: 3 },
    { distribution: 'lognormal', mean: 3, cv: 2 },
    { distribution: 'weibull', mean: 3, shape: 0.7 },
    { distribution: 'empirical', file: 'x', column: 'y', values: Float64Array.of(1, 2, 6) },
    {
      distribution: 'mixture',
      parts: [
        { weight: 1, of: { distribution: 'constant', value: 1 } },
        { weight: 3, of: { distribution: 'gamma', mean: 4, cv: 0.5 } },
      ],
    },
  ])('%j has every value as many times as large', (spec) => {
    const draws = (law: DistributionSpec) => {
      const out = new Float64Array(200);
      makeDistribution(law).fill(streamsOf(1, 0)('x'), out, 0, 200);
      return out;
    };
    const [once, twice] = [draws(spec), draws(scaled(spec, 2))];
    for (const [i, value] of once.entries()) expect(twice[i]).toBeCloseTo(2 * value, 9);
  });
});

describe('assumptions', () => {
  const moved = (name: string, change: string) =>
    ASSUMPTIONS.find((one) => one.name === name && one.change === change)!.apply(scenario);

  it('move one thing each', () => {
    expect(moved('rate', '+20 %')!.sources[0]!.rate_scale).toBeCloseTo(1.2, 12);
    expect(moved('service time', '-20 %')!.platforms[0]!.seconds_per_image).toBeCloseTo(4.8, 12);
    expect(moved('cold start', '+50 %')!.platforms[0]!.policy.cold_start).toEqual({
      distribution: 'constant',
      value: 12,
    });
    expect(moved('dispatch', 'random')!.platforms[0]!.policy.dispatch).toBe('random');
    expect(moved('dispatch', 'most-recent')).toBeUndefined();
  });

  it('make traffic bursty without changing its rate', () => {
    const bursty = moved('burstiness', 'on a fifth of the time')!;
    expect(bursty.sources[0]!.process.process).toBe('on-off');
    const rate = (one: typeof scenario) => expectedRate(one.sources[0]!, one.duration_us);
    expect(rate(bursty)).toBeCloseTo(rate(scenario), 12);
  });
});

describe('the search', () => {
  it('looks at every GPU, floor and window, then around the best, within the most containers', () => {
    const coarse = coarseAxes(scenario, platform!, ['A', 'B']);
    expect(coarse.map(({ name, values }) => [name, values.length])).toEqual([
      ['gpu', 2],
      ['keep_warm', 5],
      ['container_idle_timeout', 8],
    ]);
    const fine = fineAxes(scenario, platform!, coarse, ['B', 1, '20s']);
    expect(fine.map(({ name, values }) => [name, values])).toEqual([
      ['gpu', ['B']],
      ['keep_warm', [0, 1, 2]],
      ['container_idle_timeout', ['14s', '20s', '35s']],
      ['max_containers', [2, 4, 6, 8]],
      ['buffer_containers', [0, 1, 2]],
    ]);
  });

  it('names the cheapest, and the cheapest with a tenth to spare', () => {
    const axes = [{ name: 'keep_warm', path: [], values: [0, 1, 2] }];
    const tried = [madeUpCell([1, 1], 9.5), madeUpCell([2, 2], 8.5), madeUpCell([3, 3], 2)].map(
      (result, k) => ({
        axes,
        setting: [k],
        result,
      }),
    );
    const { answer, safer } = optimumOf(tried, { latency_p95: 10 });
    expect([answer.best, safer]).toEqual([0, 1]);
    expect(optimumOf(tried, { latency_p95: 9.9 }).safer).toBe(1);
    expect(optimumOf(tried, { latency_p95: 1 }).answer.best).toBeUndefined();
  });

  it('sorts what may go wrong: a broken SLO first, then by the cost', () => {
    const results = ASSUMPTIONS.map((_, k) =>
      k > 2 ? undefined : madeUpCell([[5, 7, 6][k]!, [5, 7, 6][k]!], k === 2 ? 20 : 5),
    );
    const swings = tornado(madeUpCell([4, 4], 5), results, { latency_p95: 10 });
    expect(swings.map(({ cost_usd_per_hour, meets }) => [cost_usd_per_hour, meets])).toEqual([
      [2, false],
      [3, true],
      [1, true],
    ]);
  });
});
