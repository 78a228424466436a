import { describe, expect, it } from 'vitest';
import { HOUR_US } from '../../src/core/time.ts';
import { hawkesDispersion, hawkesRate, renewalDispersion } from '../../src/theory/counts.ts';
import { mmpp2Dispersion } from '../../src/theory/mmpp.ts';
import { type ProcessSpec, processKind } from '../../src/workload/processes/table.ts';
import { type Cdf, exponentialCdf, gammaCdf, hyperexponentialCdf, weibullCdf } from '../random/cdf.ts';
import { KOLMOGOROV_LIMIT, kolmogorov, kolmogorovRounded, meanOff, varianceOff } from '../random/goodness.ts';
import { counts, firstInstants } from './draw.ts';

const gaps = (instants: readonly number[]) => instants.map((t, i) => t - (instants[i - 1] ?? 0));

/** Counts in consecutive windows of one long run. */
function windows(instants: readonly number[], length_us: number): Float64Array {
  const out = new Float64Array(Math.floor(instants.at(-1)! / length_us));
  for (const t of instants) {
    const window = Math.floor(t / length_us);
    if (window < out.length) out[window]!++;
  }
  return out;
}

const renewals: [string, ProcessSpec, Cdf, Cdf, number][] = [
  ['gamma gaps', { process: 'gamma', rate: 0.1, cv: 2 }, gammaCdf(10e6, 2), gammaCdf(10e6, 2.04), 2],
  [
    'even gamma gaps',
    { process: 'gamma', rate: 0.1, cv: 0.3 },
    gammaCdf(10e6, 0.3),
    gammaCdf(10e6, 0.306),
    0.3,
  ],
  [
    'Weibull gaps',
    { process: 'weibull', rate: 0.1, shape: 0.5 },
    weibullCdf(10e6, 0.5),
    weibullCdf(10e6, 0.51),
    Math.sqrt(5),
  ],
  [
    'hyperexponential gaps',
    { process: 'hyperexponential', rate: 0.1, cv: 2 },
    hyperexponentialCdf(10e6, 2),
    hyperexponentialCdf(10e6, 2.08),
    2,
  ],
];

describe.each(renewals)('%s', (_, spec, law, wrong, cv) => {
  it('are of their law, the first like the others, and would not pass for another', () => {
    const found = gaps(firstInstants(spec, 200_000));
    expect(kolmogorovRounded(found, law)).toBeLessThan(KOLMOGOROV_LIMIT);
    expect(kolmogorovRounded(found, wrong)).toBeGreaterThan(KOLMOGOROV_LIMIT);
    const first = Float64Array.from(
      { length: 4000 },
      (_, replication) => firstInstants(spec, 1, { replication })[0]!,
    );
    expect(kolmogorovRounded(first, law)).toBeLessThan(KOLMOGOROV_LIMIT);
  });

  it('are divided by the rate scale', () => {
    const found = gaps(firstInstants(spec, 50_000, { rateScale: 2.5 }));
    expect(kolmogorovRounded(found, (x) => law(2.5 * x))).toBeLessThan(KOLMOGOROV_LIMIT);
  });

  it('have a known cv, and a dispersion of counts that tends to its square', () => {
    expect(processKind(spec).gapCv!(spec, 1)).toBeCloseTo(cv, 10);
    const found = counts(spec, 20 * HOUR_US, 600);
    const mean = found.reduce((sum, count) => sum + count) / found.length;
    // Of 7,200 expected arrivals; the limit is reached to a part in a hundred.
    expect(varianceOff(found, mean, 7200 * renewalDispersion(cv))).toBeLessThan(4);
  });
});

describe('Hawkes arrivals', () => {
  const spec = { process: 'hawkes', base_rate: 0.05, branching: 0.6, decay: 20 } as const;
  const kind = processKind(spec);

  it('come at base_rate / (1 - branching)', () => {
    expect(kind.meanRate(spec, HOUR_US)).toBeCloseTo(hawkesRate(0.05, 0.6), 12);
  });

  it('have the dispersion of theory in windows of a second, a minute and an hour', () => {
    const instants = firstInstants(spec, 1_000_000);
    for (const window_s of [1, 60, 3600]) {
      const truth = hawkesDispersion(window_s, 0.6, 1 / 20);
      expect(kind.dispersion!(spec, { window_s, duration_s: 1, rateScale: 1 })).toBeCloseTo(truth, 10);
      const mean = 0.125 * window_s;
      expect(varianceOff(windows(instants, window_s * 1e6), mean, mean * truth)).toBeLessThan(4);
    }
  });

  it('tend to 1 / (1 - branching)^2', () => {
    const far = kind.dispersion!(spec, { window_s: 1e9, duration_s: 1, rateScale: 1 });
    expect(far).toBeCloseTo(1 / 0.16, 6);
  });

  it.each([0.6, 0.95])(
    'start stationary with branching %d: the first minute is like any other',
    (branching) => {
      const one = { ...spec, branching };
      const found = counts(one, 60e6, 4000);
      const mean = 60 * hawkesRate(0.05, branching);
      expect(meanOff(found, mean)).toBeLessThan(4);
      expect(varianceOff(found, mean, mean * hawkesDispersion(60, branching, 1 / 20))).toBeLessThan(4);
      // From nothing raised it would take a while.
      expect(meanOff(found, 60 * 0.05)).toBeGreaterThan(4);
    },
  );

  it.each([1, 3])(
    'have unit exponentials as integrals of their rate over gaps, at a scale of %d',
    (rateScale) => {
      const instants = firstInstants(spec, 100_000, { rateScale }).map((t) => t / 1e6);
      const residuals: number[] = [];
      let raised = 0;
      for (let i = 1; i < instants.length; i++) {
        raised += spec.branching / spec.decay;
        const gap = instants[i]! - instants[i - 1]!;
        const integral =
          spec.base_rate * rateScale * gap - raised * spec.decay * Math.expm1(-gap / spec.decay);
        raised *= Math.exp(-gap / spec.decay);
        // What was raised before the run is not known, and is forgotten soon.
        if (i > 1000) residuals.push(integral);
      }
      expect(kolmogorov(residuals, exponentialCdf(1))).toBeLessThan(KOLMOGOROV_LIMIT);
      expect(kolmogorov(residuals, exponentialCdf(1.02))).toBeGreaterThan(KOLMOGOROV_LIMIT);
    },
  );
});

describe('Poisson batches', () => {
  const spec: ProcessSpec = {
    process: 'batch',
    rate: 0.05,
    size: {
      distribution: 'mixture',
      parts: [
        { weight: 3, of: { distribution: 'constant', value: 1 } },
        { weight: 1, of: { distribution: 'constant', value: 9 } },
      ],
    },
  };
  // E[size] = 3, E[size^2] = 21.
  const kind = processKind(spec);

  it('come at their rate times the mean size, with a dispersion of E[size^2] / E[size] in every window', () => {
    expect(kind.meanRate(spec, HOUR_US)).toBeCloseTo(0.15, 12);
    expect(kind.dispersion!(spec, { window_s: 1, duration_s: 1, rateScale: 1 })).toBeCloseTo(7, 12);
    const instants = firstInstants(spec, 600_000);
    for (const window_s of [1, 60, 3600]) {
      const found = windows(instants, window_s * 1e6);
      expect(meanOff(found, 0.15 * window_s)).toBeLessThan(4);
      expect(varianceOff(found, 0.15 * window_s, 7 * 0.15 * window_s)).toBeLessThan(4);
    }
  });

  it('come at one instant, and batches are a Poisson process whose rate alone is scaled', () => {
    const instants = firstInstants(spec, 300_000, { rateScale: 2 });
    const batches = [...new Set(instants)];
    expect(kolmogorov(gaps(batches), exponentialCdf(10e6))).toBeLessThan(KOLMOGOROV_LIMIT);
    expect(
      meanOff(
        batches.slice(0, -1).map((t) => countOf(instants, t)),
        3,
      ),
    ).toBeLessThan(4);
  });

  it('have the cv of gaps of theory', () => {
    const found = gaps(firstInstants(spec, 300_000));
    const mean = found.reduce((sum, gap) => sum + gap, 0) / found.length;
    const cv = kind.gapCv!(spec, 1)!;
    expect(cv).toBeCloseTo(Math.sqrt(5), 12);
    expect(varianceOff(found, mean, (mean * cv) ** 2)).toBeLessThan(4);
  });
});

/** How often a value stands in a sorted list. */
function countOf(sorted: readonly number[], value: number): number {
  const below = (limit: number) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sorted[middle]! < limit) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return below(value + 1) - below(value);
}

describe('two states', () => {
  const spec: ProcessSpec = {
    process: 'mmpp',
    states: [
      { rate: 0.3, mean_duration: 60 },
      { rate: 0.05, mean_duration: 300 },
    ],
  };
  const kind = processKind(spec);

  it.each([
    [60, 1],
    [3600, 2.5],
  ])('know their dispersion in %d s at a scale of %d', (window_s, rateScale) => {
    const truth = mmpp2Dispersion(window_s, [0.3 * rateScale, 0.05 * rateScale], [1 / 60, 1 / 300]);
    expect(kind.dispersion!(spec, { window_s, duration_s: 1, rateScale })).toBeCloseTo(truth, 12);
  });

  it.each([1, 3])('know the cv of their gaps at a scale of %d', (rateScale) => {
    const found = gaps(firstInstants(spec, 1_000_000, { rateScale }));
    const mean = found.reduce((sum, gap) => sum + gap, 0) / found.length;
    const cv = kind.gapCv!(spec, rateScale)!;
    expect(cv).toBeGreaterThan(1.2);
    expect(varianceOff(found, mean, (mean * cv) ** 2)).toBeLessThan(4);
  });

  it('do not pretend to know it of three', () => {
    const three: ProcessSpec = { process: 'mmpp', states: [...spec.states, { rate: 1, mean_duration: 9 }] };
    expect(processKind(three).gapCv!(three, 1)).toBeUndefined();
    expect(
      processKind(three).dispersion!(three, { window_s: 1, duration_s: 1, rateScale: 1 }),
    ).toBeUndefined();
  });
});
