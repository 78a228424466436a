import { shown } from './shown.ts';
import { LONGEST_S, microseconds } from './time.ts';

/** The clock resolves a microsecond: above this, gaps would round to nothing. */
export const HIGHEST_RATE = 100_000;

const SECONDS_PER: Readonly<Record<string, number>> = {
  us: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  min: 60,
  h: 3600,
  d: 86_400,
};
const NUMBER = String.raw`(\d+(?:\.\d+)?|\.\d+)`;
const DURATION = new RegExp(`^${NUMBER}\\s*(us|ms|s|min|m|h|d)$`);
const RATE = new RegExp(`^${NUMBER}\\s*/\\s*(s|min|m|h|d)$`);
const TIME_OF_DAY = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** What a duration and a rate look like, for JSON Schema. */
export const DURATION_PATTERN = String.raw`^(\d+(\.\d+)?|\.\d+)\s*(us|ms|s|min|m|h|d)$`;
export const RATE_PATTERN = String.raw`^(\d+(\.\d+)?|\.\d+)\s*/\s*(s|min|m|h|d)$`;

/** A text that is not the quantity it should be; the message says what was expected and what to try. */
export class UnitError extends Error {
  override readonly name = 'UnitError';
}

/**
 * Reads a duration such as `500ms`, `8s`, `1.5m`, `24h`, `30d`.
 * @returns seconds, a whole number of microseconds, greater than 0 unless `zero` allows it
 * @throws {UnitError}
 */
export function parseDuration(text: string | number, zero = false): number {
  const match = DURATION.exec(String(text).trim());
  if (!match) throw new UnitError(hint(text, DURATION_WORDS, 's', (tried) => parseDuration(tried, zero)));
  const value = microseconds(Number(match[1]) * SECONDS_PER[match[2]!]!) / 1e6;
  if (value === 0 && !zero) throw new UnitError(`a duration must be longer than 0, here ${brief(text)}`);
  if (value > LONGEST_S)
    throw new UnitError(
      `a duration can be at most ${Math.floor(LONGEST_S / 86_400)} days, here ${brief(text)}`,
    );
  return value;
}

/** A quantity as it was written, unless that is very long. */
function brief(text: string | number): string {
  return String(text).length > 60 ? `${String(text).slice(0, 57)}...` : String(text);
}

/** A rate worth suggesting. */
function positiveRate(text: string): number {
  const rate = parseRate(text);
  if (rate === 0) throw new UnitError('a source that never sends');
  return rate;
}

const DURATION_WORDS = 'expected a duration with its unit, as 500ms, 8s, 1.5m, 24h or 30d';
const RATE_WORDS = 'expected a rate with its unit, as 0.5/s, 10/min, 83/h or 2000/d';

/** What was expected; for a bare number also the number with a unit, if that would be right. */
function hint(
  text: string | number,
  expected: string,
  unit: string,
  parse: (tried: string) => number,
): string {
  const bare = String(text).trim();
  if (
    /^-?(\d|Infinity)/.test(bare) &&
    !(Number(bare) >= 0 && Number.isFinite(Number(bare))) &&
    !Number.isNaN(Number(bare))
  ) {
    return `${expected}, not negative and finite, here ${brief(text)}`;
  }
  if (!/^(\d+(\.\d+)?|\.\d+)$/.test(bare)) return `${expected}, here ${shown(text)}`;
  try {
    parse(bare + unit);
  } catch {
    return `${expected}, here ${shown(text)} without one`;
  }
  return `${expected}, here ${bare} without one: did you mean ${bare}${unit}?`;
}

/**
 * Reads a rate such as `0.5/s`, `10/min`, `83/h`, `2000/d`.
 * @returns events a second, 0 or more
 * @throws {UnitError}
 */
export function parseRate(text: string | number): number {
  const match = RATE.exec(String(text).trim());
  if (!match) throw new UnitError(hint(text, RATE_WORDS, '/h', positiveRate));
  const rate = Number(match[1]) / SECONDS_PER[match[2]!]!;
  if (rate > HIGHEST_RATE)
    throw new UnitError(`a rate can be at most ${HIGHEST_RATE}/s, here ${brief(text)}`);
  return rate;
}

/**
 * Reads a time of day, `00:00` to `23:59`.
 * @returns seconds since midnight
 * @throws {UnitError}
 */
export function parseTimeOfDay(text: string): number {
  const match = TIME_OF_DAY.exec(text);
  if (!match)
    throw new UnitError(`expected a time of day from "00:00" to "23:59", here ${JSON.stringify(text)}`);
  return Number(match[1]) * 3600 + Number(match[2]) * 60;
}
