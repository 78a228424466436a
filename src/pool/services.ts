import { microseconds } from '../core/time.ts';
import type { Streams } from '../random/stream.ts';
import { AdapterCaches } from './adapters.ts';
import type { PoolBatch, PoolOptions } from './batch.ts';
import { DueSet } from './due-set.ts';
import type { Hours } from './hours.ts';
import { needsNumbers, type PoolPolicy } from './policy.ts';
import type { Queue } from './queue.ts';
import { RequestBook } from './request-book.ts';
import { CANCELED, COMPLETED, FAILED, type Trail } from './trail.ts';

/** The services of a pool: how long each will last, how it will end, and the books of it. */
export class Services {
  /** Containers that serve, each until the end of its service. */
  readonly busy: DueSet;
  readonly caches: AdapterCaches | undefined;
  readonly #book: RequestBook;
  readonly #trail: Trail | undefined;
  readonly #timeout_us: number;
  readonly #deadline_us: number;
  readonly #isCut: boolean;

  /** @param pass ending of the streams' names */
  constructor(policy: PoolPolicy, streams: Streams, options: PoolOptions, hours: Hours, pass: string) {
    this.busy = new DueSet(needsNumbers(policy));
    if (policy.adapters) this.caches = new AdapterCaches(policy.adapters, streams(`adapter load${pass}`));
    const { limit_us = Number.POSITIVE_INFINITY, hour_us, latenciesByHour } = options;
    this.#book = new RequestBook(hours, limit_us, hour_us, latenciesByHour);
    this.#trail = options.trail;
    this.#timeout_us = Math.max(1, microseconds(policy.timeout_s));
    this.#deadline_us = microseconds(policy.deadline_s);
    this.#isCut = Math.min(this.#timeout_us, this.#deadline_us) < Number.POSITIVE_INFINITY;
  }

  /** A container begins to serve the request that waits longest. @param cold 1 if the request is a cold one */
  start(queue: Queue, container: number, now_us: number, cold: number): void {
    const { headArrival_us: arrival_us, headImages: images, headAdapter: adapter } = queue;
    let service_us = queue.headService_us;
    if (adapter >= 0 && this.caches !== undefined) {
      const load_us = this.caches.use(container, adapter);
      if (load_us >= 0) service_us += load_us;
      if (load_us >= 0 && images >= 0) this.#book.adapterLoaded(arrival_us);
    }
    let fate = COMPLETED;
    if (this.#isCut) {
      const left_us = Math.max(1, queue.head_us + this.#deadline_us - now_us);
      if (service_us > Math.min(left_us, this.#timeout_us)) {
        fate = this.#timeout_us <= left_us ? FAILED : CANCELED;
        service_us = Math.min(left_us, this.#timeout_us);
      }
    }
    const number = queue.headNumber;
    queue.shift();
    this.busy.push(now_us + service_us, container);
    if (images < 0) return;
    if (fate === COMPLETED) this.#book.started(arrival_us, now_us, service_us, images, cold);
    else this.#book.cut(arrival_us, now_us, service_us, cold, fate);
    this.#trail?.started(number, now_us, service_us, cold === 1, fate);
  }

  /** Whether services need not be told one by one, and do not depend on the container. */
  get arePlain(): boolean {
    return this.caches === undefined && this.#trail === undefined;
  }

  /** The position of the first of some requests that would be cut though it began on arrival, or `to`. */
  firstCut({ service_us }: PoolBatch, from: number, to: number): number {
    if (!this.#isCut) return to;
    const longest_us = Math.min(this.#timeout_us, Math.max(1, this.#deadline_us));
    let i = from;
    while (i < to && service_us[i]! <= longest_us) i++;
    return i;
  }

  /** Books requests whose services have begun on arrival: how many of them are reported. */
  atOnce(batch: PoolBatch, from: number, to: number): number {
    return this.#book.atOnce(batch, from, to);
  }

  /** The request that waits longest leaves. */
  abort(queue: Queue): void {
    if (queue.headImages >= 0) {
      this.#book.aborted(queue.headArrival_us);
      this.#trail?.aborted(queue.headNumber);
    }
    queue.shift();
  }

  /** Closes the books, once no service is left. */
  finish(): void {
    this.#book.finish();
  }
}
