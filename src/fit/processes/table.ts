import { fitBatch } from './batch.ts';
import type { Fitter } from './fitter.ts';
import { fitHawkes } from './hawkes.ts';
import { fitMmpp } from './mmpp.ts';
import { fitOnOff } from './on-off.ts';
import { fitGamma, fitHyperexponential, fitPoisson, fitWeibull } from './renewal.ts';

/** Every process that is tried on a log. */
export const fitters = {
  poisson: fitPoisson,
  gamma: fitGamma,
  weibull: fitWeibull,
  hyperexponential: fitHyperexponential,
  'on-off': fitOnOff,
  mmpp: fitMmpp,
  hawkes: fitHawkes,
  batch: fitBatch,
} as const satisfies Record<string, Fitter>;

export type FittedName = keyof typeof fitters;
