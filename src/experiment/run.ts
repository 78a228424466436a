import { plain } from '../core/plain-number.ts';
import type { Row } from '../measure/columns.ts';
import { hourlyRows, replicationRows } from '../measure/hourly.ts';
import { type RunRecord, runRecord } from '../measure/run-record.ts';
import { TURNED_AWAY_SHARE } from '../measure/slo.ts';
import type { Load } from '../measure/status.ts';
import { type Summary, summaryOf } from '../measure/summary.ts';
import type { TrafficRecord } from '../measure/traffic-meter.ts';
import type { PlatformSpec } from '../platforms/table.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { offeredSize } from '../workload/source.ts';
import { limit_us, type Replication } from './replication.ts';

/** One platform of a run: its replications, and what they say together. */
export interface PlatformResult {
  readonly platform: PlatformSpec;
  readonly runs: readonly RunRecord[];
  readonly summary: Summary;
  /** Rows of hourly.csv. */
  readonly hourly: readonly Row[];
}

/** The result of a run. */
export interface RunResult {
  readonly scenario: Scenario;
  readonly platforms: readonly PlatformResult[];
  readonly traffic: readonly TrafficRecord[];
  readonly warnings: readonly string[];
}

/** Puts the replications of a scenario together, in their order. */
export function runResult(scenario: Scenario, replications: readonly Replication[]): RunResult {
  const { duration_us } = scenario;
  const traffic = replications.map((replication) => replication.traffic);
  const platforms = scenario.platforms.map((platform, k): PlatformResult => {
    const runs = replications.map((replication) => runRecord(platform, replication.hours[k]!, duration_us));
    const summary = summaryOf({
      scenario: scenario.name,
      platform: platform.name,
      runs,
      traffic,
      duration_us,
      load: loadOf(scenario, platform),
      hasLimit: limit_us(scenario.slo) < Number.POSITIVE_INFINITY,
    });
    return { platform, runs, summary, hourly: hourlyRows(scenario.name, platform.name, runs) };
  });
  return {
    scenario,
    platforms,
    traffic,
    warnings: [...platforms.flatMap(warningsOf), ...noteOfReplay(scenario)],
  };
}

/** Rows of replications.csv. */
export function* replicationRowsOf({ scenario, platforms }: RunResult): Generator<Row> {
  for (const { platform, runs } of platforms) yield* replicationRows(scenario.name, platform.name, runs);
}

/** The platforms that serve the traffic: stable, and turning away next to nobody; all of them if none does. */
export function servingPlatforms(platforms: readonly PlatformResult[]): readonly PlatformResult[] {
  const serving = platforms.filter(
    ({ summary }) => summary.stability.status === 'ok' && summary.turnedAway <= TURNED_AWAY_SHARE,
  );
  return serving.length > 0 ? serving : platforms;
}

function noteOfReplay({ sources, replications }: Scenario): string[] {
  const isReplay = sources.length > 0 && sources.every((source) => source.process.process === 'trace');
  return isReplay && replications > 1
    ? ['every replication replays the same log: the intervals hold for this log only']
    : [];
}

function loadOf({ sources, duration_us }: Scenario, platform: PlatformSpec): Load {
  const { policy, seconds_per_image, background } = platform;
  const served = background ? [...sources, background] : sources;
  const size = served.reduce((sum, source) => sum + offeredSize(source, duration_us), 0);
  return {
    isBounded: Number.isFinite(policy.queue_limit) || Number.isFinite(policy.start_deadline_s),
    // A load that equals the containers only but for rounding is not below them.
    offered: size * seconds_per_image * (1 + 1e-12),
    max_containers: policy.max_containers,
  };
}

/** Share of the cost after the end above which the duration is too short to be judged by. */
const AFTER_END_SHARE = 0.01;

function warningsOf({ platform, summary }: PlatformResult): string[] {
  const warnings: string[] = [];
  const isStable = summary.stability.status === 'ok';
  if (isStable && summary.afterEndShare > AFTER_END_SHARE) {
    const percent = (100 * summary.afterEndShare).toFixed(1);
    warnings.push(
      `${platform.name}: ${percent} % of the cost falls after the end of the run, in requests that arrived before it: take a longer duration`,
    );
  }
  if (!isStable) {
    const waiting = plain(summary.stability.backlog_end, 3);
    warnings.push(
      `${platform.name}: unstable: requests come faster than at most ${platform.policy.max_containers} containers can serve them; about ${waiting} wait at the end, so there is no steady latency to report`,
    );
  }
  return warnings;
}
