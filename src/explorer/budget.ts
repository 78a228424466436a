import { HOUR_US } from '../core/time.ts';
import { expectedWork } from '../experiment/replication.ts';
import type { Scenario } from '../scenario/scenario.ts';

/** Fewest replications that an interval can be had of with any use. */
const FEWEST_REPLICATIONS = 4;

/**
 * The same scenario, cut down until its pools serve no more than so many requests: fewer replications first, then a
 * shorter run, but at least an hour of it.
 */
export function within(scenario: Scenario, requests: number): Scenario {
  const perReplication = expectedWork({ ...scenario, replications: 1 });
  const affordable = Math.floor(requests / Math.max(1, perReplication));
  const replications = Math.min(scenario.replications, Math.max(FEWEST_REPLICATIONS, affordable));
  const fewer = { ...scenario, replications };
  const share = requests / Math.max(1, expectedWork(fewer));
  if (share >= 1) return fewer;
  const duration_us = Math.round(
    Math.max(Math.min(HOUR_US, scenario.duration_us), scenario.duration_us * share),
  );
  return { ...fewer, duration_us };
}
