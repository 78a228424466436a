/** What sizes may be measured in. */
export const WORK_UNITS = ['s', 'ms', 'us', 'ns', 'min'] as const;
export type WorkUnit = (typeof WORK_UNITS)[number];

/** What a unit is called, first in messages, and in names of columns. */
export const UNIT_NAMES: Record<WorkUnit, readonly [string, ...string[]]> = {
  s: ['seconds', 'second', 's', 'sec', 'secs'],
  ms: ['milliseconds', 'millisecond', 'ms', 'msec', 'msecs', 'milli', 'millis'],
  us: ['microseconds', 'microsecond', 'us', 'µs', 'μs', 'usec', 'usecs', 'micro', 'micros'],
  ns: ['nanoseconds', 'nanosecond', 'ns', 'nsec', 'nsecs', 'nano', 'nanos'],
  min: ['minutes', 'minute', 'min', 'mins'],
};

export const UNIT_SECONDS: Record<WorkUnit, number> = { s: 1, ms: 1e-3, us: 1e-6, ns: 1e-9, min: 60 };

/** The words of a column's name in lower case, as "duration", "ms" of `DURATION_MS`, `duration (ms)` or `durationMs`. */
export function nameWords(column: string): string[] {
  return column
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-zµμ]+/)
    .filter((word) => word !== '');
}

/** The unit that a column's name ends in, if it does. */
export function unitOf(column: string): WorkUnit | undefined {
  const last = nameWords(column).at(-1) ?? '';
  return WORK_UNITS.find((unit) => UNIT_NAMES[unit].includes(last));
}
