import { microseconds, SECOND_US } from '../core/time.ts';
import { NOT_REPORTED, type PoolBatch } from '../pool/batch.ts';
import { assertBalanced, type Hours } from '../pool/hours.ts';
import { Pool } from '../pool/pool.ts';
import type { Trail } from '../pool/trail.ts';
import type { Streams } from '../random/stream.ts';
import { BATCH_LENGTH, type Batch } from '../workload/batch.ts';
import type { SourceSpec } from '../workload/source.ts';
import { Workload } from '../workload/workload.ts';
import type { PlatformSpec } from './table.ts';

/** A pass over the duration: the run itself, or the unreported one before it on negative time. */
export interface Pass {
  readonly begin_us: number;
  readonly end_us: number;
  readonly isReported: boolean;
  /** Ending of the names of its streams. */
  readonly suffix: '' | '/warm-up';
}

export interface SystemOptions {
  /** The sources of traffic that the system will serve. */
  readonly sources: readonly SourceSpec[];
  readonly passes: readonly Pass[];
  readonly limit_us: number;
  readonly trail?: Trail | undefined;
}

/** A platform at work: a pool that serves the traffic and, if it is shared, the requests of other tenants. */
export class System {
  readonly #spec: PlatformSpec;
  readonly #streams: Streams;
  readonly #pool: Pool;
  readonly #batch: WritableBatch = newPoolBatch();
  #others: Tenants | undefined;
  #isReported = true;

  /** @param streams streams of this platform: `cold start`, `window`, `dispatch`, `background/...` */
  constructor(spec: PlatformSpec, streams: Streams, { sources, passes, limit_us, trail }: SystemOptions) {
    this.#spec = spec;
    this.#streams = streams;
    this.#pool = new Pool(spec.policy, streams, {
      begin_us: passes[0]!.begin_us,
      duration_us: passes.at(-1)!.end_us,
      constantService: hasConstantSize(spec.background ? [...sources, spec.background] : sources),
      limit_us,
      trail,
    });
  }

  /** The traffic of a pass follows. */
  begin(pass: Pass): void {
    this.#serveOthers(Number.POSITIVE_INFINITY);
    this.#isReported = pass.isReported;
    if (this.#spec.background) this.#others = new Tenants(this.#spec.background, this.#streams, pass);
  }

  consume(batch: Batch): void {
    if (this.#others === undefined) this.#serveAlone(batch);
    else this.#serveAmongOthers(batch);
  }

  #serveAlone(batch: Batch): void {
    const { count, size } = batch;
    const service_us = this.#batch.service_us;
    const perSize_s = this.#spec.seconds_per_image;
    for (let i = 0; i < count; i++)
      service_us[i] = Math.max(1, Math.floor(size[i]! * perSize_s * SECOND_US + 0.5));
    const images = this.#isReported ? batch.images : this.#batch.images.fill(NOT_REPORTED);
    this.#pool.serve({ count, arrival_us: batch.arrival_us, service_us, images });
  }

  #serveAmongOthers(batch: Batch): void {
    for (let i = 0; i < batch.count; i++) {
      const arrival_us = batch.arrival_us[i]!;
      if (this.#others !== undefined && this.#others.next_us < arrival_us) this.#serveOthers(arrival_us);
      this.#add(arrival_us, batch.size[i]!, this.#isReported ? batch.images[i]! : NOT_REPORTED);
    }
  }

  finish(): Hours {
    this.#serveOthers(Number.POSITIVE_INFINITY);
    this.#flush();
    const hours = this.#pool.finish();
    assertBalanced(hours);
    return hours;
  }

  /** Other tenants' requests that arrive before `until_us`; at one instant ours go first. */
  #serveOthers(until_us: number): void {
    const others = this.#others;
    if (others === undefined) return;
    while (others.next_us < until_us) this.#add(others.next_us, others.take(), NOT_REPORTED);
  }

  #add(arrival_us: number, size: number, images: number): void {
    const batch = this.#batch;
    const place = batch.count++;
    batch.arrival_us[place] = arrival_us;
    batch.service_us[place] = Math.max(1, microseconds(size * this.#spec.seconds_per_image));
    batch.images[place] = images;
    if (batch.count === BATCH_LENGTH) this.#flush();
  }

  #flush(): void {
    this.#pool.serve(this.#batch);
    this.#batch.count = 0;
  }
}

type WritableBatch = { -readonly [Key in keyof PoolBatch]: PoolBatch[Key] };

function newPoolBatch(): WritableBatch {
  return {
    count: 0,
    arrival_us: new Float64Array(BATCH_LENGTH),
    service_us: new Float64Array(BATCH_LENGTH),
    images: new Float64Array(BATCH_LENGTH),
  };
}

/** The requests of other tenants, one after the other. */
class Tenants {
  next_us = 0;
  readonly #workload: Workload;
  #batch: Batch | null = null;
  #place = 0;

  constructor(spec: SourceSpec, streams: Streams, pass: Pass) {
    const named = (name: string) => streams(`background/${name}${pass.suffix}`);
    this.#workload = new Workload([spec], () => named, pass.begin_us, pass.end_us);
    this.#refill();
  }

  /** Removes the next request, and gives its size. */
  take(): number {
    const size = this.#batch!.size[this.#place]!;
    if (++this.#place < this.#batch!.count) this.next_us = this.#batch!.arrival_us[this.#place]!;
    else this.#refill();
    return size;
  }

  #refill(): void {
    this.#batch = this.#workload.next();
    this.#place = 0;
    this.next_us = this.#batch === null ? Number.POSITIVE_INFINITY : this.#batch.arrival_us[0]!;
  }
}

function hasConstantSize(sources: readonly SourceSpec[]): boolean {
  const outputs = new Set<number>();
  for (const { process, images, work } of sources) {
    if (process.process === 'trace' && (process.work_column ?? process.images_column) !== undefined)
      return false;
    if (images.distribution !== 'constant' || work.distribution !== 'constant') return false;
    outputs.add(images.value);
  }
  return outputs.size <= 1;
}
