import { plain } from '../core/plain-number.ts';
import type { Row } from '../measure/columns.ts';
import { replicationRows } from '../measure/hourly.ts';
import { contradiction } from '../measure/realised.ts';
import { type SloAnswer, sloAnswer, TURNED_AWAY_SHARE } from '../measure/slo.ts';
import type { TrafficRecord } from '../measure/traffic-meter.ts';
import type { PlatformSpec } from '../platforms/table.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { SLO_QUANTITIES, type SloQuantity } from '../scenario/slo.ts';
import {
  isOverCreations,
  type Option,
  type PlanResult,
  type PlatformResult,
  planResult,
  platformResult,
} from './option.ts';
import type { Replication } from './replication.ts';

/** The result of a run. */
export interface RunResult {
  readonly scenario: Scenario;
  readonly platforms: readonly PlatformResult[];
  readonly plans: readonly PlanResult[];
  /** What the arrivals of all sources were like, an entry a replication. */
  readonly traffic: readonly TrafficRecord[];
  /** The same of each source. */
  readonly trafficOfSources: readonly (readonly TrafficRecord[])[];
  readonly warnings: readonly string[];
}

/** Puts the replications of a scenario together, in their order. */
export function runResult(scenario: Scenario, replications: readonly Replication[]): RunResult {
  const platforms = scenario.platforms.map((_, k) => platformResult(scenario, replications, k));
  const trafficOfSources = scenario.sources.map((_, k) =>
    replications.map(({ traffic }) => traffic.sources[k]!),
  );
  return {
    scenario,
    platforms,
    plans: scenario.plans.map((_, k) => planResult(scenario, replications, k, platforms)),
    traffic: replications.map((replication) => replication.traffic.all),
    trafficOfSources,
    warnings: [
      ...scenario.sources.flatMap(
        (source, k) => contradiction(source, trafficOfSources[k]!, scenario.duration_us) ?? [],
      ),
      ...platforms.flatMap((platform) => warningsOf(scenario, platform)),
      ...noteOfReplay(scenario),
    ],
  };
}

/** Every row of the result: the platforms, then the plans. */
export function optionsOf({ platforms, plans }: RunResult): readonly Option[] {
  return [...platforms, ...plans];
}

/** How each option that serves images stands to each bound of the SLO, by the names of both. */
export function standsOf(result: RunResult): Record<string, Partial<Record<SloQuantity, SloAnswer>>> {
  const { slo } = result.scenario;
  const stands = ({ summary }: Option) =>
    Object.fromEntries(
      SLO_QUANTITIES.flatMap((quantity) => {
        const answer = slo[quantity] === undefined ? undefined : sloAnswer(summary, quantity, slo[quantity]);
        return answer === undefined ? [] : [[quantity, answer]];
      }),
    );
  return Object.fromEntries(
    optionsOf(result).flatMap((option) => (option.servesImages ? [[option.name, stands(option)]] : [])),
  );
}

/** The options that can be compared: those that serve the most sources, and all of them the same. */
export function comparableOptions(result: RunResult): readonly Option[] {
  const bySources = new Map<string, Option[]>();
  for (const option of optionsOf(result)) {
    const key = option.sources.join();
    bySources.set(key, [...(bySources.get(key) ?? []), option]);
  }
  const groups = [...bySources.values()];
  const size = (group: readonly Option[]) => group[0]!.sources.length;
  return groups.reduce((best, group) =>
    size(group) > size(best) || (size(group) === size(best) && group.length > best.length) ? group : best,
  );
}

/** Rows of replications.csv. */
export function* replicationRowsOf(result: RunResult): Generator<Row> {
  for (const { name, runs } of optionsOf(result)) yield* replicationRows(result.scenario.name, name, runs);
}

/** The options that serve their traffic: stable, and turning away next to nobody; all of them if none does. */
export function servingOptions(options: readonly Option[]): readonly Option[] {
  const serving = options.filter(
    ({ summary }) => summary.stability.status === 'ok' && summary.turnedAway <= TURNED_AWAY_SHARE,
  );
  return serving.length > 0 ? serving : options;
}

function noteOfReplay({ sources, replications }: Scenario): string[] {
  const isReplay = sources.length > 0 && sources.every((source) => source.process.process === 'trace');
  return isReplay && replications > 1
    ? ['every replication replays the same log: the intervals hold for this log only']
    : [];
}

/** Share of the cost after the end above which the duration is too short to be judged by. */
const AFTER_END_SHARE = 0.01;

/** What requests come faster than. */
function limitWords(scenario: Scenario, platform: PlatformSpec): string {
  const { creations, max_containers } = platform.policy;
  return isOverCreations(scenario, platform)
    ? `${creations!.limit} a minute may be created`
    : `at most ${max_containers} containers can serve them`;
}

function warningsOf(scenario: Scenario, { platform, summary }: PlatformResult): string[] {
  const warnings: string[] = [];
  const { requests, failed } = summary.row as Record<string, number>;
  if (failed! > 0) {
    const percent = plain((100 * failed!) / requests!, 2);
    warnings.push(
      `${platform.name}: ${percent} % of the requests ran into the timeout of ${plain(platform.policy.timeout_s, 6)} s and failed, billed for the time they ran`,
    );
  }
  const isStable = summary.stability.status === 'ok';
  if (isStable && summary.afterEndShare > AFTER_END_SHARE) {
    const percent = (100 * summary.afterEndShare).toFixed(1);
    warnings.push(
      `${platform.name}: ${percent} % of the cost falls after the end of the run, in requests that arrived before it: take a longer duration`,
    );
  }
  if (isStable && summary.sharedP95) {
    const { latency_s, share } = summary.sharedP95;
    warnings.push(
      `${platform.name}: ${plain(100 * share, 2)} % of the requests take exactly ${plain(latency_s, 4)} s, on which the p95 lies in some replications and not in others: its interval may hold less often than 95 %`,
    );
  }
  if (!isStable) {
    const waiting = plain(summary.stability.backlog_end, 3);
    warnings.push(
      `${platform.name}: unstable: requests come faster than ${limitWords(scenario, platform)}; about ${waiting} wait at the end, so there is no steady latency to report`,
    );
  }
  return warnings;
}
