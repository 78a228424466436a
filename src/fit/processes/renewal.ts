import { gammaShape, weibullShape } from '../positive-laws.ts';
import { type Fitter, rateOf } from './fitter.ts';

export const fitPoisson: Fitter = (gaps_s) => ({ process: 'poisson', rate: rateOf(gaps_s) });

export const fitGamma: Fitter = (gaps_s) => {
  const cv = gammaShape(gaps_s) ** -0.5;
  return { process: 'gamma', rate: rateOf(gaps_s), cv: Math.min(100, Math.max(0.01, cv)) };
};

/** The mean of a Weibull law of greatest likelihood is not that of the gaps; the rate is kept, as users see it. */
export const fitWeibull: Fitter = (gaps_s) => ({
  process: 'weibull',
  rate: rateOf(gaps_s),
  shape: weibullShape(gaps_s),
});
