import type { Streams } from '../random/stream.ts';
import type { Batch } from '../workload/batch.ts';
import type { SourceSpec } from '../workload/source.ts';
import { Workload } from '../workload/workload.ts';
import type { Pass } from './system.ts';

/** The requests of other tenants, one after the other. */
export class Tenants {
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
