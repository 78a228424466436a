import { linearRegression, mean, sampleStandardDeviation } from 'simple-statistics';
import { HOUR_US } from '../core/time.ts';
import { studentT } from '../stats/student-t.ts';
import { hourLengths_us } from './run-record.ts';
import type { RunTotals } from './run-totals.ts';

export interface Stability {
  readonly status: 'ok' | 'unstable';
  /** Requests that wait at the end of the run; mean over replications. */
  readonly backlog_end: number;
  /** Slope of the backlog at hour ends over the last half of the run; null for fewer than three hours. */
  readonly backlog_per_hour: number | null;
}

export interface Load {
  /** Whether a queue limit or a deadline bounds the queue. */
  readonly isBounded: boolean;
  /** Containers that the traffic keeps busy on average, in expectation. */
  readonly offered: number;
  readonly max_containers: number;
  /** Whether requests come at least as fast as a creation limit lets them in, and all come back. */
  readonly isOverCreations: boolean;
}

/** Share of the requests that must wait at the end before a rising backlog is called unstable. */
const WAITING_SHARE = 0.05;
const CONFIDENCE = 0.99;

/**
 * A platform is unstable only if nothing bounds its queue, and either the offered load is at least what it can serve,
 * or its backlog rises over the last half of the run and more than 5 % of the requests wait at the end.
 */
export function stabilityOf(runs: readonly RunTotals[], load: Load, duration_us: number): Stability {
  const ends_h = endsOf(duration_us);
  const backlogs = runs.map((run) => run.backlog);
  const atEnd = backlogs.map((backlog) => backlog.at(-1) ?? 0);
  const slopes = backlogs
    .map((backlog) => slopeOfLastHalf(backlog, ends_h))
    .filter((slope) => slope !== undefined);
  const waiting = atEnd.reduce((sum, count) => sum + count, 0);
  const requests = runs.reduce((sum, run) => sum + run.all.requests, 0);
  const grows = rises(slopes, backlogs) && waiting > WAITING_SHARE * requests;
  const isUnstable =
    !load.isBounded && (load.isOverCreations || load.offered >= load.max_containers || grows);
  return {
    status: isUnstable ? 'unstable' : 'ok',
    backlog_end: waiting / runs.length,
    backlog_per_hour: slopes.length === 0 ? null : mean(slopes),
  };
}

/** Several platforms as one: unstable if one of them is; their backlogs add up. */
export function stabilityOfAll(parts: readonly Stability[]): Stability {
  const slopes = parts.map((part) => part.backlog_per_hour).filter((slope) => slope !== null);
  return {
    status: parts.some((part) => part.status === 'unstable') ? 'unstable' : 'ok',
    backlog_end: parts.reduce((sum, part) => sum + part.backlog_end, 0),
    backlog_per_hour: slopes.length === 0 ? null : slopes.reduce((sum, slope) => sum + slope, 0),
  };
}

function lastHalf(backlog: Float64Array): Float64Array {
  return backlog.subarray(Math.floor(backlog.length / 2));
}

/** Ends of the hours, in hours. */
function endsOf(duration_us: number): number[] {
  let end_us = 0;
  return hourLengths_us(duration_us).map((length_us) => {
    end_us += length_us;
    return end_us / HOUR_US;
  });
}

/** Requests an hour, by least squares. */
function slopeOfLastHalf(backlog: Float64Array, ends_h: readonly number[]): number | undefined {
  const half = lastHalf(backlog);
  if (backlog.length < 3 || half.length < 2) return undefined;
  const first = backlog.length - half.length;
  return linearRegression(Array.from(half, (count, i) => [ends_h[first + i]!, count])).m;
}

/** Slope above 0 at 99 % across replications; within a single one, four quarters that rise from each to the next. */
function rises(slopes: readonly number[], backlogs: readonly Float64Array[]): boolean {
  if (slopes.length === 0) return false;
  if (slopes.length === 1) return risesSteadily(lastHalf(backlogs[0]!));
  const n = slopes.length;
  const standardError = sampleStandardDeviation([...slopes]) / Math.sqrt(n);
  return mean([...slopes]) > studentT(CONFIDENCE, n - 1) * standardError;
}

function risesSteadily(half: Float64Array): boolean {
  const parts = Math.min(4, half.length);
  const means = Array.from({ length: parts }, (_, part) =>
    mean(
      Array.from(
        half.subarray(
          Math.floor((part * half.length) / parts),
          Math.floor(((part + 1) * half.length) / parts),
        ),
      ),
    ),
  );
  return means.every((value, i) => i === 0 || value > means[i - 1]!);
}
