import { seconds } from '../core/time.ts';
import { cost_usd } from '../measure/run-record.ts';
import { type Estimate, meanEstimate, NOTHING, sectioned } from '../stats/estimate.ts';
import { quantile } from '../stats/sample.ts';
import type { PlatformResult } from './run.ts';

/** Differences a - b, paired by replication: both served the same requests. */
export interface Difference {
  readonly cost_usd_per_hour: Estimate;
  /** NOTHING if one of them is unstable or completed nothing. */
  readonly latency_p95_s: Estimate;
}

export function difference(a: PlatformResult, b: PlatformResult, duration_us: number): Difference {
  const hours = seconds(duration_us) / 3600;
  const costs = a.runs.map((run, r) => (cost_usd(run) - cost_usd(b.runs[r]!)) / hours);
  return { cost_usd_per_hour: meanEstimate(costs), latency_p95_s: p95Difference(a, b) };
}

function p95Difference(a: PlatformResult, b: PlatformResult): Estimate {
  const [pooledA, pooledB] = [
    a.summary.estimates.latency_p95_s.value,
    b.summary.estimates.latency_p95_s.value,
  ];
  if (pooledA === null || pooledB === null) return NOTHING;
  const perRun = a.runs.flatMap((run, r) => {
    const [qa, qb] = [quantile(run.latencies, 0.95), quantile(b.runs[r]!.latencies, 0.95)];
    return qa === undefined || qb === undefined ? [] : [seconds(qa - qb)];
  });
  return sectioned(pooledA - pooledB, perRun);
}

/** Whether the interval leaves no doubt about the sign. */
export function isDistinct({ low, high }: Estimate): boolean {
  return low !== null && high !== null && (low > 0 || high < 0);
}
