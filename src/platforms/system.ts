import { microseconds, SECOND_US } from '../core/time.ts';
import { NOT_REPORTED, OTHER_TENANT, type PoolBatch } from '../pool/batch.ts';
import { Census } from '../pool/census.ts';
import { assertBalanced, type Hours, mergeHours } from '../pool/hours.ts';
import { Pool } from '../pool/pool.ts';
import type { Trail } from '../pool/trail.ts';
import type { Streams } from '../random/stream.ts';
import { BATCH_LENGTH, type Batch } from '../workload/batch.ts';
import { isTraining, type SourceSpec } from '../workload/source.ts';
import { poolPlans } from './adapter-pools.ts';
import { PoolTrail } from './pool-trail.ts';
import type { PlatformSpec } from './table.ts';
import { Tenants } from './tenants.ts';

/** A pass over the duration: the run itself, or the unreported one before it on negative time. */
export interface Pass {
  readonly begin_us: number;
  readonly end_us: number;
  readonly isReported: boolean;
  /** Ending of the names of its streams. */
  readonly suffix: '' | '/warm-up';
}

/** Follows the requests of a platform: what they are, then what becomes of them. */
export interface RequestTrail extends Trail {
  /** The platform is given the request at a position of a batch. */
  given(batch: Batch, place: number): void;
}

export interface SystemOptions {
  /** All sources of traffic; the platform serves those that its spec names. */
  readonly sources: readonly SourceSpec[];
  readonly passes: readonly Pass[];
  readonly limit_us: number;
  readonly latenciesByHour?: boolean | undefined;
  /** Length of what is counted as an hour. */
  readonly hour_us?: number | undefined;
  readonly trail?: RequestTrail | undefined;
  /** Told of every container that comes and goes. */
  readonly censuses?: readonly Census[] | undefined;
}

/** A platform at work: pools that serve its part of the traffic and, if it is shared, the requests of other tenants. */
export class System {
  readonly #spec: PlatformSpec;
  readonly #streams: Streams;
  readonly #pools: Pool[];
  /** Position of the pool for each adapter; the last entry is for requests without one. Undefined: one pool for all. */
  readonly #poolOf: Int32Array | undefined;
  readonly #census: Census | undefined;
  readonly #trail: RequestTrail | undefined;
  /** Seconds of service for a request of size 1, by source; 0: the platform does not serve it. */
  readonly #perSize_s: Float64Array;
  /** Whether a batch can be served as it is. */
  readonly #isDirect: boolean;
  readonly #batch: WritableBatch = newPoolBatch();
  #others: Tenants | undefined;
  #isReported = true;

  /** @param streams streams of this platform: `cold start`, `window`, `dispatch`, `background/...` */
  constructor(spec: PlatformSpec, streams: Streams, options: SystemOptions) {
    const { sources, passes, trail } = options;
    const plans = poolPlans(spec, sources);
    const duration_us = passes.at(-1)!.end_us;
    this.#spec = spec;
    this.#streams = streams;
    this.#trail = trail;
    this.#census = plans.length > 1 ? new Census(duration_us, options.hour_us) : undefined;
    this.#perSize_s = perSize_s(spec, sources);
    this.#poolOf = poolOf(plans.map((plan) => plan.adapter));
    this.#isDirect = !spec.background && plans.length === 1 && this.#isUniform(sources);
    const numbers = { next: 0 };
    this.#pools = plans.map(
      ({ policy, prefix }) =>
        new Pool(policy, (name) => streams(`${prefix}${name}`), {
          begin_us: passes[0]!.begin_us,
          duration_us,
          limit_us: options.limit_us,
          hour_us: options.hour_us,
          latenciesByHour: options.latenciesByHour,
          trail: trail && (plans.length === 1 ? trail : new PoolTrail(trail, numbers)),
          censuses: [...(options.censuses ?? []), ...(this.#census ? [this.#census] : [])],
        }),
    );
  }

  /** The traffic of a pass follows. */
  begin(pass: Pass): void {
    this.#serveOthers(Number.POSITIVE_INFINITY);
    this.#flush();
    this.#isReported = pass.isReported;
    if (this.#spec.background) this.#others = new Tenants(this.#spec.background, this.#streams, pass);
  }

  consume(batch: Batch): void {
    if (this.#isDirect) this.#serveAlone(batch);
    else this.#serveChosen(batch);
    if (this.#census === undefined || batch.count === 0) return;
    const now_us = batch.arrival_us[batch.count - 1]!;
    this.advance(now_us);
    this.#census.settle(now_us);
  }

  /** Lets everything happen that comes before an instant up to which all requests have been given. */
  advance(until_us: number): void {
    this.#serveOthers(until_us);
    this.#flush();
    for (const pool of this.#pools) pool.advance(until_us);
  }

  finish(): Hours {
    this.#serveOthers(Number.POSITIVE_INFINITY);
    this.#flush();
    const hours = this.#pools.map((pool) => pool.finish());
    for (const one of hours) assertBalanced(one);
    return this.#census ? mergeHours(hours, this.#census.finish()) : hours[0]!;
  }

  #serveAlone(batch: Batch): void {
    const { count, size } = batch;
    const service_us = this.#batch.service_us;
    const perSize_s = this.#perSize_s[0]!;
    for (let i = 0; i < count; i++)
      service_us[i] = Math.max(1, Math.floor(size[i]! * perSize_s * SECOND_US + 0.5));
    const images = this.#isReported ? batch.images : this.#batch.images.fill(NOT_REPORTED);
    if (this.#trail && this.#isReported) for (let i = 0; i < count; i++) this.#trail.given(batch, i);
    this.#pools[0]!.serve({
      count,
      arrival_us: batch.arrival_us,
      service_us,
      images,
      adapter: batch.adapter,
    });
  }

  #serveChosen(batch: Batch): void {
    for (let i = 0; i < batch.count; i++) {
      const perSize_s = this.#perSize_s[batch.source[i]!]!;
      if (perSize_s === 0) continue;
      const arrival_us = batch.arrival_us[i]!;
      if (this.#others !== undefined && this.#others.next_us < arrival_us) this.#serveOthers(arrival_us);
      if (this.#isReported) this.#trail?.given(batch, i);
      const images = this.#isReported ? batch.images[i]! : NOT_REPORTED;
      this.#add(arrival_us, batch.size[i]! * perSize_s, images, batch.adapter[i]!);
    }
  }

  /** Other tenants' requests that arrive before `until_us`; at one instant ours go first. */
  #serveOthers(until_us: number): void {
    const others = this.#others;
    if (others === undefined) return;
    while (others.next_us < until_us) {
      const arrival_us = others.next_us;
      this.#add(arrival_us, others.take() * this.#spec.seconds_per_image, OTHER_TENANT, -1);
    }
  }

  #add(arrival_us: number, service_s: number, images: number, adapter: number): void {
    const batch = this.#batch;
    const place = batch.count++;
    batch.arrival_us[place] = arrival_us;
    batch.service_us[place] = Math.max(1, microseconds(service_s));
    batch.images[place] = images;
    batch.adapter[place] = adapter;
    if (batch.count === BATCH_LENGTH) this.#flush();
  }

  #flush(): void {
    const batch = this.#batch;
    const pools = this.#poolOf;
    if (pools === undefined) this.#pools[0]!.serve(batch);
    else {
      for (let i = 0; i < batch.count; i++) {
        const adapter = batch.adapter[i]!;
        const pool = pools[adapter < 0 ? pools.length - 1 : adapter]!;
        this.#pools[pool]!.serve(batch, i, i + 1);
      }
    }
    batch.count = 0;
  }

  #isUniform(sources: readonly SourceSpec[]): boolean {
    const [first] = this.#perSize_s;
    return sources.length > 0 && first! > 0 && this.#perSize_s.every((one) => one === first);
  }
}

type WritableBatch = { -readonly [Key in keyof PoolBatch]: PoolBatch[Key] };

function newPoolBatch(): WritableBatch {
  return {
    count: 0,
    arrival_us: new Float64Array(BATCH_LENGTH),
    service_us: new Float64Array(BATCH_LENGTH),
    images: new Float64Array(BATCH_LENGTH),
    adapter: new Int32Array(BATCH_LENGTH),
  };
}

function perSize_s(spec: PlatformSpec, sources: readonly SourceSpec[]): Float64Array {
  const seconds = (source: SourceSpec) =>
    isTraining(source) ? 1 / spec.training_speed : spec.seconds_per_image;
  return Float64Array.from(sources, (source, k) => (spec.sources.includes(k) ? seconds(source) : 0));
}

function poolOf(adapters: readonly (number | undefined)[]): Int32Array | undefined {
  if (adapters.includes(undefined)) return undefined;
  const known = adapters as readonly number[];
  const pools = new Int32Array(Math.max(...known, -1) + 2);
  for (const [pool, adapter] of known.entries()) pools[adapter < 0 ? pools.length - 1 : adapter] = pool;
  return pools;
}
