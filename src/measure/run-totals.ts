import { type Charge, totalCharge } from '../platforms/usage.ts';
import { HOUR_QUANTITIES, type HourQuantity } from '../pool/hours.ts';
import type { Sample } from '../stats/sample.ts';
import { answeredTotal, cost_usd, type RunRecord, totalOf } from './run-record.ts';

/** The quantities that have a total over the hours of a run. */
export type TotalQuantity = Exclude<HourQuantity, 'containers_max' | 'backlog'>;
export type Totals = Readonly<Record<TotalQuantity, number>>;

/** One replication of one platform without its hours: all that a summary is made from. Plain data. */
export interface RunTotals {
  readonly all: Totals;
  /** Of the requests whose latency is reported. */
  readonly answered: Totals;
  readonly containers_max: number;
  /** Requests that wait at the end of each hour. */
  readonly backlog: Float64Array;
  readonly charge: Charge;
  /** The whole charge up to the end of the run, added hour by hour. */
  readonly cost_usd: number;
  readonly after_end_busy_us: number;
  readonly after_end_cost_usd: number;
  /** All latencies of the run, in microseconds. */
  readonly latencies: Sample;
}

const TOTALLED = HOUR_QUANTITIES.filter(
  (name): name is TotalQuantity => name !== 'containers_max' && name !== 'backlog',
);

export function runTotals(run: RunRecord): RunTotals {
  const totals = (of: (name: TotalQuantity) => number) =>
    Object.fromEntries(TOTALLED.map((name) => [name, of(name)])) as Totals;
  return {
    all: totals((name) => totalOf(run, name)),
    answered: totals((name) => answeredTotal(run, name)),
    containers_max: run.hours.containers_max.reduce((max, n) => Math.max(max, n), 0),
    backlog: run.hours.backlog,
    charge: totalCharge(run.charges),
    cost_usd: cost_usd(run),
    after_end_busy_us: run.hours.after_end_busy_us,
    after_end_cost_usd: run.after_end_cost_usd,
    latencies: run.latencies,
  };
}
