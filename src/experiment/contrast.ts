import { seconds } from '../core/time.ts';
import type { Row } from '../measure/columns.ts';
import type { RunTotals, TotalQuantity } from '../measure/run-totals.ts';
import { type Estimate, NOTHING, sectioned } from '../stats/estimate.ts';
import { quantile } from '../stats/sample.ts';

/** One of two things that are set side by side: a row of a summary, and its replications where they are at hand. */
export interface Contestant {
  readonly name: string;
  readonly row: Row;
  /** Hours of a run; undefined without its replications. */
  readonly hours: number | undefined;
  readonly totals: readonly RunTotals[];
  /** Contestants of one key served the same requests, replication by replication; undefined: nobody knows. */
  readonly traffic: string | undefined;
  /** Whether other tenants are served in the same containers. */
  readonly isShared: boolean;
}

/** A quantity of both, and b less a. */
export interface Contrast {
  readonly name: string;
  readonly a: number | null;
  readonly b: number | null;
  readonly difference: Estimate;
}

/** A quantity of the summary, and what it is in one replication; undefined where there are no data. */
interface Measure {
  readonly name: string;
  readonly ofRun: (run: RunTotals, hours: number) => number | undefined;
  /** In all replications together; default: the mean of theirs. */
  readonly ofAll?: (runs: readonly RunTotals[]) => number | undefined;
}

const over = (value: number, by: number) => (by > 0 ? value / by : undefined);
const started = ({ answered }: RunTotals) => answered.completed + answered.failed + answered.canceled;
const percentile = (p: number) => (run: RunTotals) => {
  const found = quantile(run.latencies, p);
  return found === undefined ? undefined : seconds(found);
};
const perHour = (name: TotalQuantity) => (run: RunTotals, hours: number) => seconds(run.all[name]) / hours;

/** The quantities that are compared, in the words of summary.csv. */
const MEASURES: readonly Measure[] = [
  { name: 'cost_usd_per_hour', ofRun: (run, hours) => run.cost_usd / hours },
  { name: 'cost_starting_usd_per_hour', ofRun: (run, hours) => run.charge.starting_usd / hours },
  { name: 'cost_busy_usd_per_hour', ofRun: (run, hours) => run.charge.busy_usd / hours },
  { name: 'cost_idle_usd_per_hour', ofRun: (run, hours) => run.charge.idle_usd / hours },
  { name: 'cost_request_usd_per_hour', ofRun: (run, hours) => run.charge.request_usd / hours },
  {
    name: 'cost_usd_per_image',
    ofRun: (run) => over(run.cost_usd + run.after_end_cost_usd, run.all.images),
  },
  { name: 'latency_p50_s', ofRun: percentile(0.5) },
  { name: 'latency_p95_s', ofRun: percentile(0.95) },
  { name: 'latency_p99_s', ofRun: percentile(0.99) },
  { name: 'wait_mean_s', ofRun: (run) => over(seconds(run.answered.wait_us), started(run)) },
  { name: 'cold_request_fraction', ofRun: (run) => over(run.answered.cold_requests, started(run)) },
  { name: 'gpu_utilization', ofRun: (run) => over(run.all.busy_us, run.all.alive_us) },
  { name: 'containers_mean', ofRun: (run, hours) => seconds(run.all.alive_us) / hours / 3600 },
];

const coldWait = ({ answered }: RunTotals) => seconds(answered.cold_wait_us);

/**
 * What drives the differences: of the mean wait, what cold requests waited for their container to start, and what the
 * others waited in the queue; containers' time by what they did, in seconds an hour. Known only where the replications
 * are at hand.
 */
const DRIVERS: readonly Measure[] = [
  perStarted('wait_cold_mean_s', coldWait),
  perStarted('wait_queue_mean_s', (run) => seconds(run.answered.wait_us) - coldWait(run)),
  { name: 'starting_s_per_hour', ofRun: perHour('starting_us') },
  { name: 'busy_s_per_hour', ofRun: perHour('busy_us') },
  { name: 'idle_s_per_hour', ofRun: perHour('idle_us') },
];

/** A quantity over the requests that were started. */
function perStarted(name: string, pick: (run: RunTotals) => number): Measure {
  const total = (runs: readonly RunTotals[], of: (run: RunTotals) => number) =>
    runs.reduce((sum, run) => sum + of(run), 0);
  return {
    name,
    ofRun: (run) => over(pick(run), started(run)),
    ofAll: (runs) => over(total(runs, pick), total(runs, started)),
  };
}

/** Whether the differences can be taken replication by replication. */
export function isPaired(a: Contestant, b: Contestant): boolean {
  return a.traffic !== undefined && a.traffic === b.traffic && a.totals.length === b.totals.length;
}

/** Every quantity of both, with the interval of the difference. */
export function contrasts(a: Contestant, b: Contestant): Contrast[] {
  const known = a.totals.length > 0 && b.totals.length > 0 ? DRIVERS : [];
  return [
    ...MEASURES.map((measure) =>
      contrast(measure, a, b, numberIn(a, measure.name), numberIn(b, measure.name)),
    ),
    ...known.map((measure) => contrast(measure, a, b, meanOf(measure, a), meanOf(measure, b))),
  ];
}

function contrast(
  measure: Measure,
  a: Contestant,
  b: Contestant,
  left: number | null,
  right: number | null,
): Contrast {
  const { name } = measure;
  if (left === null || right === null) return { name, a: left, b: right, difference: NOTHING };
  const difference = isPaired(a, b)
    ? paired(measure, a, b, right - left)
    : unpaired(name, a, b, right - left);
  return { name, a: left, b: right, difference };
}

/** By sectioning: the replications' own differences around the pooled one. */
function paired({ ofRun }: Measure, a: Contestant, b: Contestant, value: number): Estimate {
  const apart = a.totals.flatMap((run, r) => {
    const [left, right] = [ofRun(run, a.hours!), ofRun(b.totals[r]!, b.hours!)];
    return left === undefined || right === undefined ? [] : [right - left];
  });
  return sectioned(value, apart);
}

/** Of independent estimates: the squares of their half widths add up. */
function unpaired(name: string, a: Contestant, b: Contestant, value: number): Estimate {
  const halves = [a, b].map(({ row }) => {
    const [low, high] = [row[`${name}_ci_low`], row[`${name}_ci_high`]];
    return typeof low === 'number' && typeof high === 'number' ? (high - low) / 2 : undefined;
  });
  const [left, right] = halves;
  if (left === undefined || right === undefined) return { value, low: null, high: null };
  const half = Math.hypot(left, right);
  return { value, low: value - half, high: value + half };
}

function numberIn({ row }: Contestant, name: string): number | null {
  const cell = row[name];
  return typeof cell === 'number' ? cell : null;
}

function meanOf({ ofRun, ofAll }: Measure, { totals, hours }: Contestant): number | null {
  if (ofAll) return ofAll(totals) ?? null;
  return totals.reduce((sum, run) => sum + (ofRun(run, hours!) ?? 0), 0) / totals.length;
}
