import { number } from '../../core/fields.ts';
import { hyperexponential as hyperexponentialLaw } from '../../random/distributions/hyperexponential.ts';
import { renewal } from './renewal.ts';

export interface HyperexponentialProcessSpec {
  process: 'hyperexponential';
  /** Arrivals a second. */
  rate: number;
  /** Coefficient of variation of the gaps, at least 1. */
  cv: number;
}

/** Gaps that are short or long, each exponential, with balanced means (Tijms, Stochastic Models, 1994, appendix B). */
export const hyperexponential = renewal<HyperexponentialProcessSpec>({
  keys: () => ({ cv: number({ above: 0, max: 100 }) }),
  fault: ({ cv }) =>
    cv < 1
      ? `cv ${cv}: a mixture of exponentials varies more than one of them, so its cv is at least 1; for less take process: gamma`
      : undefined,
  gapCv: (spec) => spec.cv,
  gap: (spec, mean_s) => hyperexponentialLaw(mean_s, spec.cv),
});
