import { quantileFromTail } from './numeric.ts';

/**
 * Erlang's loss formula: the probability that all c servers of an M/G/c/c are busy, for a = lambda E[S]
 * erlangs.
 * Source: Erlang (1917); the recursion in c as in Cooper, "Introduction to Queueing Theory" (1981), chapter
 * 3.
 */
export function erlangB(a: number, c: number): number {
  let b = 1;
  for (let k = 1; k <= c; k++) b = (a * b) / (k + a * b);
  return b;
}

/**
 * Erlang's delay formula: the probability that a request of an M/M/c has to wait, for a = lambda / mu < c.
 * Source: Cooper (1981), chapter 3.
 */
export function erlangC(a: number, c: number): number {
  const b = erlangB(a, c);
  return b / (1 - (a / c) * (1 - b));
}

/** Mean wait of an M/M/c in seconds; lambda and mu per second. Source: Cooper (1981), chapter 3. */
export function mmcWait(lambda: number, mu: number, c: number): number {
  return erlangC(lambda / mu, c) / (c * mu - lambda);
}

/**
 * P(time in system > t) of an M/M/c, first come first served; t in seconds, rates per second. It is the sum
 * of an exponential service and a wait that is 0 or, with probability C, exponential with rate theta.
 * Source: Gross & Harris, "Fundamentals of Queueing Theory" (1998), chapter 2.
 */
export function mmcSojournTail(t: number, lambda: number, mu: number, c: number): number {
  const delayed = erlangC(lambda / mu, c);
  const theta = c * mu - lambda;
  const service = Math.exp(-mu * t);
  if (Math.abs(theta - mu) < 1e-9 * mu) return service * (1 + delayed * mu * t);
  const both = (theta * service - mu * Math.exp(-theta * t)) / (theta - mu);
  return (1 - delayed) * service + delayed * both;
}

/** The time in seconds within which a share p of the requests of an M/M/c leave. Source: mmcSojournTail. */
export function mmcSojournQuantile(p: number, lambda: number, mu: number, c: number): number {
  return quantileFromTail((t) => mmcSojournTail(t, lambda, mu, c), p);
}

/**
 * Share of requests lost by an M/M/c with `waitingPlaces` places besides the servers (M/M/c/K, K = c +
 * waitingPlaces); rates per second. Each place continues the recursion of Erlang B with c servers at work.
 * Source: Gross & Harris (1998), chapter 2.
 */
export function mmcKLoss(lambda: number, mu: number, c: number, waitingPlaces: number): number {
  const rho = lambda / (c * mu);
  let loss = erlangB(lambda / mu, c);
  for (let k = 0; k < waitingPlaces; k++) loss = (rho * loss) / (1 + rho * loss);
  return loss;
}
