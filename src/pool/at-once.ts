import type { PoolBatch } from './batch.ts';
import { type DueSet, FEW } from './due-set.ts';
import type { IdleDeque } from './idle.ts';
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
  readonly #idle: IdleDeque;
  readonly #services: Services;
  readonly #book: TimeBook;
  readonly #scaler: Scaler;
  /** The containers that the requests of a batch were given. */
  #numbers = new Int32Array(0);

  /** @param services plain ones */
  constructor(services: Services, idle: IdleDeque, book: TimeBook, scaler: Scaler) {
    this.#busy = services.busy;
    this.#idle = idle;
    this.#services = services;
    this.#book = book;
    this.#scaler = scaler;
  }

  /**
   * Serves requests of a batch while none waits, up to the first that comes at `until_us` or later, that finds no idle
   * container, or before which a container stops or would have to be started.
   *
   * The loop works on the two rings themselves, with their counters in variables: by their methods it takes half as long
   * again. In a round it goes on until the set of the busy has to be put in order.
   * @param until_us an end of the hour, or something else than the end of a service or a window
   * @returns the position of that request, or `to`
   */
  serve(batch: PoolBatch, from: number, to: number, until_us: number): number {
    const { arrival_us, service_us } = batch;
    const busy = this.#busy;
    const { near } = busy;
    const { since, newestFirst } = this.#idle;
    const spare = this.#scaler.buffer;
    const wasBusy = busy.count;
    if (this.#numbers.length < to) this.#numbers = new Int32Array(to);
    const numbers = this.#numbers;
    since.reserve(wasBusy + to - from);
    const { due_us: since_us, containers: idlers, mask: idleMask } = since;
    let first = since.head;
    let top = first + since.count;
    let limit_us = Math.min(until_us, this.#stop_us(since_us[first]!, top - first, this.clock_us));
    let clock_us = this.clock_us;
    let ended_us = 0;
    let i = from;
    for (let isOver = false; !isOver && i < to; ) {
      near.reserve(to - i);
      const { due_us, containers, mask } = near;
      const { horizon_us } = busy;
      const begin = i;
      let head = near.head;
      let tail = head + near.count;
      let hasFar = busy.count > near.count;
      let passed = 0;
      round: while (i < to && passed <= FEW) {
        const now_us = arrival_us[i]!;
        if (now_us >= limit_us) {
          limit_us = Math.min(until_us, this.#stop_us(since_us[first & idleMask]!, top - first, clock_us));
          isOver = now_us >= limit_us;
          if (isOver) break;
        }
        let end_us = due_us[head & mask]!;
        while (end_us <= now_us) {
          since_us[top & idleMask] = end_us;
          idlers[top++ & idleMask] = containers[head++ & mask]!;
          ended_us += end_us;
          clock_us = end_us;
          if (head === tail && hasFar) break round;
          end_us = due_us[head & mask]!;
        }
        isOver = top - first <= spare;
        if (isOver) break;
        const container = idlers[(newestFirst ? --top : first++) & idleMask]!;
        ended_us -= now_us;
        clock_us = now_us;
        const leaves_us = now_us + service_us[i]!;
        numbers[i++] = container;
        if (leaves_us >= horizon_us) {
          hasFar = true;
          if (head === tail) break;
          continue;
        }
        let place = tail++;
        due_us[tail & mask] = Number.POSITIVE_INFINITY;
        for (; place > head; place--) {
          const before = (place - 1) & mask;
          const before_us = due_us[before]!;
          if (before_us < leaves_us || (before_us === leaves_us && containers[before]! < container)) break;
          due_us[place & mask] = before_us;
          containers[place & mask] = containers[before]!;
        }
        due_us[place & mask] = leaves_us;
        containers[place & mask] = container;
        passed = tail - 1 - place;
      }
      near.head = head & mask;
      near.count = tail - head;
      busy.deferEnds(batch, numbers, begin, i);
      busy.settle(passed);
    }
    since.head = first & idleMask;
    since.count = top - first;
    since_us[top & idleMask] = Number.POSITIVE_INFINITY;
    this.clock_us = clock_us;
    const begun = i - from;
    this.#book.servicesChange(begun, begun + wasBusy - busy.count, ended_us);
    if (begun > 0) this.#book.arrived(this.#services.atOnce(batch, from, i));
    return i;
  }

  /**
   * Before this instant none of the idle containers stops.
   * @param since_us since when the first of them is idle
   * @param now_us those that are not idle yet will not be so earlier
   */
  #stop_us(since_us: number, idle: number, now_us: number): number {
    if (this.#book.alive <= this.#scaler.keepWarm) return Number.POSITIVE_INFINITY;
    return (idle > 0 ? since_us : now_us) + this.#idle.window_us + 1;
  }
}
