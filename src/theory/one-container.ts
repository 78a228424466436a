import { pollaczekKhinchine } from './mg1.ts';

/** First and second moment, in s and s^2. */
export type Moments = { readonly m1: number; readonly m2: number };

/** Moments of a constant of x seconds. */
export function constant(x: number): Moments {
  return { m1: x, m2: x ** 2 };
}

/** Moments of an exponential time with this mean in seconds. */
export function exponential(mean: number): Moments {
  return { m1: mean, m2: 2 * mean ** 2 };
}

/**
 * A pool of at most one container under Poisson arrivals (lambda per second), stopped after an idle window
 * and started by the next arrival. `expires` is the probability that a window ends before the next arrival:
 * exp(-lambda T) for a constant window of T seconds. Returns the share of requests that start the container,
 * the share of time it is alive, and the mean wait in seconds.
 * Source: Welch, "On a generalized M/G/1 queueing process in which the first customer of each busy period
 * receives exceptional service", Operations Research 12 (1964), for a set-up in the share `expires` of busy
 * periods.
 */
export function oneContainer(
  lambda: number,
  service: Moments,
  coldStart: Moments,
  expires: number,
): { starts: number; alive: number; wait: number } {
  const stretch = 1 + lambda * expires * coldStart.m1;
  const starts = (expires * (1 - lambda * service.m1)) / stretch;
  const setUp = (expires * (2 * coldStart.m1 + lambda * coldStart.m2)) / (2 * stretch);
  return { starts, alive: 1 - starts, wait: pollaczekKhinchine(lambda, service.m1, service.m2) + setUp };
}
