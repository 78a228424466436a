import { describe, expect, it } from 'vitest';
import { ASSUMPTIONS } from '../../src/experiment/assumptions.ts';
import { settingsOf } from '../../src/experiment/grid.ts';
import { optimumOf } from '../../src/experiment/optimum.ts';
import { searchOptimum, type Trial } from '../../src/experiment/search.ts';
import { coarseAxes, fineAxes } from '../../src/experiment/search-space.ts';
import { tornado } from '../../src/experiment/sensitivity.ts';
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
    const idle_window = { distribution: 'constant', value: 20 } as const;
    const policy = { ...platform!.policy, keep_warm: [{ at_s: 0, containers: 1 }], idle_window };
    const fine = fineAxes(scenario, { platform: { ...platform!, policy }, gpu: 'B' }, 8);
    expect(fine.map(({ name, values }) => [name, values])).toEqual([
      ['gpu', ['B']],
      ['keep_warm', [0, 1, 2]],
      ['container_idle_timeout', ['14s', '20s', '35s']],
      ['max_containers', [2, 4, 6, 7, 8]],
      ['buffer_containers', [0, 1, 2]],
    ]);
  });

  it('goes on until the best stays, which lies beside what was looked at first', async () => {
    // The cheapest that meets the SLO has a buffer on the slower GPU, and a window between those of the first look.
    const text = (gpu: string) =>
      `name: x\nduration: 6h\ntraffic: [{ process: poisson, rate: 600/h }]\nslo: { latency_p95: 10s }\nplatforms:\n  modal: { kind: modal, usd_per_second: 0.001, seconds_per_image: ${gpu === 'slow' ? 6 : 3}, max_containers: 8 }\n`;
    const trial: Trial = {
      platform: platform!,
      gpus: ['slow', 'fast'],
      scenarios: async (axes) =>
        settingsOf(axes).map((setting) => {
          const at = (name: string) => setting[axes.findIndex((axis) => axis.name === name)];
          const one = scenarioOf(text(String(at('gpu'))));
          const [modal] = one.platforms;
          const value = Number.parseFloat(String(at('container_idle_timeout')));
          const policy = {
            ...modal!.policy,
            keep_warm: [{ at_s: 0, containers: Number(at('keep_warm')) }],
            idle_window: { distribution: 'constant' as const, value },
            max_containers: Number(at('max_containers') ?? 8),
            scaling: { rule: 'load' as const, buffer: Number(at('buffer_containers') ?? 0) },
          };
          return { ...one, platforms: [{ ...modal!, policy }] };
        }),
      evaluate: async (scenarios) =>
        scenarios.map(({ platforms: [modal] }) => {
          const { policy, seconds_per_image } = modal!;
          const buffer = policy.scaling.rule === 'load' ? policy.scaling.buffer : 0;
          const value = policy.idle_window.distribution === 'constant' ? policy.idle_window.value : 0;
          const off = Math.abs(Math.log(value / 14)) + Math.abs(policy.keep_warm[0]!.containers - 1);
          const cost = (seconds_per_image === 6 ? 1 : 3) + off + 0.1 * buffer;
          const p95 = seconds_per_image === 6 && buffer === 0 ? 12 : 8;
          return madeUpCell([cost, cost], p95);
        }),
    };
    const { optimum } = await searchOptimum(scenario, trial);
    const best = optimum.tried[optimum.answer.best!]!;
    const setting = Object.fromEntries(best.axes.map(({ name }, k) => [name, best.setting[k]]));
    expect(setting).toMatchObject({
      gpu: 'slow',
      keep_warm: 1,
      container_idle_timeout: '14s',
      buffer_containers: 1,
    });
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
    expect(optimumOf(tried, { latency_p95: 20 }).safer).toBe(0);
    expect(optimumOf(tried, { latency_p95: 1 }).answer.best).toBeUndefined();
  });

  it('sorts what may go wrong: a broken SLO first, then by the cost; prices scale the cost alone', () => {
    const results = ASSUMPTIONS.map((_, k) =>
      k > 2
        ? undefined
        : [madeUpCell([[5, 7, 6][k]!, [5, 7, 6][k]!], k === 2 ? 20 : 5), madeUpCell([5.5, 5.5], 5)],
    );
    const swings = tornado(madeUpCell([4, 4], 5), results, { latency_p95: 10 });
    expect(swings.map(({ name, more: { mean }, meets, best }) => [name, mean, meets, best])).toEqual([
      [ASSUMPTIONS[2]!.name, 2, false, 1],
      [ASSUMPTIONS[1]!.name, 3, true, 1],
      [ASSUMPTIONS[0]!.name, 1, true, 0],
      ['prices', expect.closeTo(-0.8, 12), true, 0],
      ['prices', expect.closeTo(0.8, 12), true, 0],
    ]);
  });
});
