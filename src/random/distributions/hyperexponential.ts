import { number } from '../../core/fields.ts';
import { exponential as standard } from '../ziggurat.ts';
import type { Distribution, DistributionKind } from './distribution.ts';

export interface HyperexponentialSpec {
  distribution: 'hyperexponential';
  mean: number;
  cv: number;
}

/** A mixture of two exponential laws: the chance of the first, and the mean of each. */
export interface Phases {
  readonly chance: number;
  readonly first: number;
  readonly second: number;
}

/**
 * The mixture of two exponentials with balanced means (p1 m1 = p2 m2 = mean / 2), which mean and cv determine:
 * p1 = (1 + sqrt((cv^2 - 1) / (cv^2 + 1))) / 2 (Tijms, Stochastic Models, 1994, appendix B). cv is at least 1.
 */
export function balancedPhases(mean: number, cv: number): Phases {
  const variance = cv * cv;
  const chance = (1 + Math.sqrt((variance - 1) / (variance + 1))) / 2;
  return { chance, first: mean / (2 * chance), second: mean / (2 * (1 - chance)) };
}

/** Draws from a mixture of two exponentials with balanced means. */
export function hyperexponential(mean: number, cv: number): Distribution {
  const { chance, first, second } = balancedPhases(mean, cv);
  return {
    mean,
    fill(stream, out, from, to) {
      for (let i = from; i < to; i++)
        out[i] = (stream.uniform() < chance ? first : second) * standard(stream);
    },
  };
}

export const hyperexponentialKind: DistributionKind<HyperexponentialSpec> = {
  keys: (_quantity, mean) => ({ mean, cv: number({ min: 1, max: 1000 }) }),
  make: (spec) => hyperexponential(spec.mean, spec.cv),
};
