import { seconds } from '../core/time.ts';
import type { Row } from '../measure/columns.ts';
import { hourlyRows } from '../measure/hourly.ts';
import type { AccountCost } from '../measure/monthly.ts';
import { type RunRecord, runRecord, totalRecord } from '../measure/run-record.ts';
import { type RunTotals, runTotals } from '../measure/run-totals.ts';
import { type Load, type Stability, stabilityOf, stabilityOfAll } from '../measure/status.ts';
import { type Summary, summaryOf } from '../measure/summary.ts';
import type { TrafficRecord } from '../measure/traffic-meter.ts';
import { poolPlans } from '../platforms/adapter-pools.ts';
import type { PlatformSpec } from '../platforms/table.ts';
import type { PlanSpec } from '../scenario/plans.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { expectedRate, isTraining, offeredSize } from '../workload/source.ts';
import { limit_us, planSources, type Replication } from './replication.ts';

/** A way to serve traffic, which has a row of its own: a platform, or a plan that totals several. */
export interface Option {
  readonly name: string;
  /** Positions of the sources that it serves. */
  readonly sources: readonly number[];
  /** Whether it serves requests for images, and not trainings alone. */
  readonly servesImages: boolean;
  /** Whether other tenants share its containers. */
  readonly isShared: boolean;
  readonly runs: readonly RunRecord[];
  readonly totals: readonly RunTotals[];
  readonly summary: Summary;
  /** Rows of hourly.csv. */
  readonly hourly: readonly Row[];
}

export interface PlatformResult extends Option {
  readonly platform: PlatformSpec;
}

export interface PlanResult extends Option {
  readonly members: readonly PlatformResult[];
}

/** One platform of a scenario over its replications. */
export function platformResult(
  scenario: Scenario,
  replications: readonly Replication[],
  place: number,
): PlatformResult {
  const { duration_us } = scenario;
  const platform = scenario.platforms[place]!;
  const runs = replications.map((one) => runRecord(platform, one.hours[place]!, duration_us));
  const totals = runs.map(runTotals);
  const traffic = replications.map((one) => one.traffic.platforms[place]!);
  return {
    ...sourcesOf(scenario, platform.sources),
    name: platform.name,
    isShared: platform.background !== undefined,
    runs,
    totals,
    summary: platformSummary(scenario, platform, totals, traffic),
    hourly: hourlyRows(scenario.name, platform.name, runs),
    platform,
  };
}

/** What a platform comes to over its replications. @param traffic what it was asked for in each */
export function platformSummary(
  scenario: Scenario,
  platform: PlatformSpec,
  totals: readonly RunTotals[],
  traffic: readonly TrafficRecord[],
): Summary {
  const { duration_us } = scenario;
  return summarise(scenario, {
    name: platform.name,
    sources: platform.sources,
    totals,
    stability: stabilityOf(totals, loadOf(scenario, platform), duration_us),
    accounts: [accountOf(platform, totals, duration_us)],
    traffic,
  });
}

/** One plan of a scenario: its platforms as one. */
export function planResult(
  scenario: Scenario,
  replications: readonly Replication[],
  place: number,
  platforms: readonly PlatformResult[],
): PlanResult {
  const plan: PlanSpec = scenario.plans[place]!;
  const members = plan.members.map((k) => platforms[k]!);
  // The latency of a total is that of its images: a training takes as long as it takes.
  const answering = members.some((member) => member.servesImages)
    ? members.filter((member) => member.servesImages)
    : members;
  const runs = replications.map((one, r) =>
    totalRecord(
      members.map((member) => member.runs[r]!),
      answering.map((member) => member.runs[r]!),
      one.planContainers[place]!,
    ),
  );
  const totals = runs.map(runTotals);
  const { name } = plan;
  const sources = planSources(scenario, plan);
  return {
    ...sourcesOf(scenario, sources),
    name,
    isShared: members.some((member) => member.isShared),
    runs,
    totals,
    summary: summarise(scenario, {
      name,
      sources,
      totals,
      stability: stabilityOfAll(members.map((member) => member.summary.stability)),
      accounts: members.map((member) => accountOf(member.platform, member.totals, scenario.duration_us)),
      traffic: replications.map((one) => one.traffic.plans[place]!),
    }),
    hourly: hourlyRows(scenario.name, name, runs),
    members,
  };
}

interface SummaryParts {
  readonly name: string;
  readonly sources: readonly number[];
  readonly totals: readonly RunTotals[];
  readonly stability: Stability;
  readonly accounts: readonly AccountCost[];
  readonly traffic: readonly TrafficRecord[];
}

function sourcesOf(scenario: Scenario, sources: readonly number[]): Pick<Option, 'sources' | 'servesImages'> {
  const servesImages = sources.length === 0 || sources.some((k) => !isTraining(scenario.sources[k]!));
  return { sources, servesImages };
}

function summarise(scenario: Scenario, { name, sources, totals, ...rest }: SummaryParts): Summary {
  const { servesImages } = sourcesOf(scenario, sources);
  return summaryOf({
    ...rest,
    runs: totals,
    scenario: scenario.name,
    platform: name,
    sources: sources.map((k) => scenario.sources[k]!.name),
    duration_us: scenario.duration_us,
    hasLimit: servesImages && limit_us(scenario.slo) < Number.POSITIVE_INFINITY,
  });
}

function accountOf({ account }: PlatformSpec, runs: readonly RunTotals[], duration_us: number): AccountCost {
  const hours = (runs.length * seconds(duration_us)) / 3600;
  return { cost_usd_per_hour: runs.reduce((sum, run) => sum + run.cost_usd, 0) / hours, account };
}

/** Whether requests come at least as fast as the creation limit lets them in, each coming back until it is. */
export function isOverCreations({ sources, duration_us }: Scenario, platform: PlatformSpec): boolean {
  const { creations } = platform.policy;
  if (creations === undefined || creations.on_limit === 'reject') return false;
  const rate = platform.sources.reduce((sum, k) => sum + expectedRate(sources[k]!, duration_us), 0);
  return rate * creations.period_s >= creations.limit;
}

function loadOf(scenario: Scenario, platform: PlatformSpec): Load {
  const { sources, duration_us } = scenario;
  const { policy, seconds_per_image, training_speed, background } = platform;
  const { queue_limit, start_deadline_s, deadline_s, timeout_s } = policy;
  const busy = platform.sources.reduce((sum, k) => {
    const source = sources[k]!;
    const perSize_s = isTraining(source) ? 1 / training_speed : seconds_per_image;
    return sum + offeredSize(source, duration_us) * perSize_s;
  }, 0);
  const others = background ? offeredSize(background, duration_us) * seconds_per_image : 0;
  return {
    isBounded: [queue_limit, start_deadline_s, deadline_s].some(Number.isFinite),
    // A load that equals the containers only but for rounding is not below them. Cut services are shorter than drawn.
    offered: Number.isFinite(timeout_s) ? 0 : (busy + others) * (1 + 1e-12),
    max_containers: policy.max_containers * poolPlans(platform, sources).length,
    isOverCreations: isOverCreations(scenario, platform),
  };
}
