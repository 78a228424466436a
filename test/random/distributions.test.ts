import { describe, expect, it } from 'vitest';
import type { Distribution } from '../../src/random/distributions/distribution.ts';
import {
  type DistributionSpec,
  distributions,
  makeDistribution,
} from '../../src/random/distributions/table.ts';
import { streamsOf } from '../../src/random/stream.ts';
import {
  type Cdf,
  exponentialCdf,
  gammaCdf,
  hyperexponentialCdf,
  logGamma,
  lognormalCdf,
  mixtureCdf,
  uniformCdf,
  weibullCdf,
} from './cdf.ts';
import { KOLMOGOROV_LIMIT, kolmogorov, meanOff, varianceOff } from './goodness.ts';

const DRAWS = 200_000;

interface Law {
  readonly spec: DistributionSpec;
  readonly mean: number;
  readonly variance: number;
  readonly cdf: Cdf;
}

function draw(law: Distribution, name: string, count = DRAWS): Float64Array {
  const out = new Float64Array(count);
  law.fill(streamsOf('distributions', 0)(name), out, 0, count);
  return out;
}

/** A law given by its mean and its coefficient of variation. */
function byCv(
  distribution: 'lognormal' | 'gamma' | 'hyperexponential',
  mean: number,
  cv: number,
  cdf: Cdf,
): Law {
  return { spec: { distribution, mean, cv }, mean, variance: (mean * cv) ** 2, cdf };
}

function weibullLaw(mean: number, shape: number): Law {
  const cvSquared = Math.exp(logGamma(1 + 2 / shape) - 2 * logGamma(1 + 1 / shape)) - 1;
  const spec: DistributionSpec = { distribution: 'weibull', mean, shape };
  return { spec, mean, variance: mean ** 2 * cvSquared, cdf: weibullCdf(mean, shape) };
}

const gammaLaw = (mean: number, cv: number) => byCv('gamma', mean, cv, gammaCdf(mean, cv));
const lognormalLaw = (mean: number, cv: number) => byCv('lognormal', mean, cv, lognormalCdf(mean, cv));
const hyperexponentialLaw = (mean: number, cv: number) =>
  byCv('hyperexponential', mean, cv, hyperexponentialCdf(mean, cv));

/** Weights 1 and 3: means 2 and 10, second moments 8 and 364 / 3. */
const mixed: Law = {
  spec: {
    distribution: 'mixture',
    parts: [
      { weight: 1, of: { distribution: 'exponential', mean: 2 } },
      { weight: 3, of: { distribution: 'uniform', min: 2, max: 18 } },
    ],
  },
  mean: 8,
  variance: 8 / 4 + (0.75 * 364) / 3 - 64,
  cdf: mixtureCdf([
    [0.25, exponentialCdf(2)],
    [0.75, uniformCdf(2, 18)],
  ]),
};

const laws: Law[] = [
  { spec: { distribution: 'uniform', min: 2, max: 5 }, mean: 3.5, variance: 0.75, cdf: uniformCdf(2, 5) },
  { spec: { distribution: 'exponential', mean: 6 }, mean: 6, variance: 36, cdf: exponentialCdf(6) },
  ...[0.04, 0.5, 1, 2].map((cv) => lognormalLaw(6, cv)),
  ...[0.1, 0.7, 1, 1.5, 3].map((cv) => gammaLaw(6, cv)),
  ...[0.5, 1, 3].map((shape) => weibullLaw(6, shape)),
  ...[1, 2, 5].map((cv) => hyperexponentialLaw(6, cv)),
  mixed,
];

const title = ({ spec }: Law) => JSON.stringify(spec);

describe.each(laws.map((law) => [title(law), law] as const))('%s', (name, law) => {
  const made = makeDistribution(law.spec);
  const values = draw(made, name);

  it('says its mean', () => {
    expect(made.mean).toBeCloseTo(law.mean, 10);
  });

  it('has the mean and the variance of theory', () => {
    expect(meanOff(values, law.mean)).toBeLessThan(4);
    expect(varianceOff(values, law.mean, law.variance)).toBeLessThan(4);
  });

  it('has the distribution function of theory', () => {
    expect(kolmogorov(values, law.cdf)).toBeLessThan(KOLMOGOROV_LIMIT);
  });

  it('gives no negative and no infinite value', () => {
    expect(values.every((value) => value >= 0 && value < Number.POSITIVE_INFINITY)).toBe(true);
  });
});

describe('laws of single values', () => {
  it('a constant is its value', () => {
    const made = makeDistribution({ distribution: 'constant', value: 8 });
    expect(made.mean).toBe(8);
    expect(new Set(draw(made, 'constant', 1000))).toEqual(new Set([8]));
  });

  it('a lognormal with cv 0 is its mean to rounding', () => {
    const made = makeDistribution({ distribution: 'lognormal', mean: 6, cv: 0 });
    expect(draw(made, 'cv 0', 100).every((value) => Math.abs(value - 6) < 1e-12)).toBe(true);
  });

  it('a uniform law from x to x is x', () => {
    const made = makeDistribution({ distribution: 'uniform', min: 3, max: 3 });
    expect(new Set(draw(made, 'no span', 100))).toEqual(new Set([3]));
  });

  it('an empirical law gives each value as often as it stands in the sample, and no other', () => {
    const values = Float64Array.of(4, 1, 4, 9);
    const made = makeDistribution({ distribution: 'empirical', file: 'f', column: 'c', values });
    expect(made.mean).toBe(4.5);
    const drawn = draw(made, 'empirical');
    expect(meanOff(drawn, 4.5)).toBeLessThan(4);
    for (const [value, share] of [
      [1, 0.25],
      [4, 0.5],
      [9, 0.25],
    ] as const) {
      const hits = drawn.map((x) => (x === value ? 1 : 0));
      expect(meanOff(hits, share)).toBeLessThan(4);
    }
    expect(drawn.every((x) => values.includes(x))).toBe(true);
  });

  it('a mixture takes each part as often as its weight says, whatever the weights add up to', () => {
    const parts = [1, 2, 3, 4].map((value) => ({
      weight: value / 3,
      of: { distribution: 'constant', value } as const,
    }));
    const made = makeDistribution({ distribution: 'mixture', parts });
    expect(made.mean).toBeCloseTo(3, 12);
    const drawn = draw(made, 'weights');
    for (const value of [1, 2, 3, 4]) {
      const hits = drawn.map((x) => (x === value ? 1 : 0));
      expect(meanOff(hits, value / 10), `part ${value}`).toBeLessThan(4);
    }
  });
});

describe('the check of distribution functions', () => {
  const wrong: [string, Law, Cdf][] = [
    ['an exponential law with a mean 2 % off', laws[1]!, exponentialCdf(6.12)],
    ['a gamma law with a cv 2 % off', gammaLaw(6, 0.7), gammaCdf(6, 0.714)],
    ['a lognormal law in place of a gamma law', gammaLaw(6, 0.1), lognormalCdf(6, 0.1)],
    ['a Weibull law with a shape 2 % off', weibullLaw(6, 3), weibullCdf(6, 3.06)],
    ['the wrong branch of a hyperexponential law', hyperexponentialLaw(6, 2), hyperexponentialCdf(6, 2.1)],
    [
      'a mixture with swapped weights',
      mixed,
      mixtureCdf([
        [0.75, exponentialCdf(2)],
        [0.25, uniformCdf(2, 18)],
      ]),
    ],
  ];
  it.each(wrong)('rejects %s', (_, law, cdf) => {
    expect(kolmogorov(draw(makeDistribution(law.spec), title(law)), cdf)).toBeGreaterThan(KOLMOGOROV_LIMIT);
  });

  it('is made for every distribution that a scenario can name', () => {
    const apart = ['constant', 'empirical'];
    const tested = new Set([...apart, ...laws.map(({ spec }) => spec.distribution)]);
    for (const name of Object.keys(distributions)) expect(tested).toContain(name);
  });
});
