import { microseconds, seconds } from '../core/time.ts';
import { TrafficMeters, type TrafficRecord } from '../measure/traffic-meter.ts';
import { type Pass, System } from '../platforms/system.ts';
import { Census } from '../pool/census.ts';
import type { Hours } from '../pool/hours.ts';
import { streamsOf } from '../random/stream.ts';
import type { PlanSpec } from '../scenario/plans.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Slo } from '../scenario/slo.ts';
import { expectedRate } from '../workload/source.ts';
import { Workload } from '../workload/workload.ts';
import { type RequestLog, RequestLogger } from './request-log.ts';

/** What one replication leaves: plain data. */
export interface Replication {
  /** What the arrivals were like: of all sources, of each, and of those that each platform and each plan serves. */
  readonly traffic: {
    readonly all: TrafficRecord;
    readonly sources: readonly TrafficRecord[];
    readonly platforms: readonly TrafficRecord[];
    readonly plans: readonly TrafficRecord[];
  };
  /** An entry a platform. */
  readonly hours: Hours[];
  /** The most containers alive at once in each hour, an entry a plan. */
  readonly planContainers: Float64Array[];
  /** The fate of every request, an entry a platform, if it was asked for. */
  readonly requests: RequestLog[] | undefined;
}

export interface ReplicationOptions {
  /** Whether to follow every request. */
  readonly requests?: boolean;
  /** Whether the hours are of no interest, and the totals of each platform are enough: latencies are not kept by hour. */
  readonly totalsOnly?: boolean;
  /** Length of what is counted as an hour, in microseconds: a shorter one shows what happens within it. */
  readonly hour_us?: number | undefined;
}

/** One independent run of a scenario: its traffic is drawn once, and every platform serves it. Yields the share done. */
export function* replicate(
  scenario: Scenario,
  replication: number,
  options: ReplicationOptions = {},
): Generator<number, Replication> {
  const { sources, platforms, plans, duration_us } = scenario;
  const streams = streamsOf(scenario.seed, replication);
  const passes = passesOf(scenario);
  const loggers = platforms.map(() => (options.requests ? new RequestLogger() : undefined));
  const censuses = plans.map(() => new Census(duration_us, options.hour_us));
  const systems = platforms.map(
    (platform, k) =>
      new System(platform, (name) => streams(`platform/${platform.name}/${name}`), {
        sources,
        passes,
        limit_us: limit_us(scenario.slo),
        latenciesByHour: !options.totalsOnly,
        hour_us: options.hour_us,
        trail: loggers[k],
        censuses: censuses.filter((_, plan) => plans[plan]!.members.includes(k)),
      }),
  );
  const meters = metersOf(scenario);
  for (const [done, pass] of passes.entries()) {
    for (const system of systems) system.begin(pass);
    const traffic = new Workload(
      sources,
      (source) => (name) => streams(`traffic/${source}/${name}${pass.suffix}`),
      pass.begin_us,
      pass.end_us,
    );
    for (let batch = traffic.next(); batch !== null; batch = traffic.next()) {
      const now_us = batch.arrival_us[batch.count - 1]!;
      if (pass.isReported) meters.watch(batch);
      for (const system of systems) system.consume(batch);
      if (censuses.length > 0) {
        for (const system of systems) system.advance(now_us);
        for (const census of censuses) census.settle(now_us);
      }
      yield (done + (now_us - pass.begin_us) / duration_us) / passes.length;
    }
  }
  const hours = systems.map((system) => system.finish());
  const [all, ...further] = meters.finish();
  const served = further.slice(sources.length);
  return {
    traffic: {
      all: all!,
      sources: further.slice(0, sources.length),
      platforms: served.slice(0, platforms.length),
      plans: served.slice(platforms.length),
    },
    hours,
    planContainers: censuses.map((census) => census.finish()),
    requests: options.requests ? loggers.map((logger) => logger!.finish()) : undefined,
  };
}

/** Meters of all sources, of each, then of those of each platform and of each plan. */
function metersOf(scenario: Scenario): TrafficMeters {
  const { sources, platforms, plans, duration_us } = scenario;
  const sets = [
    [...sources.keys()],
    ...sources.map((_, k) => [k]),
    ...platforms.map((platform) => platform.sources),
    ...plans.map((plan) => planSources(scenario, plan)),
  ];
  return new TrafficMeters(sets, sources.length, duration_us);
}

/** Positions of the sources that the platforms of a plan serve, rising. */
export function planSources({ platforms }: Scenario, { members }: PlanSpec): number[] {
  return members.flatMap((k) => platforms[k]!.sources).sort((a, b) => a - b);
}

function passesOf({ start, duration_us }: Scenario): Pass[] {
  const run: Pass = { begin_us: 0, end_us: duration_us, isReported: true, suffix: '' };
  if (start !== 'cycle') return [run];
  return [{ begin_us: -duration_us, end_us: 0, isReported: false, suffix: '/warm-up' }, run];
}

/**
 * Latency that counts as within the SLO: that of the highest percentile which the SLO bounds; Infinity without one.
 */
export function limit_us(slo: Slo): number {
  const limit_s = slo.latency_p99 ?? slo.latency_p95 ?? slo.latency_p50;
  return limit_s === undefined ? Number.POSITIVE_INFINITY : microseconds(limit_s);
}

/** How many requests all pools of a run will serve, roughly. */
export function expectedWork({ sources, platforms, duration_us, replications, start }: Scenario): number {
  const rates = sources.map((source) => expectedRate(source, duration_us));
  const perSecond = platforms.reduce((sum, platform) => {
    const ours = platform.sources.reduce((total, k) => total + rates[k]!, 0);
    const others = platform.background ? expectedRate(platform.background, duration_us) : 0;
    return sum + ours + others;
  }, 0);
  return perSecond * seconds(duration_us) * replications * (start === 'cycle' ? 2 : 1);
}
