import type { Streams } from '../random/stream.ts';
import { BATCH_LENGTH, type Batch, newBatch } from './batch.ts';
import { adapterCount, makeSource, type Source, type SourceSpec } from './source.ts';

/**
 * The superposition of sources, drawn once and read by every pool: batches of requests in order of arrival, at one
 * instant in the order of the list. The batch is reused: what a reader wants to keep, it copies.
 */
export class Workload {
  readonly #ahead: Ahead[];
  readonly #end_us: number;
  readonly #batch: Batch;

  /**
   * @param streams streams by source name, as `streamsFor('images')('arrivals')`
   * @param begin_us instant at which the sources begin
   * @param end_us arrivals from here on do not exist
   */
  constructor(
    sources: readonly SourceSpec[],
    streamsFor: (source: string) => Streams,
    begin_us: number,
    end_us: number,
    length = BATCH_LENGTH,
  ) {
    this.#ahead = sources.map(
      (spec, k) =>
        new Ahead(
          makeSource(spec, streamsFor(spec.name), begin_us, end_us),
          firstAdapters(sources)[k]!,
          length,
        ),
    );
    this.#end_us = end_us;
    this.#batch = newBatch(length);
  }

  /** The next requests, or null when there are none before the end. */
  next(): Batch | null {
    const batch = this.#ahead.length === 1 ? this.#only(this.#ahead[0]!) : this.#merged();
    return batch.count > 0 ? batch : null;
  }

  #only(ahead: Ahead): Batch {
    const batch = ahead.take();
    batch.count = countBefore(batch, this.#end_us);
    return batch;
  }

  #merged(): Batch {
    const out = this.#batch;
    let count = 0;
    while (count < out.arrival_us.length) {
      const first = this.#earliest();
      if (first < 0) break;
      const ahead = this.#ahead[first]!;
      const { batch, used } = ahead;
      out.arrival_us[count] = batch.arrival_us[used]!;
      out.size[count] = batch.size[used]!;
      out.images[count] = batch.images[used]!;
      out.source[count] = first;
      out.adapter[count] = batch.adapter[used]!;
      ahead.used++;
      count++;
    }
    out.count = count;
    return out;
  }

  /** Position of the source whose next request comes first, or -1. */
  #earliest(): number {
    let first = -1;
    let first_us = this.#end_us;
    for (let k = 0; k < this.#ahead.length; k++) {
      const next_us = this.#ahead[k]!.next_us();
      if (next_us < first_us) {
        first = k;
        first_us = next_us;
      }
    }
    return first;
  }
}

/** A source with the requests that were drawn from it ahead of the merge. */
class Ahead {
  readonly batch: Batch;
  used = 0;
  readonly #source: Source;
  readonly #firstAdapter: number;

  /** @param firstAdapter added to the numbers of its adapters */
  constructor(source: Source, firstAdapter: number, length: number) {
    this.#source = source;
    this.#firstAdapter = firstAdapter;
    this.batch = newBatch(length);
  }

  take(): Batch {
    this.batch.count = this.#source.fill(this.batch, 0, this.batch.arrival_us.length);
    this.used = 0;
    if (this.#firstAdapter > 0) this.#countOn();
    return this.batch;
  }

  /** Every source has adapters of its own. */
  #countOn(): void {
    const { adapter, count } = this.batch;
    for (let i = 0; i < count; i++) if (adapter[i]! >= 0) adapter[i]! += this.#firstAdapter;
  }

  /** Instant of the next request; Infinity when none is left. */
  next_us(): number {
    if (this.used === this.batch.count) this.take();
    return this.batch.count > 0 ? this.batch.arrival_us[this.used]! : Number.POSITIVE_INFINITY;
  }
}

/** The number of the first adapter of each source: those of all sources are counted on. */
export function firstAdapters(sources: readonly SourceSpec[]): number[] {
  let next = 0;
  return sources.map((source) => {
    const first = next;
    next += adapterCount(source);
    return first;
  });
}

function countBefore(batch: Batch, end_us: number): number {
  let count = batch.count;
  while (count > 0 && batch.arrival_us[count - 1]! >= end_us) count--;
  return count;
}
