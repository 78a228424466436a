import { number } from '../../core/fields.ts';
import { gammaFunction } from '../../random/distributions/gamma-function.ts';
import { weibull as weibullLaw } from '../../random/distributions/weibull.ts';
import { renewal } from './renewal.ts';

export interface WeibullProcessSpec {
  process: 'weibull';
  /** Arrivals a second. */
  rate: number;
  /** Of the gaps: below 1 bursty, above 1 more even than Poisson. */
  shape: number;
}

/** Weibull gaps; with shape 1 they are Poisson's. Their cv^2 is Gamma(1 + 2/k) / Gamma(1 + 1/k)^2 - 1. */
export const weibull = renewal<WeibullProcessSpec>({
  keys: () => ({ shape: number({ min: 0.1, max: 100 }) }),
  gapCv: ({ shape }) => Math.sqrt(gammaFunction(1 + 2 / shape) / gammaFunction(1 + 1 / shape) ** 2 - 1),
  gap: (spec, mean_s) => weibullLaw(mean_s, spec.shape),
});
