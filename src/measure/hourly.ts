import { seconds } from '../core/time.ts';
import { total_usd } from '../platforms/usage.ts';
import type { HourQuantity } from '../pool/hours.ts';
import { type Estimate, meanEstimate, quantileEstimate, ratioEstimate, scaled } from '../stats/estimate.ts';
import { mergeSamples, quantile } from '../stats/sample.ts';
import type { Row } from './columns.ts';
import type { RunRecord } from './run-record.ts';

/** The rows of hourly.csv: an hour over all replications. */
export function hourlyRows(scenario: string, platform: string, runs: readonly RunRecord[]): Row[] {
  return runs[0]!.lengths_us.map((_, hour) => ({ scenario, platform, hour, ...hourOf(runs, hour) }));
}

/** The rows of replications.csv: the hours of each replication. */
export function* replicationRows(
  scenario: string,
  platform: string,
  runs: readonly RunRecord[],
): Generator<Row> {
  for (const [replication, run] of runs.entries()) {
    for (const hour of run.lengths_us.keys())
      yield { scenario, platform, replication, hour, ...hourOf([run], hour) };
  }
}

/** Counts, seconds and dollars are means per run, percentiles of the pooled requests, ratios sum over sum. */
function hourOf(runs: readonly RunRecord[], hour: number): Row {
  const each = (pick: (run: RunRecord) => number) => runs.map(pick);
  const mean = (pick: (run: RunRecord) => number) => each(pick).reduce((sum, x) => sum + x, 0) / runs.length;
  const count = (name: CountName) => mean((run) => run.hours[name][hour]!);
  const time = (name: TimeName) => seconds(mean((run) => run.hours[name][hour]!));
  const money = (pick: (charge: RunRecord['charges'][number]) => number) =>
    mean((run) => pick(run.charges[hour]!));
  const answered = (name: HourQuantity) => mean((run) => run.answered[name][hour]!);
  const alive_s = time('alive_us');
  const perRun = runs.map((run) => run.answered.latencies[hour]!);
  const pooled = mergeSamples(perRun);
  const percentile = (p: number) => inSeconds(quantile(pooled, p));
  const isBilledBySecond = runs[0]!.charges[hour]!.billed_s !== null;
  return {
    requests: count('requests'),
    completed: count('completed'),
    rejected: count('rejected'),
    aborted: count('aborted'),
    images: count('images'),
    cold_requests: count('cold_requests'),
    latency_mean_s: over(seconds(answered('latency_us')), answered('completed')),
    latency_p50_s: percentile(0.5),
    latency_p95_s: percentile(0.95),
    latency_p99_s: percentile(0.99),
    wait_mean_s: over(
      seconds(answered('wait_us')),
      answered('completed') + answered('failed') + answered('canceled'),
    ),
    run_s: time('run_us'),
    starting_s: time('starting_us'),
    busy_s: time('busy_us'),
    idle_s: time('idle_us'),
    alive_s,
    billed_s: isBilledBySecond ? money((charge) => charge.billed_s ?? 0) : null,
    cold_starts: count('cold_starts'),
    containers_mean: alive_s / seconds(runs[0]!.lengths_us[hour]!),
    containers_max: Math.max(...each((run) => run.hours.containers_max[hour]!)),
    gpu_utilization: over(time('busy_us'), alive_s),
    cost_usd: money(total_usd),
    cost_starting_usd: money((charge) => charge.starting_usd),
    cost_busy_usd: money((charge) => charge.busy_usd),
    cost_idle_usd: money((charge) => charge.idle_usd),
    cost_request_usd: money((charge) => charge.request_usd),
    ...bounds('cost_usd', meanEstimate(each((run) => total_usd(run.charges[hour]!)))),
    ...bounds('latency_p95_s', scaled(quantileEstimate(pooled, perRun, 0.95), 1e-6)),
    ...bounds(
      'gpu_utilization',
      ratioEstimate(
        each((run) => run.hours.busy_us[hour]!),
        each((run) => run.hours.alive_us[hour]!),
      ),
    ),
    failed: count('failed'),
    canceled: count('canceled'),
    cut_s: time('cut_us'),
    adapter_loads: count('adapter_loads'),
    rounding_s: time('rounding_us'),
  };
}

type CountName =
  | 'requests'
  | 'completed'
  | 'rejected'
  | 'aborted'
  | 'failed'
  | 'canceled'
  | 'adapter_loads'
  | 'images'
  | 'cold_requests'
  | 'cold_starts';
type TimeName = 'run_us' | 'cut_us' | 'starting_us' | 'busy_us' | 'idle_us' | 'alive_us' | 'rounding_us';

/** A quotient, or null when there is nothing to divide by. */
function over(sum: number, by: number): number | null {
  return by > 0 ? sum / by : null;
}

function inSeconds(us: number | undefined): number | null {
  return us === undefined ? null : seconds(us);
}

export function bounds(name: string, { low, high }: Estimate): Row {
  return { [`${name}_ci_low`]: low, [`${name}_ci_high`]: high };
}
