import { number } from '../../core/fields.ts';
import { gamma as gammaLaw } from '../../random/distributions/gamma.ts';
import { renewal } from './renewal.ts';

export interface GammaProcessSpec {
  process: 'gamma';
  /** Arrivals a second. */
  rate: number;
  /** Coefficient of variation of the gaps: above 1 bursty, below 1 more even than Poisson. */
  cv: number;
}

/** Gamma gaps of shape 1 / cv^2; with cv 1 they are Poisson's. */
export const gamma = renewal<GammaProcessSpec>({
  keys: () => ({ cv: number({ min: 0.01, max: 100 }) }),
  gapCv: (spec) => spec.cv,
  gap: (spec, mean_s) => gammaLaw(mean_s, spec.cv),
});
