/**
 * Variance over mean of a renewal process's counts over a long window. Source: Cox, "Renewal Theory" (1962),
 * chapter 4.
 */
export function renewalDispersion(cv: number): number {
  return cv ** 2;
}

/**
 * Mean rate per second of a Hawkes process with base rate mu per second. Source: Hawkes, Biometrika 58
 * (1971).
 */
export function hawkesRate(mu: number, branching: number): number {
  return mu / (1 - branching);
}

/**
 * Variance over mean of a Hawkes process's counts in a window of t seconds (t may be Infinity: 1 / (1 -
 * n)^2), if each arrival's intensity is n decay exp(-decay u) u seconds later; decay per second.
 * Source: the covariance density of Hawkes (1971) integrated; as in Da Fonseca & Zaatour, J. Futures Markets
 * 34 (2014).
 */
export function hawkesDispersion(t: number, branching: number, decay: number): number {
  const limit = 1 / (1 - branching) ** 2;
  const slowed = decay * (1 - branching) * t;
  return limit - ((1 - limit) * Math.expm1(-slowed)) / slowed;
}
