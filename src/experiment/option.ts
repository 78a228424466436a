import { seconds } from '../core/time.ts';
import type { Row } from '../measure/columns.ts';
import { hourlyRows } from '../measure/hourly.ts';
import type { AccountCost } from '../measure/monthly.ts';
import { cost_usd, type RunRecord, runRecord, totalRecord } from '../measure/run-record.ts';
import { type Load, type Stability, stabilityOf, stabilityOfAll } from '../measure/status.ts';
import { type Summary, summaryOf } from '../measure/summary.ts';
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
  const stability = stabilityOf(runs, loadOf(scenario, platform));
  const option = optionOf(scenario, {
    name: platform.name,
    sources: platform.sources,
    runs,
    stability,
    accounts: [accountOf(platform, runs, duration_us)],
    traffic: replications.map((one) => one.traffic.platforms[place]!),
  });
  return { ...option, isShared: platform.background !== undefined, platform };
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
  const option = optionOf(scenario, {
    name: plan.name,
    sources: planSources(scenario, plan),
    runs,
    stability: stabilityOfAll(members.map((member) => member.summary.stability)),
    accounts: members.map((member) => accountOf(member.platform, member.runs, scenario.duration_us)),
    traffic: replications.map((one) => one.traffic.plans[place]!),
  });
  return { ...option, isShared: members.some((member) => member.isShared), members };
}

interface OptionInput {
  readonly name: string;
  readonly sources: readonly number[];
  readonly runs: readonly RunRecord[];
  readonly stability: Stability;
  readonly accounts: readonly AccountCost[];
  readonly traffic: Replication['traffic']['platforms'];
}

function optionOf(scenario: Scenario, input: OptionInput): Omit<Option, 'isShared'> {
  const { name, sources, runs } = input;
  const servesImages = sources.length === 0 || sources.some((k) => !isTraining(scenario.sources[k]!));
  const summary = summaryOf({
    ...input,
    scenario: scenario.name,
    platform: name,
    sources: sources.map((k) => scenario.sources[k]!.name),
    duration_us: scenario.duration_us,
    hasLimit: servesImages && limit_us(scenario.slo) < Number.POSITIVE_INFINITY,
  });
  return { name, sources, servesImages, runs, summary, hourly: hourlyRows(scenario.name, name, runs) };
}

function accountOf({ account }: PlatformSpec, runs: readonly RunRecord[], duration_us: number): AccountCost {
  const hours = (runs.length * seconds(duration_us)) / 3600;
  return { cost_usd_per_hour: runs.reduce((sum, run) => sum + cost_usd(run), 0) / hours, account };
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
