import type { DistributionSpec } from '../random/distributions/table.ts';

export const DISPATCH_RULES = ['most-recent', 'least-recent', 'random'] as const;
export type Dispatch = (typeof DISPATCH_RULES)[number];

/** From a time of day on, this many containers are kept warm. */
export interface KeepWarmEntry {
  /** Seconds since midnight. */
  at_s: number;
  containers: number;
}

/**
 * How many containers requests call for beyond those kept warm.
 *
 * - load: one for each request that waits or is served, and a buffer while there are any;
 * - request-count: one for every `value` such requests;
 * - queue-delay: one more at each check that finds a request which has waited longer than `value`.
 */
export type Scaling =
  | { rule: 'load'; buffer: number }
  | { rule: 'request-count'; value: number }
  | { rule: 'queue-delay'; value_s: number; check_period_s: number };

/** At most `limit` of our requests enter the pool in each period of the clock. */
export interface Creations {
  limit: number;
  period_s: number;
  /** What becomes of the others: they are turned away, or try again when the next period begins. */
  on_limit: 'reject' | 'retry';
}

/** Adapters (LoRA weights) that containers load for the requests which need them. */
export interface Adapters {
  /** How many a container holds; the least recently used one leaves. */
  cache: number;
  /** Seconds to load one that the container lacks: part of the service. */
  load: DistributionSpec;
  /** Whether an arrival prefers an idle container that holds its adapter. */
  affinity: boolean;
}

/** How the containers of a pool live. Plain data; times in seconds. */
export interface PoolPolicy {
  /** Sorted by time of day; before the first entry the last one's value holds. One entry: always that many. */
  keep_warm: readonly KeepWarmEntry[];
  /** Most containers alive at once, at least 1. */
  max_containers: number;
  scaling: Scaling;
  cold_start: DistributionSpec;
  /** Loading of the pool's own adapter, on top of each cold start. */
  preload?: DistributionSpec | undefined;
  /** How long a container may be idle before it stops. */
  idle_window: DistributionSpec;
  dispatch: Dispatch;
  /** Most requests that may wait; Infinity: any number. */
  queue_limit: number;
  /** A request that has waited this long leaves; Infinity: it waits for ever. */
  start_deadline_s: number;
  /** A request that has not ended so long after it entered the pool leaves, or its service is cut. */
  deadline_s: number;
  /** A service that would last longer is cut. */
  timeout_s: number;
  creations?: Creations | undefined;
  adapters?: Adapters | undefined;
  /** The life of a container that stops is rounded up to a multiple of this; 0: it is not. */
  life_rounding_s: number;
  /** What is alive at the beginning: keep_warm containers, or none. */
  start: 'warm' | 'empty';
}

/**
 * Whether it matters which container is which: where each life is rounded up, where a container keeps adapters or draws
 * its window, or where the dispatch draws a container. Else a pool only counts them.
 */
export function needsNumbers({ life_rounding_s, adapters, idle_window, dispatch }: PoolPolicy): boolean {
  return (
    life_rounding_s > 0 ||
    adapters !== undefined ||
    idle_window.distribution !== 'constant' ||
    dispatch === 'random'
  );
}
