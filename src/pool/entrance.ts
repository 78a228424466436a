import { OTHER_TENANT, type PoolBatch, type PoolOptions } from './batch.ts';
import { CreationLimit } from './creation-limit.ts';
import type { PoolPolicy } from './policy.ts';
import type { Queue } from './queue.ts';
import type { TimeBook } from './time-book.ts';
import type { Trail } from './trail.ts';

/** How far to look ahead: stretches are often short, and what is seen beyond their end is looked at again. */
const AHEAD = 32;

/** Where requests come in: counts them, and holds back or turns away those over the limits. */
export class Entrance {
  readonly #queue: Queue;
  readonly #book: TimeBook;
  readonly #trail: Trail | undefined;
  readonly #queueLimit: number;
  readonly #creations: CreationLimit | undefined;
  #arrived = 0;

  /** @param queue those who enter stand in it */
  constructor(policy: PoolPolicy, queue: Queue, book: TimeBook, { trail }: PoolOptions) {
    this.#queue = queue;
    this.#book = book;
    this.#trail = trail;
    this.#queueLimit = policy.queue_limit;
    if (policy.creations) this.#creations = new CreationLimit(policy.creations);
  }

  /** Requests that are held back. */
  get held(): number {
    return this.#creations === undefined ? 0 : this.#creations.held.count;
  }

  /** Those of them that are reported. */
  get heldReported(): number {
    return this.#creations === undefined ? 0 : this.#creations.held.reported;
  }

  /** When requests that are held back may enter; Infinity: there are none. */
  get next_us(): number {
    return this.#creations === undefined ? Number.POSITIVE_INFINITY : this.#creations.next_us;
  }

  /** A request arrives: whether it has entered, and stands in the queue. @param isFree whether a container is idle */
  arrive(t_us: number, service_us: number, images: number, adapter: number, isFree: boolean): boolean {
    let number = -1;
    if (images >= 0) {
      number = this.#arrived++;
      this.#book.arrived();
      this.#trail?.arrived();
    }
    const creations = this.#creations;
    if (creations !== undefined && images !== OTHER_TENANT && !creations.admits(t_us)) {
      if (creations.retries) creations.held.push(t_us, t_us, service_us, images, adapter, number);
      else this.#reject(t_us, images, number);
      return false;
    }
    if (!isFree && this.#queue.count >= this.#queueLimit) {
      this.#reject(t_us, images, number);
      return false;
    }
    this.#queue.push(t_us, t_us, service_us, images, adapter, number);
    return true;
  }

  /**
   * Of requests that find an idle container each: the position of the first that would not enter, or `to`; where there is a
   * limit, that of one which is AHEAD further on at most.
   */
  firstRefused(batch: PoolBatch, from: number, to: number): number {
    if (this.#creations === undefined) return to;
    return this.#creations.firstRefused(batch, from, Math.min(to, from + AHEAD));
  }

  /** They have entered, and been served at once. */
  entered(batch: PoolBatch, from: number, to: number): void {
    this.#creations?.enter(batch, from, to);
  }

  /** Begins a new period of the creation limit: how many of those held back may try to enter now, one after the other. */
  release(now_us: number): number {
    return this.#creations!.release(now_us);
  }

  /** The one that was held back longest tries to enter: whether it has, and stands in the queue. */
  letIn(now_us: number, isFree: boolean): boolean {
    const { held } = this.#creations!;
    if (isFree || this.#queue.count < this.#queueLimit) {
      held.moveHead(this.#queue, now_us);
      return true;
    }
    this.#reject(held.headArrival_us, held.headImages, held.headNumber);
    held.shift();
    return false;
  }

  #reject(arrival_us: number, images: number, number: number): void {
    if (images < 0) return;
    this.#book.rejected(arrival_us);
    this.#trail?.rejected(number);
  }
}
