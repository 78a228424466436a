import type { Trail } from '../pool/trail.ts';
import type { Batch } from '../workload/batch.ts';
import { GrowingArray } from '../workload/growing-array.ts';

export const OUTCOMES = ['completed', 'rejected', 'aborted'] as const;

/** The fate of every reported request of a run, in order of arrival: a column a fact. */
export interface RequestLog {
  readonly source: Float64Array;
  readonly arrival_us: Float64Array;
  readonly size: Float64Array;
  readonly images: Float64Array;
  /** NaN for a request that was not served. */
  readonly start_us: Float64Array;
  readonly service_us: Float64Array;
  readonly cold: Uint8Array;
  /** Position in OUTCOMES. */
  readonly outcome: Uint8Array;
}

/** Follows a pool, and pairs what it says with the requests that it was given. */
export class RequestLogger implements Trail {
  readonly #source = new GrowingArray();
  readonly #arrival_us = new GrowingArray();
  readonly #size = new GrowingArray();
  readonly #images = new GrowingArray();
  /** Fates in order of the starts and aborts, which is that of the arrivals that were not rejected. */
  readonly #starts = new GrowingArray();
  readonly #services = new GrowingArray();
  readonly #cold = new GrowingArray();
  /** Arrival numbers of the rejected. */
  readonly #rejected = new Set<number>();
  #arrived = 0;

  /** The requests that the pool will be given next. */
  watch(batch: Batch): void {
    for (let i = 0; i < batch.count; i++) {
      this.#source.push(batch.source[i]!);
      this.#arrival_us.push(batch.arrival_us[i]!);
      this.#size.push(batch.size[i]!);
      this.#images.push(batch.images[i]!);
    }
  }

  arrived(): void {
    this.#arrived++;
  }

  started(start_us: number, service_us: number, cold: boolean): void {
    this.#starts.push(start_us);
    this.#services.push(service_us);
    this.#cold.push(cold ? 1 : 0);
  }

  aborted(): void {
    this.started(Number.NaN, Number.NaN, false);
  }

  rejected(): void {
    this.#rejected.add(this.#arrived - 1);
  }

  finish(): RequestLog {
    const count = this.#arrival_us.length;
    const log: RequestLog = {
      source: this.#source.view().slice(),
      arrival_us: this.#arrival_us.view().slice(),
      size: this.#size.view().slice(),
      images: this.#images.view().slice(),
      start_us: new Float64Array(count).fill(Number.NaN),
      service_us: new Float64Array(count).fill(Number.NaN),
      cold: new Uint8Array(count),
      outcome: new Uint8Array(count),
    };
    const [starts, services, cold] = [this.#starts.view(), this.#services.view(), this.#cold.view()];
    let next = 0;
    for (let i = 0; i < count; i++) {
      if (this.#rejected.has(i)) {
        log.outcome[i] = 1;
        continue;
      }
      log.start_us[i] = starts[next]!;
      log.service_us[i] = services[next]!;
      log.cold[i] = cold[next]!;
      log.outcome[i] = Number.isNaN(log.start_us[i]) ? 2 : 0;
      next++;
    }
    return log;
  }
}
