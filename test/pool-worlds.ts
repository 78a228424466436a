import { microseconds } from '../src/core/time.ts';
import { NOT_REPORTED, OTHER_TENANT } from '../src/pool/batch.ts';
import type { Hours } from '../src/pool/hours.ts';
import type { Adapters, Creations, Dispatch, PoolPolicy, Scaling } from '../src/pool/policy.ts';
import { Pool } from '../src/pool/pool.ts';
import type { Trail } from '../src/pool/trail.ts';
import { Draws } from '../src/random/distributions/distribution.ts';
import { type DistributionSpec, makeDistribution } from '../src/random/distributions/table.ts';
import { streamsOf } from '../src/random/stream.ts';
import { runTwin, type TwinRequest, type TwinResult, type TwinScaling } from './twin/twin.ts';

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
  scaling: Scaling;
  timeout_s: number;
  deadline_s: number;
  creations: Creations | undefined;
  rounding_s: number;
  adapters: Adapters | undefined;
  preload: DistributionSpec | undefined;
  queueLimit: number;
  startDeadline_s: number;
  dispatch: Dispatch;
  coldStart: DistributionSpec;
  window: DistributionSpec;
  /** adapter: -1 for none. */
  requests: { arrival_s: number; service_s: number; images: number; ours: boolean; adapter: number }[];
}

export interface Outcome {
  start_us: number;
  end_us: number;
  cold: boolean;
  outcome: 'completed' | 'failed' | 'canceled' | 'rejected' | 'aborted';
}

const isReported = (request: { arrival_us: number; ours: boolean }) =>
  request.ours && request.arrival_us >= 0;

function twinRequests(world: World): TwinRequest[] {
  return world.requests.map(({ arrival_s, service_s, images, ours, adapter }) => ({
    arrival_us: microseconds(arrival_s),
    service_us: Math.max(1, microseconds(service_s)),
    images,
    ours,
    adapter,
  }));
}

function twinScaling(scaling: Scaling): TwinScaling {
  if (scaling.rule !== 'queue-delay') return scaling;
  return {
    rule: 'queue-delay',
    value_us: microseconds(scaling.value_s),
    period_us: microseconds(scaling.check_period_s),
  };
}

function imagesOf(request: TwinRequest): number {
  if (!request.ours) return OTHER_TENANT;
  return isReported(request) ? request.images : NOT_REPORTED;
}

/** The world as the slow twin sees it. */
export function byTwin(world: World): TwinResult {
  const streams = streamsOf(world.seed, 0);
  const suffix = world.begin_s < 0 ? '/warm-up' : '';
  const coldStarts = new Draws(makeDistribution(world.coldStart), streams(`cold start${suffix}`));
  const windows = new Draws(makeDistribution(world.window), streams(`window${suffix}`));
  const draws = (law: DistributionSpec | undefined, name: string) =>
    law && new Draws(makeDistribution(law), streams(`${name}${suffix}`));
  const preloads = draws(world.preload, 'preload');
  const loads = draws(world.adapters?.load, 'adapter load');
  const dispatch = streams(`dispatch${suffix}`);
  return runTwin({
    begin_us: microseconds(world.begin_s),
    duration_us: microseconds(world.duration_s),
    hour_us: microseconds(world.hour_s),
    day_us: microseconds(world.day_s),
    start: world.start,
    keepWarm: world.keepWarm.map(({ at_s, containers }) => ({ at_us: microseconds(at_s), containers })),
    maxContainers: world.maxContainers,
    scaling: twinScaling(world.scaling),
    timeout_us: microseconds(world.timeout_s),
    deadline_us: microseconds(world.deadline_s),
    creations: world.creations && {
      limit: world.creations.limit,
      period_us: microseconds(world.creations.period_s),
      retries: world.creations.on_limit === 'retry',
    },
    rounding_us: microseconds(world.rounding_s),
    adapters: world.adapters && { cache: world.adapters.cache, affinity: world.adapters.affinity },
    queueLimit: world.queueLimit,
    startDeadline_us: microseconds(world.startDeadline_s),
    dispatch: world.dispatch,
    nextColdStart_us: () =>
      microseconds(coldStarts.next()) + (preloads === undefined ? 0 : microseconds(preloads.next())),
    nextLoad_us: () => microseconds(loads!.next()),
    nextWindow_us: () => microseconds(windows.next()),
    nextDispatch: () => dispatch.uniform(),
    requests: twinRequests(world),
  });
}

/** The world as the engine sees it, in batches of `batchLength`; outcomes of reported requests, in order of arrival. */
export function byEngine(world: World, batchLength = 7): { hours: Hours; outcomes: Outcome[] } {
  const fates = new Fates();
  const hours = hoursByEngine(world, batchLength, fates);
  return { hours, outcomes: fates.inOrder() };
}

/** The hours alone: the engine takes another way through quiet stretches when no trail follows the requests. */
export function hoursByEngine(world: World, batchLength = 7, trail?: Trail): Hours {
  const policy: PoolPolicy = {
    keep_warm: world.keepWarm,
    max_containers: world.maxContainers,
    scaling: world.scaling,
    timeout_s: world.timeout_s,
    deadline_s: world.deadline_s,
    creations: world.creations,
    life_rounding_s: world.rounding_s,
    adapters: world.adapters,
    preload: world.preload,
    cold_start: world.coldStart,
    idle_window: world.window,
    dispatch: world.dispatch,
    queue_limit: world.queueLimit,
    start_deadline_s: world.startDeadline_s,
    start: world.start,
  };
  const requests = twinRequests(world);
  const pool = new Pool(policy, streamsOf(world.seed, 0), {
    begin_us: microseconds(world.begin_s),
    duration_us: microseconds(world.duration_s),
    hour_us: microseconds(world.hour_s),
    day_us: microseconds(world.day_s),
    trail,
  });
  for (let from = 0; from < requests.length; from += batchLength) {
    const part = requests.slice(from, from + batchLength);
    pool.serve({
      count: part.length,
      arrival_us: Float64Array.from(part, (request) => request.arrival_us),
      service_us: Float64Array.from(part, (request) => request.service_us),
      images: Float64Array.from(part, (request) => imagesOf(request)),
      adapter: Int32Array.from(part, (request) => request.adapter),
    });
  }
  return pool.finish();
}

/** The twin's outcomes of the reported requests. */
export function reportedOutcomes(world: World, twin: TwinResult): Outcome[] {
  const requests = twinRequests(world);
  return twin.outcomes.filter((_, i) => isReported(requests[i]!));
}

const FATES = ['completed', 'failed', 'canceled'] as const;
const NEVER = { start_us: Number.NaN, end_us: Number.NaN, cold: false };

/** Collects what the engine says of its requests, by their numbers. */
class Fates implements Trail {
  readonly #told = new Map<number, Outcome>();
  #arrived = 0;

  arrived(): void {
    this.#arrived++;
  }

  started(number: number, start_us: number, service_us: number, cold: boolean, fate: number): void {
    this.#tell(number, { start_us, end_us: start_us + service_us, cold, outcome: FATES[fate]! });
  }

  aborted(number: number): void {
    this.#tell(number, { ...NEVER, outcome: 'aborted' });
  }

  rejected(number: number): void {
    this.#tell(number, { ...NEVER, outcome: 'rejected' });
  }

  inOrder(): Outcome[] {
    return Array.from({ length: this.#arrived }, (_, i) => this.#told.get(i)!);
  }

  #tell(number: number, outcome: Outcome): void {
    if (this.#told.has(number)) throw new Error(`request ${number} has two fates`);
    this.#told.set(number, outcome);
  }
}
