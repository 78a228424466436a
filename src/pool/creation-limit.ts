import { microseconds } from '../core/time.ts';
import { OTHER_TENANT, type PoolBatch } from './batch.ts';
import type { Creations } from './policy.ts';
import { Queue } from './queue.ts';

/**
 * Lets at most so many requests a period into the pool, as an API that answers 429 to the others does. A client that
 * retries is told when the next period begins, and comes back then; those that came first go first.
 */
export class CreationLimit {
  /** Requests that will come back when the next period begins. */
  readonly held = new Queue();
  readonly retries: boolean;
  readonly #limit: number;
  readonly #period_us: number;
  #period = Number.NEGATIVE_INFINITY;
  #used = 0;

  constructor({ limit, period_s, on_limit }: Creations) {
    this.#limit = limit;
    this.#period_us = microseconds(period_s);
    this.retries = on_limit === 'retry';
  }

  /** The begin of the next period, if a request waits for it; else Infinity. */
  get next_us(): number {
    return this.held.count === 0 ? Number.POSITIVE_INFINITY : (this.#period + 1) * this.#period_us;
  }

  /** Whether a request that comes now may enter. */
  admits(now_us: number): boolean {
    const period = Math.floor(now_us / this.#period_us);
    if (period !== this.#period) {
      this.#period = period;
      this.#used = 0;
    }
    // While others are held back the period is used up: they took it when it began.
    if (this.#used >= this.#limit) return false;
    this.#used++;
    return true;
  }

  /** Some requests enter, up to the first that may not: its position, or `to`. */
  enter({ arrival_us, images }: PoolBatch, from: number, to: number): number {
    let i = from;
    while (i < to && (images[i] === OTHER_TENANT || this.admits(arrival_us[i]!))) i++;
    return i;
  }

  /** What `enter` would give; none has entered by it. */
  firstRefused(batch: PoolBatch, from: number, to: number): number {
    const [period, used] = [this.#period, this.#used];
    const first = this.enter(batch, from, to);
    [this.#period, this.#used] = [period, used];
    return first;
  }

  /** A period begins: how many of those held back may enter now. */
  release(now_us: number): number {
    this.#period = Math.floor(now_us / this.#period_us);
    this.#used = Math.min(this.#limit, this.held.count);
    return this.#used;
  }
}
