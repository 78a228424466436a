import { number, rate } from '../../core/fields.ts';
import { gammaFunction } from '../../random/distributions/gamma-function.ts';
import { weibull as weibullLaw } from '../../random/distributions/weibull.ts';
import type { ProcessKind } from './process.ts';
import { renewal } from './renewal.ts';

export interface WeibullProcessSpec {
  process: 'weibull';
  /** Arrivals a second. */
  rate: number;
  /** Of the gaps: below 1 bursty, above 1 more even than Poisson. */
  shape: number;
}

/** Weibull gaps; with shape 1 they are Poisson's. Their cv^2 is Gamma(1 + 2/k) / Gamma(1 + 1/k)^2 - 1. */
export const weibull: ProcessKind<WeibullProcessSpec> = {
  keys: { rate, shape: number({ min: 0.1, max: 100 }) },
  isStationary: true,
  meanRate: (spec) => spec.rate,
  peakRate: (spec) => spec.rate,
  gapCv: ({ shape }) => Math.sqrt(gammaFunction(1 + 2 / shape) / gammaFunction(1 + 1 / shape) ** 2 - 1),
  make: (spec, context) => renewal(weibullLaw(1 / (spec.rate * context.rateScale), spec.shape), context),
};
