/** The columns that are promised, word for word. */

const REQUEST =
  'requests,completed,rejected,aborted,images,cold_requests,latency_mean_s,latency_p50_s,latency_p95_s,latency_p99_s,wait_mean_s,run_s';
const TIME =
  'starting_s,busy_s,idle_s,alive_s,billed_s,cold_starts,containers_mean,containers_max,gpu_utilization';
const MONEY = 'cost_usd,cost_starting_usd,cost_busy_usd,cost_idle_usd,cost_request_usd';

const FURTHER = 'failed,canceled,cut_s,adapter_loads,rounding_s';

const interval = (name: string) => `${name}_ci_low,${name}_ci_high`;
const estimated = (...names: string[]) => names.map((name) => `${name},${interval(name)}`).join();

export const HOURLY = `scenario,platform,hour,${REQUEST},${TIME},${MONEY},${[
  'cost_usd',
  'latency_p95_s',
  'gpu_utilization',
]
  .map(interval)
  .join()},${FURTHER}`;

export const REPLICATIONS = `scenario,platform,replication,hour,${REQUEST},${TIME},${MONEY},${FURTHER}`;

export const SUMMARY = `scenario,platform,replications,status,${estimated(
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
)},requests,completed,rejected,aborted,images,cold_starts,containers_max,cost_starting_usd_per_hour,cost_busy_usd_per_hour,cost_idle_usd_per_hour,cost_request_usd_per_hour,cost_usd_per_month,within_slo_fraction,after_end_busy_s,after_end_cost_usd,backlog_end,backlog_per_hour,rate_per_hour,interarrival_cv,dispersion_60s,dispersion_3600s,${estimated('cost_usd_per_request')},failed,canceled,adapter_loads,sources,wait_cold_mean_s`;

export const REQUESTS =
  'platform,replication,source,arrival_s,start_s,end_s,size,images,cold,outcome,adapter';
