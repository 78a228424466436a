import { seconds } from '../core/time.ts';
import {
  type Estimate,
  meanEstimate,
  NOTHING,
  quantileEstimate,
  ratioEstimate,
  scaled,
} from '../stats/estimate.ts';
import { meanOf } from '../stats/mean.ts';
import { mergeSamples, quantile, type Sample, shareAt } from '../stats/sample.ts';
import type { Row } from './columns.ts';
import { bounds } from './hourly.ts';
import { type AccountCost, monthlyCost } from './monthly.ts';
import type { RunTotals, TotalQuantity } from './run-totals.ts';
import type { Stability } from './status.ts';
import { type TrafficRecord, trafficFacts } from './traffic-meter.ts';

/** The quantities of the summary that come with an interval. */
export const ESTIMATED = [
  'cost_usd_per_hour',
  'cost_usd_per_image',
  'latency_mean_s',
  'latency_p50_s',
  'latency_p95_s',
  'latency_p99_s',
  'wait_mean_s',
  'cold_request_fraction',
  'gpu_utilization',
  'containers_mean',
] as const;

export type Estimated = (typeof ESTIMATED)[number];

export interface Summary {
  readonly estimates: Readonly<Record<Estimated, Estimate>>;
  readonly stability: Stability;
  /** Share of the requests that were not served to the end. */
  readonly turnedAway: number;
  /** Share of the cost that falls after the end of the run. */
  readonly afterEndShare: number;
  /** A latency that many requests share exactly, on which the p95 lies in some replications and not in others. */
  readonly sharedP95: SharedLatency | undefined;
  readonly row: Row;
}

export interface SharedLatency {
  readonly latency_s: number;
  readonly share: number;
}

/** A latency that so many share makes a percentile jump, as that of all who wait for a whole cold start. */
const SHARED = 0.02;
/** Intervals that are narrower, relative to the value, hang on nothing but the sketch. */
const NARROW = 0.001;

export interface SummaryInput {
  readonly scenario: string;
  readonly platform: string;
  /** Names of the sources that are served. */
  readonly sources: readonly string[];
  readonly runs: readonly RunTotals[];
  readonly traffic: readonly TrafficRecord[];
  readonly duration_us: number;
  readonly stability: Stability;
  /** Cost an hour of each platform, with its account. */
  readonly accounts: readonly AccountCost[];
  /** Whether latencies were counted against a limit. */
  readonly hasLimit: boolean;
}

export function summaryOf(input: SummaryInput): Summary {
  const { scenario, platform, runs, duration_us } = input;
  const { stability } = input;
  const latencies = runs.map((run) => run.latencies);
  const pooled = mergeSamples(latencies);
  const estimates = estimatesOf(runs, pooled, duration_us, stability);
  const afterEnd = runs.reduce((sum, run) => sum + run.after_end_cost_usd, 0);
  const cost = runs.reduce((sum, run) => sum + run.cost_usd, 0);
  const perRequest = costPer(runs, 'completed');
  const row: Row = {
    scenario,
    platform,
    replications: runs.length,
    status: stability.status,
    ...Object.assign(
      {},
      ...ESTIMATED.map((name) => ({ [name]: estimates[name].value, ...bounds(name, estimates[name]) })),
    ),
    ...totalsOf(runs),
    ...moneyOf(runs, duration_us),
    cost_usd_per_month: monthlyCost(input.accounts),
    within_slo_fraction: input.hasLimit ? withinLimit(runs) : null,
    after_end_busy_s: seconds(meanOf(runs.map((run) => run.after_end_busy_us))),
    after_end_cost_usd: afterEnd / runs.length,
    backlog_end: stability.backlog_end,
    backlog_per_hour: stability.backlog_per_hour,
    ...trafficFacts(input.traffic, duration_us),
    cost_usd_per_request: perRequest.value,
    ...bounds('cost_usd_per_request', perRequest),
    failed: summed(runs, 'failed'),
    canceled: summed(runs, 'canceled'),
    adapter_loads: summed(runs, 'adapter_loads'),
    sources: input.sources.join(';'),
    wait_cold_mean_s: stability.status === 'unstable' ? null : coldWait_s(runs),
  };
  const requests = summed(runs, 'requests');
  const lost = requests - summed(runs, 'completed');
  return {
    estimates,
    stability,
    turnedAway: requests > 0 ? lost / requests : 0,
    afterEndShare: cost + afterEnd > 0 ? afterEnd / (cost + afterEnd) : 0,
    sharedP95: sharedP95(estimates.latency_p95_s, pooled, latencies),
    row,
  };
}

/** A quantity over all runs. */
function summed(runs: readonly RunTotals[], name: TotalQuantity): number {
  return runs.reduce((sum, run) => sum + run.all[name], 0);
}

/** The latency that most requests share exactly, of those on which the p95 of a replication lies, if not all lie there. */
function sharedP95(
  { value, high }: Estimate,
  pooled: Sample,
  latencies: readonly Sample[],
): SharedLatency | undefined {
  if (value === null || high === null || high - value <= NARROW * value) return undefined;
  const own = new Set(latencies.map((sample) => quantile(sample, 0.95) ?? 0));
  const shared = Array.from(own, (us) => ({ latency_s: seconds(us), share: shareAt(pooled, us) }));
  const most = shared.reduce((best, one) => (one.share > best.share ? one : best));
  return most.share >= SHARED ? most : undefined;
}

function estimatesOf(
  runs: readonly RunTotals[],
  pooled: Sample,
  duration_us: number,
  stability: Stability,
): Summary['estimates'] {
  const hours = seconds(duration_us) / 3600;
  const total = (name: TotalQuantity) => runs.map((run) => run.all[name]);
  const answered = (name: TotalQuantity) => runs.map((run) => run.answered[name]);
  const completed = answered('completed');
  const [failed, canceled] = [answered('failed'), answered('canceled')];
  const started = completed.map((count, r) => count + failed[r]! + canceled[r]!);
  const latencies = runs.map((run) => run.latencies);
  const percentile = (p: number) => scaled(quantileEstimate(pooled, latencies, p), 1e-6);
  const latency: Pick<Summary['estimates'], Estimated & `${'latency' | 'wait'}_${string}`> = {
    latency_mean_s: scaled(ratioEstimate(answered('latency_us'), completed), 1e-6),
    latency_p50_s: percentile(0.5),
    latency_p95_s: percentile(0.95),
    latency_p99_s: percentile(0.99),
    wait_mean_s: scaled(ratioEstimate(answered('wait_us'), started), 1e-6),
  };
  const unknown = Object.fromEntries(Object.keys(latency).map((name) => [name, NOTHING])) as typeof latency;
  return {
    cost_usd_per_hour: meanEstimate(runs.map((run) => run.cost_usd / hours)),
    cost_usd_per_image: costPer(runs, 'images'),
    ...(stability.status === 'unstable' ? unknown : latency),
    cold_request_fraction: ratioEstimate(answered('cold_requests'), started),
    gpu_utilization: ratioEstimate(total('busy_us'), total('alive_us')),
    containers_mean: meanEstimate(total('alive_us').map((alive_us) => alive_us / duration_us)),
  };
}

/** The part of the mean wait in which requests wait for a container of their own to start; the rest is the queue. */
function coldWait_s(runs: readonly RunTotals[]): number | null {
  const sum = (name: TotalQuantity) => runs.reduce((total, run) => total + run.answered[name], 0);
  const started = sum('completed') + sum('failed') + sum('canceled');
  return started > 0 ? seconds(sum('cold_wait_us')) / started : null;
}

function totalsOf(runs: readonly RunTotals[]): Row {
  const names = ['requests', 'completed', 'rejected', 'aborted', 'images', 'cold_starts'] as const;
  const totals = names.map((name) => [name, summed(runs, name)]);
  const containers_max = Math.max(...runs.map((run) => run.containers_max));
  return { ...Object.fromEntries(totals), containers_max };
}

/** The whole cost, also that after the end of the run, over what came of it. */
function costPer(runs: readonly RunTotals[], what: 'images' | 'completed'): Estimate {
  return ratioEstimate(
    runs.map((run) => run.cost_usd + run.after_end_cost_usd),
    runs.map((run) => run.all[what]),
  );
}

function moneyOf(runs: readonly RunTotals[], duration_us: number): Row {
  const hours = seconds(duration_us) / 3600;
  const perHour = (name: 'starting_usd' | 'busy_usd' | 'idle_usd' | 'request_usd') =>
    meanOf(runs.map((run) => run.charge[name] / hours));
  return {
    cost_starting_usd_per_hour: perHour('starting_usd'),
    cost_busy_usd_per_hour: perHour('busy_usd'),
    cost_idle_usd_per_hour: perHour('idle_usd'),
    cost_request_usd_per_hour: perHour('request_usd'),
  };
}

/** Of all requests: one that was turned away was not served within the limit. */
function withinLimit(runs: readonly RunTotals[]): number | null {
  const sum = (name: 'requests' | 'within_limit') =>
    runs.reduce((total, run) => total + run.answered[name], 0);
  return sum('requests') > 0 ? sum('within_limit') / sum('requests') : null;
}
