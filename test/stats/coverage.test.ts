import { describe, expect, it } from 'vitest';
import { streamsOf } from '../../src/random/stream.ts';
import { exponential, normal } from '../../src/random/ziggurat.ts';
import { type Estimate, meanEstimate, quantileEstimate, ratioEstimate } from '../../src/stats/estimate.ts';
import { mergeSamples, SampleBuilder } from '../../src/stats/sample.ts';

const EXPERIMENTS = 2000;
const REPLICATIONS = 20;

/** The share of experiments whose interval holds the truth. */
function coverage(truth: number, experiment: () => Estimate): number {
  let covered = 0;
  for (let i = 0; i < EXPERIMENTS; i++) {
    const { low, high } = experiment();
    if (low! <= truth && truth <= high!) covered++;
  }
  return covered / EXPERIMENTS;
}

function replications<T>(run: () => T): T[] {
  return Array.from({ length: REPLICATIONS }, run);
}

function expectNominal(share: number): void {
  expect(share).toBeGreaterThanOrEqual(0.93);
  expect(share).toBeLessThanOrEqual(0.97);
}

const stream = streamsOf('coverage', 0)('runs');

/** A run of some number of requests around 30, each with an exponential latency of mean 6. */
function run(): { requests: number; latencies: number[] } {
  const requests = Math.max(0, Math.round(30 + 8 * normal(stream)));
  return { requests, latencies: Array.from({ length: requests }, () => 6 * exponential(stream)) };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('95 % intervals of 20 replications', () => {
  it('of a mean cover the truth in 93 to 97 % of 2,000 experiments', () => {
    expectNominal(coverage(10, () => meanEstimate(replications(() => 10 + 3 * normal(stream)))));
  });

  it('of a mean of skewed quantities too', () => {
    expectNominal(
      coverage(6, () =>
        meanEstimate(replications(() => sum(Array.from({ length: 10 }, () => exponential(stream))) * 0.6)),
      ),
    );
  });

  it('of a ratio cover it, where the runs are not equally long', () => {
    const share = coverage(6, () => {
      const runs = replications(run);
      return ratioEstimate(
        runs.map(({ latencies }) => sum(latencies)),
        runs.map(({ requests }) => requests),
      );
    });
    expectNominal(share);
  });

  it('of a pooled percentile cover it: sectioning', () => {
    const builder = new SampleBuilder();
    const share = coverage(6 * Math.log(2), () => {
      const samples = replications(() => {
        for (const latency of run().latencies) builder.add(latency);
        return builder.take();
      });
      return quantileEstimate(mergeSamples(samples), samples, 0.5);
    });
    expectNominal(share);
  });

  it('do not cover a value that is half a width off', () => {
    // The mean of 20 values of deviation 3 has a half width of about 1.4.
    expect(coverage(10.7, () => meanEstimate(replications(() => 10 + 3 * normal(stream))))).toBeLessThan(
      0.93,
    );
  });
});
