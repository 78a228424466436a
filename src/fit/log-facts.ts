import { DAY_US, HOUR_US, seconds } from '../core/time.ts';
import { momentsOf, variance } from '../stats/moments.ts';
import { quantile, sampleOfSorted } from '../stats/sample.ts';
import type { TraceRows } from '../workload/log-rows.ts';
import { byHourOfWeek, within } from './day-profile.ts';
import { countsOf, dispersionCurve, gapsOf, WINDOWS_S } from './dispersion-curve.ts';
import type { LogTraffic } from './rank.ts';
import { resolutionOf } from './resolution.ts';
import { type SizeLaw, sizeLaws } from './size-law.ts';

/** What a log is like. */
export interface LogFacts {
  readonly requests: number;
  /** From the first to the last request. */
  readonly span_s: number;
  readonly rate_per_hour: number;
  /** Requests an hour, by hour of the day and by day of the week; empty where no such time was seen. */
  readonly byHour: readonly (number | undefined)[];
  readonly byDay: readonly (number | undefined)[];
  /** What the log rounds its times to. */
  readonly resolution_s: number;
  /** Undefined for fewer than three requests, and where a coarse clock hides the gaps. */
  readonly gap_cv: number | undefined;
  /** Variance over mean of counts, by window in seconds. */
  readonly dispersion: readonly { window_s: number; value: number | undefined }[];
  readonly emptyHours: number | undefined;
  /** The busiest hour over the mean one. */
  readonly peakHour: number | undefined;
  /** Whether days and hours are those of the calendar. */
  readonly isWeekKnown: boolean;
  readonly size: SizeFacts | undefined;
  readonly images: ImageFacts | undefined;
}

/** A clock that ticks so seldom hides the gaps: requests of one tick seem to come at once. */
export const COARSE_S = 10;

/** Outputs of a request. */
export interface ImageFacts {
  readonly mean: number;
  /** Share of the requests by number of images, the most common first. */
  readonly shares: readonly (readonly [images: number, share: number])[];
}

export interface SizeFacts {
  readonly mean: number;
  readonly cv: number | undefined;
  readonly median: number;
  readonly p95: number;
  readonly max: number;
  readonly laws: readonly SizeLaw[];
}

/** Microseconds since the last Monday 00:00 UTC. 1970 began on a Thursday: its first Monday is day 4. */
function sinceMonday_us(epoch_us: number): number {
  return (epoch_us + 3 * DAY_US) % (7 * DAY_US);
}

/** The arrivals of a log (one without dates begins on a Monday), with the stretch of time that they stand for and its place in the week. */
export function trafficOf({ arrival_us, reading }: TraceRows): LogTraffic {
  const [first_us, last_us] = [arrival_us[0] ?? 0, arrival_us.at(-1) ?? 0];
  const epoch_us = reading?.epoch_us;
  return {
    arrival_us,
    from_us: first_us,
    to_us: last_us + 1,
    monday_us: epoch_us === undefined ? 0 : first_us - sinceMonday_us(epoch_us + first_us),
    isWeekKnown: epoch_us !== undefined,
  };
}

export function factsOf(rows: TraceRows, log: LogTraffic): LogFacts {
  const { arrival_us, from_us, to_us } = log;
  const span_s = seconds(to_us - from_us);
  const hourly = to_us - from_us >= DAY_US ? countsOf(log, HOUR_US) : undefined;
  const week = byHourOfWeek(log, log.monday_us);
  const rate = (is: (hour: number) => boolean) => {
    const { came, seen } = within(week, is);
    return seen > 0.5 ? came / seen : undefined;
  };
  const gaps = gapsOf(arrival_us);
  const resolution_s = seconds(resolutionOf(arrival_us));
  return {
    requests: arrival_us.length,
    span_s,
    rate_per_hour: (arrival_us.length / span_s) * 3600,
    byHour: Array.from({ length: 24 }, (_, h) => rate((hour) => hour % 24 === h)),
    byDay: Array.from({ length: 7 }, (_, day) => rate((hour) => Math.floor(hour / 24) === day)),
    resolution_s,
    gap_cv: resolution_s >= COARSE_S ? undefined : spreadOf(gaps).cv,
    dispersion: dispersionCurve(log).map((value, k) => ({
      window_s: WINDOWS_S[k]!,
      value: WINDOWS_S[k]! < resolution_s ? undefined : value,
    })),
    emptyHours: hourly && hourly.filter((count) => count === 0).length / hourly.length,
    peakHour: hourly && (Math.max(...hourly) * hourly.length) / hourly.reduce((sum, count) => sum + count, 0),
    isWeekKnown: log.isWeekKnown,
    size: rows.work && sizeFacts(rows.work),
    images: rows.images && imageFacts(rows.images),
  };
}

function imageFacts(values: Float64Array): ImageFacts {
  const counts = new Map<number, number>();
  for (const images of values) counts.set(images, (counts.get(images) ?? 0) + 1);
  const shares = [...counts].map(([images, count]) => [images, count / values.length] as const);
  return { mean: spreadOf(values).mean, shares: shares.sort((a, b) => b[1] - a[1]) };
}

function sizeFacts(values: Float64Array): SizeFacts {
  const sorted = sampleOfSorted(values.slice().sort());
  const at = (p: number) => quantile(sorted, p)!;
  return { ...spreadOf(values), median: at(0.5), p95: at(0.95), max: at(1), laws: sizeLaws(values) };
}

/** Mean and coefficient of variation. */
function spreadOf(values: Float64Array): { mean: number; cv: number | undefined } {
  const moments = momentsOf(values);
  const { mean } = moments;
  const squared = variance(moments);
  return { mean, cv: squared === undefined || mean === 0 ? undefined : Math.sqrt(squared) / mean };
}
