import { number, rate } from '../../core/fields.ts';
import { gamma as gammaLaw } from '../../random/distributions/gamma.ts';
import type { ProcessKind } from './process.ts';
import { renewal } from './renewal.ts';

export interface GammaProcessSpec {
  process: 'gamma';
  /** Arrivals a second. */
  rate: number;
  /** Coefficient of variation of the gaps: above 1 bursty, below 1 more even than Poisson. */
  cv: number;
}

/** Gamma gaps of shape 1 / cv^2; with cv 1 they are Poisson's. */
export const gamma: ProcessKind<GammaProcessSpec> = {
  keys: { rate, cv: number({ min: 0.01, max: 100 }) },
  isStationary: true,
  meanRate: (spec) => spec.rate,
  peakRate: (spec) => spec.rate,
  gapCv: (spec) => spec.cv,
  make: (spec, context) => renewal(gammaLaw(1 / (spec.rate * context.rateScale), spec.cv), context),
};
