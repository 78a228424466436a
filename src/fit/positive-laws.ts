import { gammaln } from 'simple-statistics';
import { maximise1 } from './maximise.ts';

/** Means of what likelihoods of positive values need. */
interface Means {
  readonly mean: number;
  readonly log: number;
}

function meansOf(values: Float64Array): Means {
  let [sum, logs] = [0, 0];
  for (const x of values) {
    sum += x;
    logs += Math.log(x);
  }
  return { mean: sum / values.length, log: logs / values.length };
}

/** Shape of the gamma law of greatest likelihood; its mean is the values' (Johnson and Kotz 1994, section 17.7). */
export function gammaShape(values: Float64Array): number {
  const { mean, log } = meansOf(values);
  const likelihood = (lnShape: number) => {
    const k = Math.exp(lnShape);
    return k * (lnShape - Math.log(mean)) - gammaln(k) + (k - 1) * log - k;
  };
  return Math.exp(maximise1(likelihood, Math.log(1e-4), Math.log(1e4)));
}

/** Shape of the Weibull law of greatest likelihood (Johnson and Kotz 1994, section 21.4). */
export function weibullShape(values: Float64Array): number {
  const { mean, log } = meansOf(values);
  const likelihood = (lnShape: number) => {
    const k = Math.exp(lnShape);
    let sum = 0;
    for (const x of values) sum += (x / mean) ** k;
    return lnShape - Math.log(sum / values.length) - k * Math.log(mean) + (k - 1) * log;
  };
  return Math.exp(maximise1(likelihood, Math.log(0.1), Math.log(100)));
}

/** The lognormal law of greatest likelihood: mean and standard deviation of the logarithms. */
export function lognormalLogs(values: Float64Array): { mu: number; sigma: number } {
  const { log: mu } = meansOf(values);
  let squares = 0;
  for (const x of values) squares += (Math.log(x) - mu) ** 2;
  return { mu, sigma: Math.sqrt(squares / values.length) };
}
