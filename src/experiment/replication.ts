import { microseconds, seconds } from '../core/time.ts';
import { TrafficMeter, type TrafficRecord } from '../measure/traffic-meter.ts';
import { type Pass, System } from '../platforms/system.ts';
import type { Hours } from '../pool/hours.ts';
import { streamsOf } from '../random/stream.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Slo } from '../scenario/slo.ts';
import { expectedRate } from '../workload/source.ts';
import { Workload } from '../workload/workload.ts';
import { type RequestLog, RequestLogger } from './request-log.ts';

/** What one replication leaves: plain data, an entry a platform. */
export interface Replication {
  readonly traffic: TrafficRecord;
  readonly hours: Hours[];
  /** The fate of every request, if it was asked for. */
  readonly requests: RequestLog[] | undefined;
}

export interface ReplicationOptions {
  /** Whether to follow every request. */
  readonly requests?: boolean;
}

/** One independent run of a scenario: its traffic is drawn once, and every platform serves it. Yields the share done. */
export function* replicate(
  scenario: Scenario,
  replication: number,
  options: ReplicationOptions = {},
): Generator<number, Replication> {
  const { sources, platforms, duration_us } = scenario;
  const streams = streamsOf(scenario.seed, replication);
  const passes = passesOf(scenario);
  const loggers = platforms.map(() => (options.requests ? new RequestLogger() : undefined));
  const systems = platforms.map(
    (platform, k) =>
      new System(platform, (name) => streams(`platform/${platform.name}/${name}`), {
        sources,
        passes,
        limit_us: limit_us(scenario.slo),
        trail: loggers[k],
      }),
  );
  const meter = new TrafficMeter(duration_us);
  for (const [done, pass] of passes.entries()) {
    for (const system of systems) system.begin(pass);
    const traffic = new Workload(
      sources,
      (source) => (name) => streams(`traffic/${source}/${name}${pass.suffix}`),
      pass.begin_us,
      pass.end_us,
    );
    for (let batch = traffic.next(); batch !== null; batch = traffic.next()) {
      if (pass.isReported) {
        meter.watch(batch);
        for (const logger of loggers) logger?.watch(batch);
      }
      for (const system of systems) system.consume(batch);
      const share = (batch.arrival_us[batch.count - 1]! - pass.begin_us) / duration_us;
      yield (done + share) / passes.length;
    }
  }
  const hours = systems.map((system) => system.finish());
  const requests = options.requests ? loggers.map((logger) => logger!.finish()) : undefined;
  return { traffic: meter.finish(), hours, requests };
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
  const ours = sources.reduce((sum, source) => sum + expectedRate(source, duration_us), 0);
  const perSecond = platforms.reduce(
    (sum, { background }) => sum + ours + (background ? expectedRate(background, duration_us) : 0),
    0,
  );
  return perSecond * seconds(duration_us) * replications * (start === 'cycle' ? 2 : 1);
}
