/** The clock counts integer microseconds held in a double: sums are exact and `===` is a fair test. */
export const SECOND_US = 1_000_000;
export const HOUR_US = 3600 * SECOND_US;
export const DAY_US = 24 * HOUR_US;

/** The latest instant or longest span the clock can hold with room for exact sums: about 28 years, in seconds. */
export const LONGEST_S = 900_000_000;

/** Seconds to the clock's microseconds, rounded half up. */
export function microseconds(seconds: number): number {
  return Math.floor(seconds * SECOND_US + 0.5);
}

/** The clock's microseconds to seconds. */
export function seconds(us: number): number {
  return us / SECOND_US;
}
