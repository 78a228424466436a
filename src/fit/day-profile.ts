import { HOUR_US } from '../core/time.ts';
import type { ProfileSpec } from '../workload/profile.ts';
import { between, type Stretch } from './dispersion-curve.ts';

const DAY_HOURS = 24;
const WEEK_HOURS = 168;
/** Counted beside what came, so that an hour in which nobody came by chance is not closed for ever. */
const PSEUDO_COUNT = 0.5;

/** Hours since Monday 00:00, of an instant. */
function hourOfWeek(t_us: number, monday_us: number): number {
  return (((Math.floor((t_us - monday_us) / HOUR_US) % WEEK_HOURS) + WEEK_HOURS) % WEEK_HOURS) | 0;
}

/** Arrivals by hour of the week, and how much time of each was seen, in hours. */
interface HoursOfWeek {
  readonly counts: Float64Array;
  readonly hours: Float64Array;
}

export function byHourOfWeek({ arrival_us, from_us, to_us }: Stretch, monday_us: number): HoursOfWeek {
  const counts = new Float64Array(WEEK_HOURS);
  const hours = new Float64Array(WEEK_HOURS);
  for (const t of between(arrival_us, from_us, to_us)) counts[hourOfWeek(t, monday_us)]!++;
  for (let t = Math.floor(from_us / HOUR_US) * HOUR_US; t < to_us; t += HOUR_US) {
    const seen = (Math.min(t + HOUR_US, to_us) - Math.max(t, from_us)) / HOUR_US;
    hours[hourOfWeek(t, monday_us)]! += seen;
  }
  return { counts, hours };
}

/** What came, and how many hours were seen, of some hours of the week. */
export function within(
  { counts, hours }: HoursOfWeek,
  is: (hour: number) => boolean,
): { came: number; seen: number } {
  let [came, seen] = [0, 0];
  for (let hour = 0; hour < WEEK_HOURS; hour++) {
    if (!is(hour)) continue;
    came += counts[hour]!;
    seen += hours[hour]!;
  }
  return { came, seen };
}

/**
 * The daily rhythm of a stretch: a factor for each hour of the day, and one for the weekend if days are known.
 * @returns undefined for less than two days
 */
export function dayProfile(
  stretch: Stretch,
  monday_us: number,
  isWeekKnown: boolean,
): ProfileSpec | undefined {
  if (stretch.to_us - stretch.from_us < 2 * DAY_HOURS * HOUR_US) return undefined;
  const seenWeek = byHourOfWeek(stretch, monday_us);
  const rateIn = (is: (hour: number) => boolean) => {
    const { came, seen } = within(seenWeek, is);
    return seen > 0 ? (came + PSEUDO_COUNT) / seen : undefined;
  };
  const weekend_factor = isWeekKnown ? weekendFactor(seenWeek) : 1;
  const mean = rateIn(() => true)!;
  // A weekend's arrivals count as many as they would on a weekday.
  const ofDay = Array.from({ length: DAY_HOURS }, (_, h) => {
    const isThis = (hour: number) => hour % DAY_HOURS === h;
    const onWeekdays = within(seenWeek, (hour) => isThis(hour) && !isWeekend(hour));
    const onWeekends = within(seenWeek, (hour) => isThis(hour) && isWeekend(hour));
    const came = PSEUDO_COUNT + onWeekdays.came + onWeekends.came;
    const seen = onWeekdays.seen + onWeekends.seen * weekend_factor;
    return rounded(came / Math.max(seen, 1e-9) / mean);
  });
  return { hours: ofDay, weekend_factor };
}

const isWeekend = (hour: number) => hour >= 5 * DAY_HOURS;

/** Less than this of weekends or of weekdays says nothing of their difference, in hours. */
const FEWEST_HOURS = 24;

/** What came on weekends over what weekdays bring in the very hours that were seen of them. */
function weekendFactor(seenWeek: HoursOfWeek): number {
  const week = within(seenWeek, (hour) => !isWeekend(hour));
  const weekend = within(seenWeek, isWeekend);
  if (Math.min(week.seen, weekend.seen) < FEWEST_HOURS || week.came === 0) return 1;
  let expected = 0;
  for (let h = 0; h < DAY_HOURS; h++) {
    const onWeekdays = within(seenWeek, (hour) => hour % DAY_HOURS === h && !isWeekend(hour));
    const onWeekends = within(seenWeek, (hour) => hour % DAY_HOURS === h && isWeekend(hour));
    const rate = onWeekdays.seen > 0 ? onWeekdays.came / onWeekdays.seen : week.came / week.seen;
    expected += rate * onWeekends.seen;
  }
  return rounded((weekend.came + PSEUDO_COUNT) / (expected + PSEUDO_COUNT));
}

function rounded(x: number): number {
  return Number(x.toPrecision(3));
}
