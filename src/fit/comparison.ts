import { DAY_US, HOUR_US } from '../core/time.ts';
import { WEEKDAYS } from '../workload/profile.ts';
import { dayProfile } from './day-profile.ts';
import { between, type Stretch } from './dispersion-curve.ts';
import { gapSample } from './gap-sample.ts';
import { fitters } from './processes/table.ts';
import type { Candidate, LogTraffic, Traffic } from './rank.ts';
import { resolutionOf } from './resolution.ts';

/** A fitted process, and the slice of its log that it stands for: alike in rate, length and place in the week. */
export interface Comparison extends Traffic {
  /** In the log's own microseconds. */
  readonly from_us: number;
  readonly to_us: number;
}

/**
 * What may be run beside the replay of a log. A process without a rhythm stands for the whole log from its first request
 * to its last; one with a rhythm for whole days, which it is fitted to anew.
 */
export function comparison(log: LogTraffic, best: Candidate): Comparison {
  if (best.profile === undefined) return { ...best, from_us: log.from_us, to_us: log.to_us };
  const { monday_us, isWeekKnown } = log;
  const days = wholeDays(log);
  const own = dayProfile(days, monday_us, isWeekKnown) ?? best.profile;
  const sample = gapSample(days, { monday_us, resolution_us: resolutionOf(log.arrival_us) }, own);
  const firstDay = Math.round((days.from_us - monday_us) / DAY_US) % 7;
  return {
    process: fitters[best.name](sample) ?? best.process,
    profile: isWeekKnown ? { ...own, first_day: WEEKDAYS[firstDay] } : own,
    from_us: days.from_us,
    to_us: days.to_us,
  };
}

/** The whole days of a log; a day of which less than an hour is missing is whole. */
function wholeDays({ arrival_us, from_us, to_us, monday_us }: LogTraffic): Stretch {
  const begin_us = monday_us + Math.ceil((from_us - monday_us - HOUR_US) / DAY_US) * DAY_US;
  const end_us = monday_us + Math.floor((to_us - monday_us + HOUR_US) / DAY_US) * DAY_US;
  return { arrival_us: between(arrival_us, begin_us, end_us), from_us: begin_us, to_us: end_us };
}
