/** How a column is written: see `render/csv`. */
export type ColumnKind = 'text' | 'count' | 'mean-count' | 'seconds' | 'usd' | 'number';

export type Columns = Readonly<Record<string, ColumnKind>>;
export type Cell = string | number | null;
export type Row = Readonly<Record<string, Cell>>;

const REQUESTS: Columns = {
  requests: 'mean-count',
  completed: 'mean-count',
  rejected: 'mean-count',
  aborted: 'mean-count',
  images: 'mean-count',
  cold_requests: 'mean-count',
  latency_mean_s: 'seconds',
  latency_p50_s: 'seconds',
  latency_p95_s: 'seconds',
  latency_p99_s: 'seconds',
  wait_mean_s: 'seconds',
  run_s: 'seconds',
};

const TIME: Columns = {
  starting_s: 'seconds',
  busy_s: 'seconds',
  idle_s: 'seconds',
  alive_s: 'seconds',
  billed_s: 'seconds',
  cold_starts: 'mean-count',
  containers_mean: 'number',
  containers_max: 'count',
  gpu_utilization: 'number',
};

const MONEY: Columns = {
  cost_usd: 'usd',
  cost_starting_usd: 'usd',
  cost_busy_usd: 'usd',
  cost_idle_usd: 'usd',
  cost_request_usd: 'usd',
};

/** Appended to what the format began with. */
const FURTHER: Columns = {
  failed: 'mean-count',
  canceled: 'mean-count',
  cut_s: 'seconds',
  adapter_loads: 'mean-count',
  rounding_s: 'seconds',
};

function withIntervals(columns: Columns): Columns {
  const entries = Object.entries(columns).flatMap(([name, kind]) => [
    [`${name}_ci_low`, kind],
    [`${name}_ci_high`, kind],
  ]);
  return Object.fromEntries(entries) as Columns;
}

function each(columns: Columns): Columns {
  return Object.fromEntries(
    Object.entries(columns).flatMap(([name, kind]) =>
      Object.entries({ [name]: kind, ...withIntervals({ [name]: kind }) }),
    ),
  ) as Columns;
}

/** hourly.csv: an hour of a platform, over all replications. */
export const HOURLY_COLUMNS: Columns = {
  scenario: 'text',
  platform: 'text',
  hour: 'count',
  ...REQUESTS,
  ...TIME,
  ...MONEY,
  ...withIntervals({ cost_usd: 'usd', latency_p95_s: 'seconds', gpu_utilization: 'number' }),
  ...FURTHER,
};

/** In a single run counts are whole. */
function whole(columns: Columns): Columns {
  return Object.fromEntries(
    Object.entries(columns).map(([name, kind]) => [name, kind === 'mean-count' ? 'count' : kind]),
  ) as Columns;
}

/** replications.csv: an hour of a platform in one replication. */
export const REPLICATION_COLUMNS: Columns = {
  scenario: 'text',
  platform: 'text',
  replication: 'count',
  hour: 'count',
  ...whole(REQUESTS),
  ...whole(TIME),
  ...MONEY,
  ...whole(FURTHER),
};

/** summary.csv: a platform. */
export const SUMMARY_COLUMNS: Columns = {
  scenario: 'text',
  platform: 'text',
  replications: 'count',
  status: 'text',
  ...each({
    cost_usd_per_hour: 'usd',
    cost_usd_per_image: 'usd',
    latency_mean_s: 'seconds',
    latency_p50_s: 'seconds',
    latency_p95_s: 'seconds',
    latency_p99_s: 'seconds',
    wait_mean_s: 'seconds',
    cold_request_fraction: 'number',
    gpu_utilization: 'number',
    containers_mean: 'number',
  }),
  requests: 'count',
  completed: 'count',
  rejected: 'count',
  aborted: 'count',
  images: 'count',
  cold_starts: 'count',
  containers_max: 'count',
  cost_starting_usd_per_hour: 'usd',
  cost_busy_usd_per_hour: 'usd',
  cost_idle_usd_per_hour: 'usd',
  cost_request_usd_per_hour: 'usd',
  cost_usd_per_month: 'usd',
  within_slo_fraction: 'number',
  after_end_busy_s: 'seconds',
  after_end_cost_usd: 'usd',
  backlog_end: 'number',
  backlog_per_hour: 'number',
  rate_per_hour: 'number',
  interarrival_cv: 'number',
  dispersion_60s: 'number',
  dispersion_3600s: 'number',
  ...each({ cost_usd_per_request: 'usd' }),
  failed: 'count',
  canceled: 'count',
  adapter_loads: 'count',
  sources: 'text',
  wait_cold_mean_s: 'seconds',
};

/** requests.csv: the fate of every request. */
export const REQUEST_COLUMNS: Columns = {
  platform: 'text',
  replication: 'count',
  source: 'text',
  arrival_s: 'seconds',
  start_s: 'seconds',
  end_s: 'seconds',
  size: 'number',
  images: 'count',
  cold: 'count',
  outcome: 'text',
  adapter: 'text',
};
