import type { RequestTrail } from '../platforms/system.ts';
import type { Batch } from '../workload/batch.ts';
import { GrowingArray } from '../workload/growing-array.ts';

/** What becomes of a request; the first three by the number that a pool gives to how a service ends. */
export const OUTCOMES = ['completed', 'failed', 'canceled', 'rejected', 'aborted'] as const;
const REJECTED = OUTCOMES.indexOf('rejected');
const ABORTED = OUTCOMES.indexOf('aborted');

/** The fate of every reported request of a run, in order of arrival: a column a fact. */
export interface RequestLog {
  readonly source: Float64Array;
  readonly arrival_us: Float64Array;
  readonly size: Float64Array;
  readonly images: Float64Array;
  /** Counted over all sources; -1: none. */
  readonly adapter: Float64Array;
  /** NaN for a request that was not started. */
  readonly start_us: Float64Array;
  readonly service_us: Float64Array;
  readonly cold: Uint8Array;
  /** Position in OUTCOMES. */
  readonly outcome: Uint8Array;
}

const FACTS = [
  'source',
  'arrival_us',
  'size',
  'images',
  'adapter',
  'start_us',
  'service_us',
  'cold',
  'outcome',
] as const;

/** Follows a platform: what its requests are, and what becomes of each. */
export class RequestLogger implements RequestTrail {
  readonly #columns = Object.fromEntries(FACTS.map((name) => [name, new GrowingArray()])) as Record<
    (typeof FACTS)[number],
    GrowingArray
  >;

  given(batch: Batch, place: number): void {
    const columns = this.#columns;
    columns.source.push(batch.source[place]!);
    columns.arrival_us.push(batch.arrival_us[place]!);
    columns.size.push(batch.size[place]!);
    columns.images.push(batch.images[place]!);
    columns.adapter.push(batch.adapter[place]!);
    columns.start_us.push(Number.NaN);
    columns.service_us.push(Number.NaN);
    columns.cold.push(0);
    columns.outcome.push(Number.NaN);
  }

  arrived(): void {}

  started(number: number, start_us: number, service_us: number, cold: boolean, fate: number): void {
    this.#columns.start_us.set(number, start_us);
    this.#columns.service_us.set(number, service_us);
    this.#columns.cold.set(number, cold ? 1 : 0);
    this.#columns.outcome.set(number, fate);
  }

  aborted(number: number): void {
    this.#columns.outcome.set(number, ABORTED);
  }

  rejected(number: number): void {
    this.#columns.outcome.set(number, REJECTED);
  }

  finish(): RequestLog {
    const columns = this.#columns;
    const copy = (name: (typeof FACTS)[number]) => columns[name].view().slice();
    return {
      source: copy('source'),
      arrival_us: copy('arrival_us'),
      size: copy('size'),
      images: copy('images'),
      adapter: copy('adapter'),
      start_us: copy('start_us'),
      service_us: copy('service_us'),
      cold: Uint8Array.from(columns.cold.view()),
      outcome: Uint8Array.from(columns.outcome.view()),
    };
  }
}
