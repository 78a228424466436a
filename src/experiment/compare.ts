import { seconds } from '../core/time.ts';
import { type Estimate, meanEstimate, NOTHING, sectioned } from '../stats/estimate.ts';
import { quantile } from '../stats/sample.ts';
import type { Option } from './option.ts';
import { comparableOptions, type RunResult, servingOptions } from './run.ts';

/** Differences a - b, paired by replication: both served the same requests. */
export interface Difference {
  readonly cost_usd_per_hour: Estimate;
  /** NOTHING if one of them is unstable or completed nothing. */
  readonly latency_p95_s: Estimate;
}

/** Costs that differ by less than this share are the same but for rounding. */
const ROUNDING = 1e-9;

export function difference(a: Option, b: Option, duration_us: number): Difference {
  const hours = seconds(duration_us) / 3600;
  const costs = a.totals.map((run, r) => {
    const [mine, other] = [run.cost_usd, b.totals[r]!.cost_usd];
    return Math.abs(mine - other) <= ROUNDING * Math.max(mine, other) ? 0 : (mine - other) / hours;
  });
  return { cost_usd_per_hour: meanEstimate(costs), latency_p95_s: p95Difference(a, b) };
}

function p95Difference(a: Option, b: Option): Estimate {
  const [pooledA, pooledB] = [
    a.summary.estimates.latency_p95_s.value,
    b.summary.estimates.latency_p95_s.value,
  ];
  if (pooledA === null || pooledB === null) return NOTHING;
  const perRun = a.totals.flatMap((run, r) => {
    const [qa, qb] = [quantile(run.latencies, 0.95), quantile(b.totals[r]!.latencies, 0.95)];
    return qa === undefined || qb === undefined ? [] : [seconds(qa - qb)];
  });
  return sectioned(pooledA - pooledB, perRun);
}

/** Whether the interval leaves no doubt about the sign. */
export function isDistinct({ low, high }: Estimate): boolean {
  return low !== null && high !== null && (low > 0 || high < 0);
}

/** Cost per hour, for sorting. */
export function costOf({ summary }: Option): number {
  return summary.estimates.cost_usd_per_hour.value ?? Number.POSITIVE_INFINITY;
}

/** The cheapest of the options that can be compared and serve their traffic, with those that cost as much for all we know. */
export function cheapestOf(result: RunResult): readonly Option[] {
  const options = comparableOptions(result);
  if (options.length < 2) return [];
  const [cheapest, ...others] = [...servingOptions(options)].sort((a, b) => costOf(a) - costOf(b));
  const isTied = (other: Option) => {
    const apart = difference(other, cheapest!, result.scenario.duration_us).cost_usd_per_hour;
    return apart.high === null ? apart.value === 0 : !isDistinct(apart);
  };
  return [cheapest!, ...others.filter(isTied)];
}
