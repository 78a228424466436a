import { seconds } from '../core/time.ts';
import {
  type Estimate,
  meanEstimate,
  NOTHING,
  quantileEstimate,
  ratioEstimate,
  scaled,
} from '../stats/estimate.ts';
import { mergeSamples } from '../stats/sample.ts';
import type { Row } from './columns.ts';
import { bounds } from './hourly.ts';
import { cost_usd, type RunRecord, totalOf } from './run-record.ts';
import { type Load, type Stability, stabilityOf } from './status.ts';
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
  /** Share of the requests that were rejected or left before they were served. */
  readonly turnedAway: number;
  /** Share of the cost that falls after the end of the run. */
  readonly afterEndShare: number;
  readonly row: Row;
}

export interface SummaryInput {
  readonly scenario: string;
  readonly platform: string;
  readonly runs: readonly RunRecord[];
  readonly traffic: readonly TrafficRecord[];
  readonly duration_us: number;
  readonly load: Load;
  /** Whether latencies were counted against a limit. */
  readonly hasLimit: boolean;
}

const DAYS_PER_MONTH = 30;

export function summaryOf(input: SummaryInput): Summary {
  const { scenario, platform, runs, duration_us } = input;
  const stability = stabilityOf(runs, input.load);
  const estimates = estimatesOf(runs, duration_us, stability);
  const afterEnd = runs.reduce((sum, run) => sum + run.after_end_cost_usd, 0);
  const cost = runs.reduce((sum, run) => sum + cost_usd(run), 0);
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
    ...moneyOf(runs, duration_us, estimates.cost_usd_per_hour),
    within_slo_fraction: input.hasLimit ? withinLimit(runs) : null,
    after_end_busy_s: seconds(mean(runs.map((run) => run.hours.after_end_busy_us))),
    after_end_cost_usd: afterEnd / runs.length,
    backlog_end: stability.backlog_end,
    backlog_per_hour: stability.backlog_per_hour,
    ...trafficFacts(input.traffic, duration_us),
  };
  const requests = summed(runs, 'requests');
  const lost = summed(runs, 'rejected') + summed(runs, 'aborted');
  return {
    estimates,
    stability,
    turnedAway: requests > 0 ? lost / requests : 0,
    afterEndShare: cost + afterEnd > 0 ? afterEnd / (cost + afterEnd) : 0,
    row,
  };
}

/** A quantity over all runs. */
function summed(runs: readonly RunRecord[], name: Parameters<typeof totalOf>[1]): number {
  return runs.reduce((sum, run) => sum + totalOf(run, name), 0);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function estimatesOf(
  runs: readonly RunRecord[],
  duration_us: number,
  stability: Stability,
): Summary['estimates'] {
  const hours = seconds(duration_us) / 3600;
  const total = (name: Parameters<typeof totalOf>[1]) => runs.map((run) => totalOf(run, name));
  const completed = total('completed');
  const latencies = runs.map((run) => run.latencies);
  const pooled = mergeSamples(latencies);
  const percentile = (p: number) => scaled(quantileEstimate(pooled, latencies, p), 1e-6);
  const latency: Pick<Summary['estimates'], Estimated & `${'latency' | 'wait'}_${string}`> = {
    latency_mean_s: scaled(ratioEstimate(total('latency_us'), completed), 1e-6),
    latency_p50_s: percentile(0.5),
    latency_p95_s: percentile(0.95),
    latency_p99_s: percentile(0.99),
    wait_mean_s: scaled(ratioEstimate(total('wait_us'), completed), 1e-6),
  };
  const unknown = Object.fromEntries(Object.keys(latency).map((name) => [name, NOTHING])) as typeof latency;
  return {
    cost_usd_per_hour: meanEstimate(runs.map((run) => cost_usd(run) / hours)),
    cost_usd_per_image: ratioEstimate(
      runs.map((run) => cost_usd(run) + run.after_end_cost_usd),
      total('images'),
    ),
    ...(stability.status === 'unstable' ? unknown : latency),
    cold_request_fraction: ratioEstimate(total('cold_requests'), completed),
    gpu_utilization: ratioEstimate(total('busy_us'), total('alive_us')),
    containers_mean: meanEstimate(total('alive_us').map((alive_us) => alive_us / duration_us)),
  };
}

function totalsOf(runs: readonly RunRecord[]): Row {
  const names = ['requests', 'completed', 'rejected', 'aborted', 'images', 'cold_starts'] as const;
  const totals = names.map((name) => [name, summed(runs, name)]);
  const most = runs.map((run) => run.hours.containers_max.reduce((max, n) => Math.max(max, n), 0));
  return { ...Object.fromEntries(totals), containers_max: Math.max(...most) };
}

function moneyOf(runs: readonly RunRecord[], duration_us: number, costPerHour: Estimate): Row {
  const hours = seconds(duration_us) / 3600;
  const perHour = (name: 'starting_usd' | 'busy_usd' | 'idle_usd' | 'request_usd') =>
    mean(runs.map((run) => run.charges.reduce((sum, charge) => sum + charge[name], 0) / hours));
  return {
    cost_starting_usd_per_hour: perHour('starting_usd'),
    cost_busy_usd_per_hour: perHour('busy_usd'),
    cost_idle_usd_per_hour: perHour('idle_usd'),
    cost_request_usd_per_hour: perHour('request_usd'),
    cost_usd_per_month: (costPerHour.value ?? 0) * 24 * DAYS_PER_MONTH,
  };
}

/** Of all requests: one that was turned away was not served within the limit. */
function withinLimit(runs: readonly RunRecord[]): number | null {
  const requests = summed(runs, 'requests');
  return requests > 0 ? summed(runs, 'within_limit') / requests : null;
}
