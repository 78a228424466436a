import { balancedPhases, type Phases } from '../../random/distributions/hyperexponential.ts';
import { maximise1 } from '../maximise.ts';
import { gammaShape, weibullShape } from '../positive-laws.ts';
import { type Fitter, rateOf } from './fitter.ts';

export const fitPoisson: Fitter = ({ rate }) => ({ process: 'poisson', rate });

export const fitGamma: Fitter = ({ gaps_s, rate }) => {
  const cv = gammaShape(gaps_s) ** -0.5;
  return { process: 'gamma', rate, cv: Math.min(100, Math.max(0.01, cv)) };
};

export const fitWeibull: Fitter = ({ gaps_s, rate }) => ({
  process: 'weibull',
  rate,
  shape: weibullShape(gaps_s),
});

/** Below this cv it is a Poisson process. */
const LEAST_CV = 1.01;

/** Of balanced means, by the likelihood of its cv. */
export const fitHyperexponential: Fitter = ({ gaps_s, rate }) => {
  const own = rateOf(gaps_s);
  const cvOf = (x: number) => Math.sqrt(1 + Math.exp(x));
  const likelihood = (x: number) => mixedLikelihood(gaps_s, balancedPhases(1 / own, cvOf(x)));
  const cv = cvOf(maximise1(likelihood, Math.log(1e-4), Math.log(9999)));
  return cv < LEAST_CV ? undefined : { process: 'hyperexponential', rate, cv };
};

/** Logarithm of the likelihood of gaps drawn from either of two exponential laws. */
export function mixedLikelihood(gaps_s: Float64Array, { chance, first, second }: Phases): number {
  const [a, b] = [chance / first, (1 - chance) / second];
  let sum = 0;
  // No gap is so long that its likelihood vanishes.
  for (const gap of gaps_s)
    sum += Math.log(a * Math.exp(-gap / first) + b * Math.exp(-gap / second) + Number.MIN_VALUE);
  return sum;
}
