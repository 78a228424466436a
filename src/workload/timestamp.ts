import { DAY_US, microseconds, SECOND_US } from '../core/time.ts';

const TIMESTAMP =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(\.\d+)?)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i;

/**
 * Reads ISO 8601 or `YYYY-MM-DD hh:mm:ss`, with a fraction or not; UTC if it names no zone.
 * @returns microseconds since 1970-01-01T00:00:00Z, or undefined if the text is no such instant
 */
export function parseTimestamp(text: string): number | undefined {
  const match = TIMESTAMP.exec(text.trim());
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0));
  const days = Date.UTC(year!, month! - 1, day!) / 86_400_000;
  const back = new Date(days * 86_400_000);
  if (back.getUTCMonth() !== month! - 1 || back.getUTCDate() !== day) return undefined;
  if (hour! > 23 || minute! > 59 || second! > 60) return undefined;
  const inDay_us = ((hour! * 60 + minute!) * 60 + second!) * SECOND_US + microseconds(Number(match[7] ?? 0));
  return days * DAY_US + inDay_us - zone_us(match[8] ?? 'Z');
}

function zone_us(zone: string): number {
  if (/^(z|utc)$/i.test(zone)) return 0;
  const digits = zone.replace(':', '');
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5));
  return (zone.startsWith('-') ? -1 : 1) * minutes * 60 * SECOND_US;
}
