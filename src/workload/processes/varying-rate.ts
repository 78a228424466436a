/**
 * Rates that change with time, exactly: no grid of steps. A rate is a row of segments, each of which knows its integral
 * and can invert it; the row is run through once, several times or for ever, and after it the rate is 0.
 */

/** A stretch of time with a rate; instants count from its begin, in seconds. */
export interface Segment {
  /** May be Infinity for the last one. */
  readonly length_s: number;
  /** Expected arrivals in the first `x_s` seconds. */
  count(x_s: number): number;
  /** The place at which `amount` more arrivals are expected than at `x_s`, known to be within the segment. */
  after(x_s: number, amount: number): number;
}

/** Moves on along a rate: each call by an amount of its integral. Gives the instant, or Infinity if it is not reached. */
export type Walk = (amount: number) => number;

export class VaryingRate {
  readonly #segments: readonly Segment[];
  readonly #counts: readonly number[];
  readonly #total: number;
  readonly #passes: number;
  readonly #period_s: number;

  /** @param passes how often the segments are run through; Infinity for a daily or weekly rate */
  constructor(segments: readonly Segment[], passes = 1) {
    this.#segments = segments;
    this.#counts = segments.map((segment) => segment.count(segment.length_s));
    this.#total = this.#counts.reduce((sum, count) => sum + count, 0);
    this.#passes = passes;
    this.#period_s = segments.reduce((sum, { length_s }) => sum + length_s, 0);
  }

  /** Expected arrivals in [0, t_s). */
  expected(t_s: number): number {
    const passes = Math.min(this.#passes, Math.floor(t_s / this.#period_s));
    // A row without an end is never passed, and none of it times Infinity is none.
    let [sum, left_s] = passes === 0 ? [0, t_s] : [passes * this.#total, t_s - passes * this.#period_s];
    if (passes === this.#passes) return sum;
    for (let k = 0; k < this.#segments.length && left_s > 0; k++) {
      const segment = this.#segments[k]!;
      sum += left_s >= segment.length_s ? this.#counts[k]! : segment.count(left_s);
      left_s -= segment.length_s;
    }
    return sum;
  }

  /** @param horizon_s instants from here on need not be found */
  walk(horizon_s: number): Walk {
    let pass = 0;
    let k = 0;
    let begin_s = 0;
    let x_s = 0;
    let inSegment = this.#counts[0]!;
    return (amount) => {
      let left = amount;
      while (left >= inSegment) {
        if (pass === this.#passes || begin_s >= horizon_s) return Number.POSITIVE_INFINITY;
        left -= inSegment;
        begin_s += this.#segments[k]!.length_s;
        x_s = 0;
        if (++k === this.#segments.length) {
          k = 0;
          pass++;
        }
        inSegment = pass === this.#passes ? 0 : this.#counts[k]!;
      }
      const segment = this.#segments[k]!;
      x_s = Math.min(segment.after(x_s, left), segment.length_s);
      inSegment -= left;
      return begin_s + x_s;
    };
  }
}

/** A rate that goes from one value to another in a straight line. */
export function linear(length_s: number, from: number, to = from): Segment {
  const slope = length_s === 0 ? 0 : (to - from) / length_s;
  return {
    length_s,
    count: (x_s) => (from + (slope * x_s) / 2) * x_s,
    after: (x_s, amount) => (amount === 0 ? x_s : x_s + untilAmount(amount, from + slope * x_s, slope)),
  };
}

/**
 * After how many seconds so much has come, at a rate that is `here` now and grows by `slope` a second: the root of
 * slope d^2 / 2 + here d = amount that does not cancel. If the rate falls to 0 before that, some instant after it does.
 */
export function untilAmount(amount: number, here: number, slope: number): number {
  return (2 * amount) / (here + Math.sqrt(Math.max(0, here * here + 2 * slope * amount)));
}
