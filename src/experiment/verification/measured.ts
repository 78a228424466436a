import type { RunTotals, TotalQuantity } from '../../measure/run-totals.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { type Estimate, meanEstimate, ratioEstimate } from '../../stats/estimate.ts';
import { dispersion, type Moments } from '../../stats/moments.ts';
import type { GroupRun } from '../cells.ts';
import { platformSummary } from '../option.ts';

/** What exact values speak of, and its unit. */
export const QUANTITIES = {
  wait: 's',
  sojourn: 's',
  p95: 's',
  p99: 's',
  containers: '',
  cost: '$/h',
  loss: '',
  starts: 'a request',
  alive: 's a request',
  busy: 'containers',
  requests: 'a run',
  'dispersion of minutes': '',
  'dispersion of hours': '',
} as const;

export type Quantity = keyof typeof QUANTITIES;

/** Every quantity of the first platform of a scenario. @param runs its replications */
export function measured(scenario: Scenario, runs: readonly GroupRun[]): Record<Quantity, Estimate> {
  const totals = runs.map((run) => run.totals[0]!);
  const traffic = runs.map((run) => run.traffic[0]!);
  const { estimates } = platformSummary(scenario, scenario.platforms[0]!, totals, traffic);
  const total = (name: TotalQuantity, factor = 1) => totals.map((run: RunTotals) => run.all[name] * factor);
  const requests = total('requests');
  const windows = (pick: (moments: (typeof traffic)[number]) => Moments) =>
    meanEstimate(traffic.map((record) => dispersion(pick(record)) ?? Number.NaN));
  return {
    wait: estimates.wait_mean_s,
    sojourn: estimates.latency_mean_s,
    p95: estimates.latency_p95_s,
    p99: estimates.latency_p99_s,
    containers: estimates.containers_mean,
    cost: estimates.cost_usd_per_hour,
    loss: ratioEstimate(total('rejected'), requests),
    starts: ratioEstimate(total('cold_starts'), requests),
    alive: ratioEstimate(total('alive_us', 1e-6), requests),
    busy: meanEstimate(total('busy_us').map((us) => us / scenario.duration_us)),
    requests: meanEstimate(requests),
    'dispersion of minutes': windows(({ perMinute }) => perMinute),
    'dispersion of hours': windows(({ perHour }) => perHour),
  };
}
