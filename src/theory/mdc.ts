import { stationary } from './markov.ts';
import { quantileFromTail } from './numeric.ts';

/**
 * Distribution of the number in an M/D/c at any time; lambda per second, service in s. Whoever is in service
 * now has left one service time later and nobody else has, so L(t + service) = max(L(t) - c, 0) + Poisson.
 * Truncated where the tail is below rounding. Source: Crommelin, "Delay probability formulae when the holding
 * times are constant", Post Office Electrical Engineers Journal 25 (1932).
 */
function mdcNumberInSystem(lambda: number, service: number, c: number): number[] {
  const a = lambda * service;
  const size = Math.ceil(c + 30 + 40 / (1 - a / c));
  const arrivals = [Math.exp(-a)];
  for (let j = 1; j < size; j++) arrivals.push((arrivals[j - 1]! * a) / j);
  const row = (from: number) => Array.from({ length: size }, (_, to) => arrivals[to - from] ?? 0);
  return stationary(Array.from({ length: size }, (_, i) => row(Math.max(i - c, 0))));
}

/** Probability that a request of an M/D/c has to wait (by PASTA, that all c are busy); units as above. */
export function mdcWaitProbability(lambda: number, service: number, c: number): number {
  return mdcNumberInSystem(lambda, service, c).reduce((sum, p, n) => sum + (n >= c ? p : 0), 0);
}

/** Mean wait of an M/D/c in seconds: the mean number waiting over lambda (Little's law). */
export function mdcWait(lambda: number, service: number, c: number): number {
  const number = mdcNumberInSystem(lambda, service, c);
  return number.reduce((sum, p, n) => sum + p * Math.max(n - c, 0), 0) / lambda;
}

/**
 * P(wait > x seconds) of an M/D/c, first come first served, as a function of x: for (k - 1) service <= x < k
 * service, 1 - sum over j < k c of P(Poisson(lambda (k service - x)) = j) P(at most c + k c - 1 - j in the
 * system).
 * Source: Franx, "A simple solution for the M/D/c waiting time distribution", OR Letters 29 (2001).
 */
export function mdcWaitTail(lambda: number, service: number, c: number): (x: number) => number {
  let below = 0;
  const atMost = mdcNumberInSystem(lambda, service, c).map((p) => {
    below += p;
    return below;
  });
  return (x) => {
    const k = Math.floor(x / service) + 1;
    const u = lambda * (k * service - x);
    let poisson = Math.exp(-u);
    let within = 0;
    for (let j = 0; j < k * c; j++) {
      within += poisson * (atMost[c + k * c - 1 - j] ?? 1);
      poisson *= u / (j + 1);
    }
    return 1 - within;
  };
}

/**
 * The time in system in seconds that a share p of the requests of an M/D/c stay within. Source: mdcWaitTail.
 */
export function mdcSojournQuantile(p: number, lambda: number, service: number, c: number): number {
  return service + quantileFromTail(mdcWaitTail(lambda, service, c), p);
}
