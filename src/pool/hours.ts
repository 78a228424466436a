import { assert } from '../core/assert.ts';
import { mergeSamples, type Sample } from '../stats/sample.ts';

/** The quantities of an hour that are single numbers. Times are in microseconds. */
export const HOUR_QUANTITIES = [
  // by the hour in which the request arrived
  'requests',
  'completed',
  'rejected',
  'aborted',
  'failed',
  'canceled',
  'images',
  'cold_requests',
  'within_limit',
  'latency_us',
  'wait_us',
  'cold_wait_us',
  'run_us',
  'cut_us',
  'adapter_loads',
  // by the hour in which the time passed, and of the whole pool
  'starting_us',
  'busy_us',
  'idle_us',
  'alive_us',
  'floor_us',
  'rounding_us',
  'cold_starts',
  'containers_max',
  // at the end of the hour
  'backlog',
] as const;

export type HourQuantity = (typeof HOUR_QUANTITIES)[number];

/**
 * What a pool leaves behind: an array a quantity, an entry an hour.
 *
 * - requests, completed, rejected, aborted, failed, canceled: the reported ones; images, latency_us, run_us: of the
 *   completed; cut_us: service of the failed and the canceled; wait_us: of all that were started; cold_wait_us: of the
 *   cold requests among them;
 * - cold_requests: the first request of a container, if it waited for the container to be ready;
 * - adapter_loads: started requests whose container had to load their adapter;
 * - within_limit: completed with a latency of at most the limit that was asked for;
 * - starting + busy + idle = alive; floor: the integral of min(alive, keep_warm); rounding: what the lives of containers
 *   that stopped are rounded up by;
 * - containers_max: the most alive for a positive time; backlog: reported requests that wait at the end of the hour.
 */
export interface Hours extends Record<HourQuantity, Float64Array> {
  /** Latencies of the completed requests that arrived in each hour, in microseconds. */
  readonly latencies: Sample[];
  /** Service after the end of the run, of the whole pool. */
  after_end_busy_us: number;
}

/** The hours of pools that are counted as one. @param containers_max the most alive in all of them at once, by hour */
export function mergeHours(pools: readonly Hours[], containers_max: Float64Array): Hours {
  const count = containers_max.length;
  const merged = newHours(count);
  for (const pool of pools) {
    for (const name of HOUR_QUANTITIES) {
      for (let h = 0; h < count; h++) merged[name][h]! += pool[name][h]!;
    }
    merged.after_end_busy_us += pool.after_end_busy_us;
  }
  merged.containers_max.set(containers_max);
  for (let h = 0; h < count; h++)
    merged.latencies.push(mergeSamples(pools.map((pool) => pool.latencies[h]!)));
  return merged;
}

export function newHours(count: number): Hours {
  const quantities = Object.fromEntries(HOUR_QUANTITIES.map((name) => [name, new Float64Array(count)]));
  return { ...(quantities as Record<HourQuantity, Float64Array>), latencies: [], after_end_busy_us: 0 };
}

/** Checks what must hold of every run. */
export function assertBalanced(hours: Hours): void {
  for (let h = 0; h < hours.requests.length; h++) {
    const served = hours.completed[h]! + hours.failed[h]! + hours.canceled[h]!;
    const resolved = served + hours.rejected[h]! + hours.aborted[h]!;
    assert(resolved === hours.requests[h], `hour ${h}: every request has one fate`);
    assert(hours.idle_us[h]! >= 0 && hours.busy_us[h]! >= 0, `hour ${h}: no container is in two states`);
  }
  const known = hours.latencies.reduce((sum, { count }) => sum + count, 0);
  const completed = hours.completed.reduce((sum, count) => sum + count, 0);
  assert(known === completed, 'every completed request has a latency');
}
