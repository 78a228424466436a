import type { Fitter } from './fitter.ts';
import { fitHawkes } from './hawkes.ts';
import { fitMmpp } from './mmpp.ts';
import { fitGamma, fitPoisson, fitWeibull } from './renewal.ts';

/** Every process that is tried on a log. */
export const fitters = {
  poisson: fitPoisson,
  gamma: fitGamma,
  weibull: fitWeibull,
  mmpp: fitMmpp,
  hawkes: fitHawkes,
} as const satisfies Record<string, Fitter>;

export type FittedName = keyof typeof fitters;
