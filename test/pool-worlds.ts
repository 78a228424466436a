import { microseconds } from '../src/core/time.ts';
import { NOT_REPORTED } from '../src/pool/batch.ts';
import type { Hours } from '../src/pool/hours.ts';
import type { Dispatch, PoolPolicy } from '../src/pool/policy.ts';
import { Pool } from '../src/pool/pool.ts';
import type { Trail } from '../src/pool/trail.ts';
import { Draws } from '../src/random/distributions/distribution.ts';
import { type DistributionSpec, makeDistribution } from '../src/random/distributions/table.ts';
import { streamsOf } from '../src/random/stream.ts';
import { runTwin, type TwinRequest, type TwinResult } from './twin/twin.ts';

/** A world small enough for the slow twin: times in seconds, mostly whole, so that ties abound. */
export interface World {
  seed: number;
  begin_s: number;
  duration_s: number;
  hour_s: number;
  day_s: number;
  start: 'warm' | 'empty';
  keepWarm: { at_s: number; containers: number }[];
  maxContainers: number;
  buffer: number;
  queueLimit: number;
  startDeadline_s: number;
  dispatch: Dispatch;
  coldStart: DistributionSpec;
  window: DistributionSpec;
  constantService: boolean;
  requests: { arrival_s: number; service_s: number; images: number; ours: boolean }[];
}

export interface Outcome {
  start_us: number;
  end_us: number;
  cold: boolean;
  outcome: 'completed' | 'rejected' | 'aborted';
}

const isReported = (request: { arrival_us: number; ours: boolean }) =>
  request.ours && request.arrival_us >= 0;

function twinRequests(world: World): TwinRequest[] {
  return world.requests.map(({ arrival_s, service_s, images, ours }) => ({
    arrival_us: microseconds(arrival_s),
    service_us: Math.max(1, microseconds(service_s)),
    images,
    ours,
  }));
}

/** The world as the slow twin sees it. */
export function byTwin(world: World): TwinResult {
  const streams = streamsOf(world.seed, 0);
  const suffix = world.begin_s < 0 ? '/warm-up' : '';
  const coldStarts = new Draws(makeDistribution(world.coldStart), streams(`cold start${suffix}`));
  const windows = new Draws(makeDistribution(world.window), streams(`window${suffix}`));
  const dispatch = streams(`dispatch${suffix}`);
  return runTwin({
    begin_us: microseconds(world.begin_s),
    duration_us: microseconds(world.duration_s),
    hour_us: microseconds(world.hour_s),
    day_us: microseconds(world.day_s),
    start: world.start,
    keepWarm: world.keepWarm.map(({ at_s, containers }) => ({ at_us: microseconds(at_s), containers })),
    maxContainers: world.maxContainers,
    buffer: world.buffer,
    queueLimit: world.queueLimit,
    startDeadline_us: microseconds(world.startDeadline_s),
    dispatch: world.dispatch,
    nextColdStart_us: () => microseconds(coldStarts.next()),
    nextWindow_us: () => microseconds(windows.next()),
    nextDispatch: () => dispatch.uniform(),
    requests: twinRequests(world),
  });
}

/** The world as the engine sees it, in batches of `batchLength`; outcomes of reported requests, in order of arrival. */
export function byEngine(world: World, batchLength = 7): { hours: Hours; outcomes: Outcome[] } {
  const policy: PoolPolicy = {
    keep_warm: world.keepWarm,
    max_containers: world.maxContainers,
    buffer_containers: world.buffer,
    cold_start: world.coldStart,
    idle_window: world.window,
    dispatch: world.dispatch,
    queue_limit: world.queueLimit,
    start_deadline_s: world.startDeadline_s,
    start: world.start,
  };
  const requests = twinRequests(world);
  const fates = new Fates();
  const pool = new Pool(policy, streamsOf(world.seed, 0), {
    begin_us: microseconds(world.begin_s),
    duration_us: microseconds(world.duration_s),
    hour_us: microseconds(world.hour_s),
    day_us: microseconds(world.day_s),
    constantService: world.constantService,
    trail: fates,
  });
  for (let from = 0; from < requests.length; from += batchLength) {
    const part = requests.slice(from, from + batchLength);
    pool.serve({
      count: part.length,
      arrival_us: Float64Array.from(part, (request) => request.arrival_us),
      service_us: Float64Array.from(part, (request) => request.service_us),
      images: Float64Array.from(part, (request) => (isReported(request) ? request.images : NOT_REPORTED)),
    });
  }
  return { hours: pool.finish(), outcomes: fates.inOrder() };
}

/** The twin's outcomes of the reported requests. */
export function reportedOutcomes(world: World, twin: TwinResult): Outcome[] {
  const requests = twinRequests(world);
  return twin.outcomes.filter((_, i) => isReported(requests[i]!));
}

/** Puts what the engine says of its requests back into the order of arrival. */
class Fates implements Trail {
  readonly #rejected = new Set<number>();
  readonly #served: Outcome[] = [];
  #arrived = 0;

  arrived(): void {
    this.#arrived++;
  }

  started(start_us: number, service_us: number, cold: boolean): void {
    this.#served.push({ start_us, end_us: start_us + service_us, cold, outcome: 'completed' });
  }

  aborted(): void {
    this.#served.push({ start_us: Number.NaN, end_us: Number.NaN, cold: false, outcome: 'aborted' });
  }

  rejected(): void {
    this.#rejected.add(this.#arrived - 1);
  }

  inOrder(): Outcome[] {
    let next = 0;
    return Array.from({ length: this.#arrived }, (_, i) =>
      this.#rejected.has(i)
        ? { start_us: Number.NaN, end_us: Number.NaN, cold: false, outcome: 'rejected' }
        : this.#served[next++]!,
    );
  }
}
