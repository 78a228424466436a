import type { PoolBatch } from './batch.ts';
import type { DueSet } from './due-set.ts';
import type { IdleSet } from './idle.ts';
import type { Scaler } from './scaler.ts';
import type { Services } from './services.ts';
import type { TimeBook } from './time-book.ts';

/**
 * The quiet stretches of a pool, which are most of most runs: requests find an idle container one after the other, and
 * nothing else happens but that services end. The pool itself would do the same, to the same result; here are only the
 * two events that are left, in one loop that books many of them together.
 */
export class AtOnce {
  /** The last instant at which something happened. */
  clock_us = 0;
  readonly #busy: DueSet;
  readonly #idle: IdleSet;
  readonly #services: Services;
  readonly #book: TimeBook;
  readonly #scaler: Scaler;

  /** @param services plain ones */
  constructor(services: Services, idle: IdleSet, book: TimeBook, scaler: Scaler) {
    this.#busy = services.busy;
    this.#idle = idle;
    this.#services = services;
    this.#book = book;
    this.#scaler = scaler;
  }

  /**
   * Serves requests of a batch while none waits, up to the first that comes at `until_us` or later, that finds no idle
   * container, or before which a container stops or would have to be started.
   * @param until_us an end of the hour, or something else than the end of a service or a window
   * @returns the position of that request, or `to`
   */
  serve(batch: PoolBatch, from: number, to: number, until_us: number): number {
    const { arrival_us, service_us } = batch;
    const busy = this.#busy;
    const idle = this.#idle;
    const spare = this.#scaler.buffer;
    let clock_us = this.clock_us;
    let ended = 0;
    let ended_us = 0;
    let i = from;
    for (; i < to; i++) {
      const now_us = arrival_us[i]!;
      if (now_us >= until_us) break;
      let end_us = busy.next_us;
      while (end_us <= now_us && !this.#stopsBefore(end_us)) {
        idle.push(end_us, busy.pop());
        ended++;
        ended_us += end_us;
        clock_us = end_us;
        end_us = busy.next_us;
      }
      if (end_us <= now_us || idle.count <= spare || this.#stopsBefore(now_us)) break;
      busy.push(now_us + service_us[i]!, idle.take(-1));
      ended_us -= now_us;
      clock_us = now_us;
    }
    this.clock_us = clock_us;
    this.#book.servicesChange(i - from, ended, ended_us);
    if (i > from) this.#book.arrived(this.#services.atOnce(batch, from, i));
    return i;
  }

  /** Whether an idle container stops before an instant, if nothing else happens until then. */
  #stopsBefore(t_us: number): boolean {
    return this.#idle.firstEnd_us < t_us && this.#book.alive > this.#scaler.desired(this.#busy.count);
  }
}
