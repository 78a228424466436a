import type { PoolBatch } from './batch.ts';
import { type DueSet, FEW } from './due-set.ts';
import type { Entrance } from './entrance.ts';
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
  readonly #entrance: Entrance;
  /** The containers that the requests of a batch were given, if they are numbered. */
  #numbers = new Int32Array(0);

  /** @param services such that `arePlain` */
  constructor(services: Services, idle: IdleDeque, book: TimeBook, scaler: Scaler, entrance: Entrance) {
    this.#busy = services.busy;
    this.#idle = idle;
    this.#services = services;
    this.#book = book;
    this.#scaler = scaler;
    this.#entrance = entrance;
  }

  /**
   * Serves requests of a batch while none waits, up to the first that may not enter, that finds no idle container, or before
   * which something else happens than the end of a service.
   *
   * The loop works on the two rings themselves, with their counters in variables: by their methods it takes half as long
   * again.
   * @param last the position up to which no service is cut
   * @param ready_us the next end of a cold start
   * @returns the position of that request, or `last`; where there is a limit to those that enter, it may be one that could
   * have been served too
   */
  serve(batch: PoolBatch, from: number, last: number, ready_us: number): number {
    const to = this.#entrance.firstRefused(batch, from, last);
    if (to === from) return from;
    const until_us = Math.min(
      ready_us,
      this.#book.boundary_us,
      this.#scaler.keepWarmChange_us,
      this.#entrance.next_us,
    );
    const { arrival_us, service_us } = batch;
    const busy = this.#busy;
    const { near } = busy;
    const { areNumbered } = near;
    const { since, newestFirst } = this.#idle;
    const spare = this.#scaler.buffer;
    const wasBusy = busy.count;
    if (this.#numbers.length < to) this.#numbers = new Int32Array(arrival_us.length);
    const numbers = this.#numbers;
    // None starts and none stops: each ring holds at most all of them.
    since.reserve(wasBusy);
    const { due_us: since_us, containers: idlers, mask: idleMask } = since;
    let idleHead = since.head;
    let idleTail = idleHead + since.count;
    let clock_us = this.clock_us;
    let limit_us = this.#limit_us(until_us, since_us[idleHead]!, clock_us);
    /** Instants of ends less those of begins, from an instant of the open hour: far from it their sum would be rounded. */
    const origin_us = arrival_us[from]!;
    let ended_us = 0;
    let i = from;
    let isOver = false;
    while (!isOver && i < to) {
      // The limit was put for the one that had been idle longest, which may have been given a request since.
      if (arrival_us[i]! >= limit_us) {
        const first_us = idleHead < idleTail ? since_us[idleHead & idleMask]! : Number.POSITIVE_INFINITY;
        limit_us = this.#limit_us(until_us, first_us, clock_us);
        if (arrival_us[i]! >= limit_us) break;
      }
      near.reserve(idleTail - idleHead);
      const { due_us, containers, mask } = near;
      const { horizon_us } = busy;
      const begin = i;
      let head = near.head;
      let tail = head + near.count;
      let hasFar = busy.count > near.count;
      let isLong = false;
      // A round ends when all are served; at the limit; when no container can be given (isOver); when the ring is empty
      // though some stand in slots; and when it has become too long (isLong).
      round: while (i < to) {
        const now_us = arrival_us[i]!;
        if (now_us >= limit_us) break;
        let end_us = due_us[head & mask]!;
        while (end_us <= now_us) {
          since_us[idleTail & idleMask] = end_us;
          if (areNumbered) idlers[idleTail & idleMask] = containers[head & mask]!;
          idleTail++;
          head++;
          ended_us += end_us - origin_us;
          clock_us = end_us;
          if (head === tail && hasFar) break round;
          end_us = due_us[head & mask]!;
        }
        isOver = idleTail - idleHead <= spare;
        if (isOver) break;
        const given = (newestFirst ? --idleTail : idleHead++) & idleMask;
        const container = areNumbered ? idlers[given]! : 0;
        ended_us -= now_us - origin_us;
        clock_us = now_us;
        const leaves_us = now_us + service_us[i]!;
        if (areNumbered) numbers[i] = container;
        i++;
        if (leaves_us >= horizon_us) {
          hasFar = true;
          if (head === tail) break;
          continue;
        }
        // As DueRing.push does.
        let place = tail++;
        due_us[tail & mask] = Number.POSITIVE_INFINITY;
        for (; place > head; place--) {
          const before = (place - 1) & mask;
          const before_us = due_us[before]!;
          if (
            before_us <= leaves_us &&
            !(areNumbered && before_us === leaves_us && containers[before]! > container)
          )
            break;
          due_us[place & mask] = before_us;
          if (areNumbered) containers[place & mask] = containers[before]!;
        }
        due_us[place & mask] = leaves_us;
        if (areNumbered) containers[place & mask] = container;
        isLong = tail - 1 - place > FEW;
        if (isLong) break;
      }
      near.head = head & mask;
      near.count = tail - head;
      busy.settle(batch, numbers, begin, i, isLong);
    }
    since.head = idleHead & idleMask;
    since.count = idleTail - idleHead;
    since_us[idleTail & idleMask] = Number.POSITIVE_INFINITY;
    this.clock_us = clock_us;
    const begun = i - from;
    this.#book.servicesChange(begun, begun + wasBusy - busy.count, origin_us, ended_us);
    if (begun > 0) this.#book.arrived(this.#services.atOnce(batch, from, i));
    this.#entrance.entered(batch, from, i);
    return i;
  }

  /**
   * Before this instant nothing happens that is not ours. An idle container stops only while more are alive than
   * keep_warm; the other reason not to stop, that requests want it, cannot be while more are idle than the buffer.
   * @param first_us since when the first of the idle is so; Infinity: none is
   * @param clock_us those that are not idle yet will not be so earlier
   */
  #limit_us(until_us: number, first_us: number, clock_us: number): number {
    if (this.#book.alive <= this.#scaler.keepWarm) return until_us;
    const since_us = first_us < Number.POSITIVE_INFINITY ? first_us : clock_us;
    // An arrival at the very end of a window finds the container.
    return Math.min(until_us, since_us + this.#idle.window_us + 1);
  }
}
