import * as z from 'zod';
import { number, oneOf, strict } from '../core/fields.ts';
import { microseconds, SECOND_US, seconds } from '../core/time.ts';
import { weekly } from './processes/hourly.ts';
import type { ArrivalProcess } from './processes/process.ts';
import type { VaryingRate } from './processes/varying-rate.ts';

/** How busy the hours of the day are, relative to each other. */
export interface ProfileSpec {
  /** A factor for each hour of the day, the first from midnight on. */
  hours: number[];
  /** Multiplies the factors on Saturday and Sunday. */
  weekend_factor: number;
  /** The day of the week that a run begins on, for the weekend; default Monday. */
  first_day?: Weekday | undefined;
}

export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export const profileSchema = strict({
  hours: z
    .array(number({ min: 0, max: 1e6 }))
    .length(24, { error: 'expected 24 factors, one for each hour of the day' })
    .refine((hours) => hours.some((factor) => factor > 0), {
      error: 'expected an hour with a factor above 0: nothing would ever come',
    }),
  weekend_factor: number({ min: 0, max: 1000 }).default(1) as unknown as z.ZodType<number>,
  first_day: oneOf(WEEKDAYS).optional(),
}) as unknown as z.ZodType<ProfileSpec>;

/** How fast the process's own time passes, its mean over a week being 1. */
export function paceOf(spec: ProfileSpec): VaryingRate {
  const mean = meanFactor(spec);
  return weekly(
    spec.hours.map((factor) => factor / mean),
    spec.weekend_factor,
    WEEKDAYS.indexOf(spec.first_day ?? 'monday'),
  );
}

/** The pace in the busiest hour of the week. */
export function highestPace(spec: ProfileSpec): number {
  return (Math.max(...spec.hours) * Math.max(1, spec.weekend_factor)) / meanFactor(spec);
}

function meanFactor({ hours, weekend_factor }: ProfileSpec): number {
  return (hours.reduce((sum, factor) => sum + factor, 0) / 24) * ((5 + 2 * weekend_factor) / 7);
}

/**
 * Lets a process run in a time of its own, which passes at the pace of the profile: a random time change (Daley and
 * Vere-Jones, An Introduction to the Theory of Point Processes, 2003, section 7.4). A Poisson process becomes one with the rate of the hour.
 * @param make makes the process for a time that begins at 0 and ends at `end_us`
 */
export function paced(
  spec: ProfileSpec,
  begin_us: number,
  end_us: number,
  make: (begin_us: number, end_us: number) => ArrivalProcess,
): ArrivalProcess {
  const pace = paceOf(spec);
  const length_s = seconds(end_us - begin_us);
  const inner = make(0, Number.isFinite(length_s) ? Math.ceil(pace.expected(length_s) * SECOND_US) : end_us);
  const walk = pace.walk(length_s);
  let own_us = 0;
  let isOver = false;
  return {
    fill(batch, from, to) {
      if (isOver) return from;
      const end = inner.fill(batch, from, to);
      for (let i = from; i < end; i++) {
        const next_us = batch.arrival_us[i]!;
        const t_s = walk(seconds(next_us - own_us));
        if (t_s === Number.POSITIVE_INFINITY) {
          isOver = true;
          return i;
        }
        own_us = next_us;
        batch.arrival_us[i] = begin_us + microseconds(t_s);
      }
      return end;
    },
  };
}
