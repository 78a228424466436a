import { DAY_US, HOUR_US } from '../core/time.ts';
import { expectedWork } from '../experiment/replication.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { processKind } from '../workload/processes/table.ts';

/** Fewest replications that an interval can be had of with any use; and where a shorter run would be another one. */
const FEWEST_REPLICATIONS = 4;
const FEWEST_OF_WHOLE_RUNS = 2;

/**
 * The same scenario, cut down until its pools serve no more than so many requests, as far as that can be: fewer
 * replications first, then a shorter run. A run is never cut to a part that is unlike the rest: one that changes by the hour of
 * the day keeps whole days, and one that changes otherwise stays whole.
 */
export function within(scenario: Scenario, requests: number): Scenario {
  const { duration_us } = scenario;
  const period_us = periodOf(scenario);
  const canBeCut = period_us < duration_us;
  const fewest = canBeCut ? FEWEST_REPLICATIONS : FEWEST_OF_WHOLE_RUNS;
  const affordable = Math.floor(requests / Math.max(1, expectedWork({ ...scenario, replications: 1 })));
  const replications = Math.min(scenario.replications, Math.max(fewest, affordable));
  const fewer = { ...scenario, replications };
  const share = requests / Math.max(1, expectedWork(fewer));
  if (share >= 1 || !canBeCut) return fewer;
  const periods = Math.max(1, Math.floor((duration_us * share) / period_us));
  const shorter = { ...fewer, duration_us: periods * period_us };
  return period_us >= DAY_US && periods === 1
    ? { ...shorter, replications: Math.min(replications, FEWEST_OF_WHOLE_RUNS) }
    : shorter;
}

/** The shortest stretch that is like the whole run. */
function periodOf({ sources, platforms, start, duration_us }: Scenario): number {
  const others = platforms.flatMap(({ background }) => background ?? []);
  const all = [...sources, ...others];
  const isWeekly = all.some(
    ({ process, profile }) =>
      (process.process === 'hourly' && process.weekend_factor !== 1) || (profile?.weekend_factor ?? 1) !== 1,
  );
  const isDaily =
    all.some(({ process, profile }) => processKind(process).isDaily || profile !== undefined) ||
    platforms.some(({ policy }) => policy.keep_warm.length > 1);
  const isSteady = all.every(
    ({ process }) => processKind(process).isStationary || processKind(process).isDaily,
  );
  if (!isSteady) return duration_us;
  if (isWeekly) return Math.min(7 * DAY_US, duration_us);
  if (isDaily || start === 'cycle') return Math.min(DAY_US, duration_us);
  return Math.min(HOUR_US, duration_us);
}
