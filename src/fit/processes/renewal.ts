import { balancedPhases, type Phases } from '../../random/distributions/hyperexponential.ts';
import { momentsOf, variance } from '../../stats/moments.ts';
import { maximise1 } from '../maximise.ts';
import { gammaShape, weibullShape } from '../positive-laws.ts';
import { type Fitter, rateOf } from './fitter.ts';

export const fitPoisson: Fitter = ({ rate }) => ({ process: 'poisson', rate });

/** Gaps of which more than this share lie within a tick of the clock have no likelihood to speak of. */
const MOST_HIDDEN = 0.05;

/** By the likelihood; where the clock hides the short gaps, on which it leans most, by the cv of the gaps. */
export const fitGamma: Fitter = ({ gaps_s, rate, resolution_s }) => {
  const hidden = gaps_s.reduce((count, gap) => count + (gap < resolution_s ? 1 : 0), 0);
  const cv = hidden > MOST_HIDDEN * gaps_s.length ? cvOf(gaps_s) : gammaShape(gaps_s) ** -0.5;
  return { process: 'gamma', rate, cv: Math.min(100, Math.max(0.01, cv)) };
};

export const fitWeibull: Fitter = ({ gaps_s, rate }) => ({
  process: 'weibull',
  rate,
  shape: weibullShape(gaps_s),
});

function cvOf(values: Float64Array): number {
  const moments = momentsOf(values);
  return Math.sqrt(variance(moments)!) / moments.mean;
}

/** Below this cv it is a Poisson process. */
const LEAST_CV = 1.01;

/** Of balanced means, by the likelihood of its cv. */
export const fitHyperexponential: Fitter = ({ gaps_s, rate }) => {
  const own = rateOf(gaps_s);
  const cvAt = (x: number) => Math.sqrt(1 + Math.exp(x));
  const likelihood = (x: number) => mixedLikelihood(gaps_s, balancedPhases(1 / own, cvAt(x)));
  const cv = cvAt(maximise1(likelihood, Math.log(1e-4), Math.log(9999)));
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
