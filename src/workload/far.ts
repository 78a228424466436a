import { DAY_US } from '../core/time.ts';

const YEAR_US = 365 * DAY_US;
/** Logs of today are from 1990 on; times that are less count from a 0 of their own. */
const OLDEST_LOG_US = 20 * YEAR_US;
/** A gap between clocks that are set and those that are not is longer than so many spans of all rows that are kept, */
const FAR_SPANS = 20;
/** and than half a year: a clock or a year that is wrong is off by more, and a quiet spell is shorter. */
const SHORTEST_GAP_US = 183 * DAY_US;
/** At most so much of a log may lie beyond such a gap, on either side; one row always may. */
const MOST_FAR = 0.001;
/** With fewer rows no gap is strange. */
const FEWEST_ROWS = 20;

type Bounds = [earliest: number, latest: number];

/**
 * The earliest and the latest time that can be believed; beyond them are clocks that were not set. Those are the times in
 * 1970 where most are from 1990 on, and a handful of rows beyond a gap that is huge beside all the rest. A tail, thin and long
 * as it may be, has no such gap.
 * @param times in any order
 * @param isSince1970 whether times count from 1970, and not from a time of the log's own
 */
export function believable(times: Float64Array, isSince1970: boolean): Bounds {
  const sorted = times.slice().sort();
  const set = isSince1970 ? sorted.subarray(rowsIn1970(sorted)) : sorted;
  const [earliest, latest] = withinGaps(set);
  return [set.length < sorted.length ? Math.max(earliest, YEAR_US) : earliest, latest];
}

/** How many of the first rows are in 1970, where most are of a year that has logs. */
function rowsIn1970(sorted: Float64Array): number {
  if (!(sorted[sorted.length >> 1]! >= OLDEST_LOG_US)) return 0;
  let count = 0;
  while (sorted[count]! < YEAR_US) count++;
  return count;
}

/** Grows from the middle over every gap that is not huge, the shorter one first. */
function withinGaps(sorted: Float64Array): Bounds {
  const everything: Bounds = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const { length } = sorted;
  if (length < FEWEST_ROWS) return everything;
  const most = Math.max(1, Math.floor(MOST_FAR * length));
  let first = most;
  let last = length - 1 - most;
  while (first > 0 || last < length - 1) {
    const before = first > 0 ? sorted[first]! - sorted[first - 1]! : Number.POSITIVE_INFINITY;
    const after = last < length - 1 ? sorted[last + 1]! - sorted[last]! : Number.POSITIVE_INFINITY;
    const huge = Math.max(SHORTEST_GAP_US, FAR_SPANS * (sorted[last]! - sorted[first]!));
    if (Math.min(before, after) > huge) break;
    if (before <= after) first--;
    else last++;
  }
  return [first > 0 ? sorted[first]! : everything[0], last < length - 1 ? sorted[last]! : everything[1]];
}
