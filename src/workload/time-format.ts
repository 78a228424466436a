import { LONGEST_S, microseconds } from '../core/time.ts';
import { parseTimestamp } from './timestamp.ts';

/** How a log writes its times. */
export const TIME_FORMATS = [
  'seconds',
  'timestamp',
  'epoch-seconds',
  'epoch-milliseconds',
  'epoch-microseconds',
  'epoch-nanoseconds',
] as const;
export type TimeFormat = (typeof TIME_FORMATS)[number];

/** What a time looks like, for messages. */
export const TIME_WORDS: Record<TimeFormat, string> = {
  seconds: `seconds from t = 0, from 0 to ${LONGEST_S}`,
  timestamp: 'a timestamp, as 2026-04-01 09:30:00 or 2026-04-01T09:30:00Z',
  'epoch-seconds': 'seconds since 1970, as 1775035800.25',
  'epoch-milliseconds': 'milliseconds since 1970, as 1775035800250',
  'epoch-microseconds': 'microseconds since 1970, as 1775035800250000',
  'epoch-nanoseconds': 'nanoseconds since 1970, as 1775035800250000000',
};

/** How many of its units are a second. */
const PER_SECOND: Readonly<Record<TimeFormat, number>> = {
  seconds: 1,
  timestamp: 1,
  'epoch-seconds': 1,
  'epoch-milliseconds': 1e3,
  'epoch-microseconds': 1e6,
  'epoch-nanoseconds': 1e9,
};

/** The latest instant since 1970 that a log may hold: the year 2286. */
export const LATEST_EPOCH_S = 1e10;

/** Microseconds since 1970, or since t = 0 for plain seconds; undefined for what is no such time. */
export function readInstant(cell: string, format: TimeFormat): number | undefined {
  if (format === 'timestamp') return parseTimestamp(cell);
  const number = readNumber(cell) / PER_SECOND[format];
  const latest_s = format === 'seconds' ? LONGEST_S : LATEST_EPOCH_S;
  return number >= 0 && number <= latest_s ? microseconds(number) : undefined;
}

/** The format that a cell is most likely in; undefined for what is no time. */
export function guessFormat(cell: string): TimeFormat | undefined {
  if (parseTimestamp(cell) !== undefined) return 'timestamp';
  const number = readNumber(cell);
  if (!(number >= 0)) return undefined;
  // 1990 to 2100.
  const epoch = TIME_FORMATS.filter((format) => format.startsWith('epoch')).find(
    (format) => number > 6e8 * PER_SECOND[format] && number < 4.2e9 * PER_SECOND[format],
  );
  if (epoch) return epoch;
  return number <= LONGEST_S ? 'seconds' : undefined;
}

/** A number as it is written in a cell; NaN for an empty one. */
export function readNumber(cell: string): number {
  return cell.trim() === '' ? Number.NaN : Number(cell);
}

/** The format that most cells are in, of those that are in any; undefined if none is. */
export function likelyFormat(cells: readonly string[], formatOf = guessFormat): TimeFormat | undefined {
  const counts = new Map<TimeFormat, number>();
  for (const cell of cells) {
    const format = formatOf(cell);
    if (format !== undefined) counts.set(format, (counts.get(format) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
