/**
 * Mean wait of an M/G/1 in seconds; lambda per second, m1 = E[S] in s, m2 = E[S^2] in s^2.
 * Source: the Pollaczek-Khinchine formula, Kleinrock, "Queueing Systems I" (1975), chapter 5.
 */
export function pollaczekKhinchine(lambda: number, m1: number, m2: number): number {
  return (lambda * m2) / (2 * (1 - lambda * m1));
}
