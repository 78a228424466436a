import { LONGEST_S, microseconds } from './time.ts';

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
  if (!match) throw new UnitError(durationHint(text));
  const value = microseconds(Number(match[1]) * SECONDS_PER[match[2]!]!) / 1e6;
  if (value === 0 && !zero) throw new UnitError(`a duration must be longer than 0, here ${text}`);
  if (value > LONGEST_S)
    throw new UnitError(`a duration can be at most ${(LONGEST_S / 86_400) | 0} days, here ${text}`);
  return value;
}

function durationHint(text: string | number): string {
  const bare = Number(text);
  const expected = 'expected a duration with its unit, as 500ms, 8s, 1.5m, 24h or 30d';
  if (String(text).trim() === '' || Number.isNaN(bare)) return `${expected}, here ${JSON.stringify(text)}`;
  if (!Number.isFinite(bare) || bare < 0) return `${expected}, not negative and finite, here ${text}`;
  return `${expected}, here ${text} without one: did you mean ${text}s?`;
}

/**
 * Reads a rate such as `0.5/s`, `10/min`, `83/h`, `2000/d`.
 * @returns events a second, 0 or more
 * @throws {UnitError}
 */
export function parseRate(text: string | number): number {
  const match = RATE.exec(String(text).trim());
  if (!match) throw new UnitError(rateHint(text));
  const rate = Number(match[1]) / SECONDS_PER[match[2]!]!;
  if (rate > 1e6) throw new UnitError(`a rate can be at most 1000000/s, here ${text}`);
  return rate;
}

function rateHint(text: string | number): string {
  const bare = Number(text);
  const expected = 'expected a rate with its unit, as 0.5/s, 10/min, 83/h or 2000/d';
  if (String(text).trim() === '' || Number.isNaN(bare)) return `${expected}, here ${JSON.stringify(text)}`;
  if (!Number.isFinite(bare) || bare < 0) return `${expected}, not negative and finite, here ${text}`;
  return `${expected}, here ${text} without one: did you mean ${text}/h?`;
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
