/** Times further away than so many spans of the middle nine tenths are absurd: a clock that was not set. */
const FAR_SPANS = 20;
/** With fewer rows nothing can be called absurd. */
const FEWEST_ROWS = 20;

/** The earliest and the latest time that can be believed. @param times in any order */
export function believable(times: Float64Array): [earliest: number, latest: number] {
  if (times.length < FEWEST_ROWS) return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const sorted = times.slice().sort();
  const low = sorted[Math.floor(0.05 * (sorted.length - 1))]!;
  const high = sorted[Math.ceil(0.95 * (sorted.length - 1))]!;
  if (high === low) return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  return [low - FAR_SPANS * (high - low), high + FAR_SPANS * (high - low)];
}
