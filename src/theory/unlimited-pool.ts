import { uniformized } from './markov.ts';

/**
 * P(an M/M/infinity that starts at i stays at n or below for t seconds), for i = 0..n; rates per second. The
 * generator cut off above n, whose missing mass is the paths that passed n, is exponentiated by
 * uniformization.
 */
function stayProbabilities(n: number, lambda: number, mu: number, t: number): number[] {
  const rate = lambda + n * mu;
  const step = (v: number[]) =>
    v.map((here, i) => {
      const up = lambda * (v[i + 1] ?? 0);
      const down = i * mu * (v[i - 1] ?? 0);
      return (up + down + (n - i) * mu * here) / rate;
    });
  return uniformized(step, rate * t, new Array<number>(n + 1).fill(1));
}

/**
 * An unlimited pool without cold-start time, exponential service, most-recent dispatch, at least keepWarm
 * containers: as containers are used as a stack, their number is the larger of keepWarm and the largest
 * number busy in the last `window` seconds, and the number busy is an M/M/infinity. lambda per second, times
 * in seconds.
 *
 * - Mean containers: keepWarm + sum over n >= keepWarm of P(the largest > n).
 * - Cold: by PASTA, an arrival starts a container if the number busy, n, is the largest of the last window
 *   and n >= keepWarm. The process is reversible, so that has the probability of starting at n and staying at
 *   n or below.
 *
 * Source: M/M/infinity as in Kleinrock, "Queueing Systems I" (1975), chapter 3; reversibility as in Kelly,
 * "Reversibility and Stochastic Networks" (1979), chapter 1; the rest follows by definition.
 */
export function unlimitedPool(
  lambda: number,
  serviceMean: number,
  window: number,
  keepWarm: number,
): { cold: number; containers: number; busy: number } {
  const a = lambda * serviceMean;
  const poisson = [Math.exp(-a)];
  let cold = 0;
  let containers = keepWarm;
  for (let n = 0; ; n++) {
    if (n > 0) poisson.push((poisson[n - 1]! * a) / n);
    if (n < keepWarm) continue;
    const stay = stayProbabilities(n, lambda, 1 / serviceMean, window);
    const exceeded = 1 - stay.reduce((sum, p, i) => sum + p * poisson[i]!, 0);
    cold += poisson[n]! * stay[n]!;
    containers += exceeded;
    if (exceeded < 1e-13) return { cold, containers, busy: a };
  }
}
