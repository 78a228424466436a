import type { DistributionSpec } from '../random/distributions/table.ts';

export const DISPATCH_RULES = ['most-recent', 'least-recent', 'random'] as const;
export type Dispatch = (typeof DISPATCH_RULES)[number];

/** From a time of day on, this many containers are kept warm. */
export interface KeepWarmEntry {
  /** Seconds since midnight. */
  at_s: number;
  containers: number;
}

/** How the containers of a pool live. Plain data; times in seconds. */
export interface PoolPolicy {
  /** Sorted by time of day; before the first entry the last one's value holds. One entry: always that many. */
  keep_warm: readonly KeepWarmEntry[];
  /** Most containers alive at once, at least 1. */
  max_containers: number;
  /** Containers wanted beyond those that requests need, while there are requests. */
  buffer_containers: number;
  cold_start: DistributionSpec;
  /** How long a container may be idle before it stops. */
  idle_window: DistributionSpec;
  dispatch: Dispatch;
  /** Most requests that may wait; Infinity: any number. */
  queue_limit: number;
  /** A request that has waited this long leaves; Infinity: it waits for ever. */
  start_deadline_s: number;
  /** What is alive at the beginning: keep_warm containers, or none. */
  start: 'warm' | 'empty';
}
