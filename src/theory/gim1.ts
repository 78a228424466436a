import { exponentialMean } from './numeric.ts';

/** Laplace-Stieltjes transform E[exp(-s A)] of a gap A between arrivals; s per second. */
export type Transform = (s: number) => number;

/** Transform of a gamma gap with this mean in seconds and coefficient of variation. */
export function gammaTransform(mean: number, cv: number): Transform {
  const shape = 1 / cv ** 2;
  return (s) => (1 + (s * mean) / shape) ** -shape;
}

/**
 * Transform of a Weibull gap with this mean in seconds and shape, by quadrature over the exponential A^shape.
 */
export function weibullTransform(mean: number, shape: number): Transform {
  const scale = mean / exponentialMean((y) => y ** (1 / shape));
  return (s) => exponentialMean((y) => Math.exp(-s * scale * y ** (1 / shape)));
}

/**
 * Transform of a gap from two exponentials, with balanced means (both branches take the same share of the
 * mean), mean in seconds, cv >= 1. Source: Tijms, "A First Course in Stochastic Models" (2003), appendix B.
 */
export function hyperexponentialTransform(mean: number, cv: number): Transform {
  const p = (1 + Math.sqrt((cv ** 2 - 1) / (cv ** 2 + 1))) / 2;
  const branch = (share: number, s: number) => (share * 2 * share) / (2 * share + s * mean);
  return (s) => branch(p, s) + branch(1 - p, s);
}

/**
 * The probability that a request of a GI/M/1 waits: the root in (0, 1) of sigma = A(mu (1 - sigma)), by
 * successive substitution from 0, which rises to it. mu per second. Source: Kleinrock, "Queueing Systems I"
 * (1975), chapter 6.
 */
export function gim1Sigma(transform: Transform, mu: number): number {
  let sigma = 0;
  for (let i = 0; i < 1e5; i++) {
    const next = transform(mu * (1 - sigma));
    if (next - sigma < 1e-15) return next;
    sigma = next;
  }
  throw new RangeError('no root below 1: the load is not below 1');
}

/** Mean time in system of a GI/M/1 in seconds; it is exponential. Source: Kleinrock (1975), chapter 6. */
export function gim1Sojourn(transform: Transform, mu: number): number {
  return 1 / (mu * (1 - gim1Sigma(transform, mu)));
}

/**
 * The time in system in seconds that a share p of the requests of a GI/M/1 stay within. Source: as
 * gim1Sojourn.
 */
export function gim1SojournQuantile(p: number, transform: Transform, mu: number): number {
  return -Math.log(1 - p) * gim1Sojourn(transform, mu);
}
