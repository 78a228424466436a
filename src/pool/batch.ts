import type { Census } from './census.ts';
import type { Trail } from './trail.ts';

/** Requests for one pool, in order of arrival. */
export interface PoolBatch {
  readonly count: number;
  /** Instants in microseconds. */
  readonly arrival_us: Float64Array;
  /** Service times in whole microseconds, at least 1. */
  readonly service_us: Float64Array;
  /** Outputs; negative for a request that is served but not reported. */
  readonly images: Float64Array;
  /** The adapter that a request needs; -1: none. */
  readonly adapter: Int32Array;
}

/** In place of images: a request of ours in the unreported pass. */
export const NOT_REPORTED = -1;
/** In place of images: a request of another tenant. */
export const OTHER_TENANT = -2;

export interface PoolOptions {
  readonly duration_us: number;
  /** 0, or the negative begin of an unreported pass, whose streams end in `/warm-up`. */
  readonly begin_us?: number;
  /** Latencies up to this are counted as within the limit. */
  readonly limit_us?: number;
  /** Whether latencies are kept hour by hour, the default; else the first hour has those of all, which is faster. */
  readonly latenciesByHour?: boolean | undefined;
  readonly trail?: Trail | undefined;
  /** Told of every container that comes and goes. */
  readonly censuses?: readonly Census[] | undefined;
  /** Length of an hour and of a day; tests use short ones. */
  readonly hour_us?: number | undefined;
  readonly day_us?: number;
}
