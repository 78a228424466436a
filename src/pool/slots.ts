import type { PoolBatch } from './batch.ts';
import { type DueRing, INSERTION_MAX } from './due-ring.ts';

const NONE = -1;
const FEWEST = 64;

/**
 * Containers that wait for an instant, each in one of many slots of equal width, in no order there: the days of a calendar
 * queue. Slot n, which begins at n x width, shares its list with the slots that are a multiple of `length` away.
 */
export class Slots {
  /** How many containers wait. */
  count = 0;
  /** A power of two, at least 1, so that an instant is in the slot that the quotient says. */
  width_us = 1;
  readonly #areNumbered: boolean;
  #firstIn = new Int32Array(0);
  /** The entries, each linked to the next in its list, or among the free ones. */
  #due_us = new Float64Array(0);
  #container = new Int32Array(0);
  #after = new Int32Array(0);
  #free = NONE;

  /** @param areNumbered whether containers are told apart */
  constructor(areNumbered: boolean) {
    this.#areNumbered = areNumbered;
  }

  /** The number of lists, a power of two; 0 before `arrange`, and after `close`. */
  get length(): number {
    return this.#firstIn.length;
  }

  put(due_us: number, container: number): void {
    this.#reserve(1);
    const entry = this.#free;
    this.#free = this.#after[entry]!;
    this.#due_us[entry] = due_us;
    if (this.#areNumbered) this.#container[entry] = container;
    this.#link(entry);
    this.count++;
  }

  /** Takes in those services of a part of a batch that end at the horizon or later: `put` in one loop. */
  putLate(
    { arrival_us, service_us }: PoolBatch,
    numbers: Int32Array,
    from: number,
    to: number,
    horizon_us: number,
  ): void {
    this.#reserve(to - from);
    const areNumbered = this.#areNumbered;
    const due_us = this.#due_us;
    const container = this.#container;
    const after = this.#after;
    const firstIn = this.#firstIn;
    const mask = firstIn.length - 1;
    /** Exact, as the width is a power of two. */
    const slotsPerUs = 1 / this.width_us;
    let free = this.#free;
    let count = this.count;
    for (let i = from; i < to; i++) {
      const own_us = arrival_us[i]! + service_us[i]!;
      if (own_us < horizon_us) continue;
      const entry = free;
      free = after[entry]!;
      due_us[entry] = own_us;
      if (areNumbered) container[entry] = numbers[i]!;
      const list = Math.floor(own_us * slotsPerUs) & mask;
      after[entry] = firstIn[list]!;
      firstIn[list] = entry;
      count++;
    }
    this.#free = free;
    this.count = count;
  }

  /**
   * Moves what is due before the horizon from the list of a slot to the arrays of an empty ring: in order, as long as there
   * are at most INSERTION_MAX.
   * @param gathered how many stand in those arrays; the ring must not change until `ring.fill`
   * @returns how many stand there now
   */
  gather(slot: number, horizon_us: number, ring: DueRing, gathered = 0): number {
    ring.reserve(gathered + this.count);
    const { due_us: ringDue_us, containers } = ring;
    const areNumbered = this.#areNumbered;
    const due_us = this.#due_us;
    const container = this.#container;
    const after = this.#after;
    const list = slot & (this.#firstIn.length - 1);
    let kept = NONE;
    let free = this.#free;
    let end = gathered;
    for (let entry = this.#firstIn[list]!; entry !== NONE; ) {
      const next = after[entry]!;
      const own_us = due_us[entry]!;
      if (own_us < horizon_us) {
        const own = areNumbered ? container[entry]! : 0;
        // As DueRing.push does; from INSERTION_MAX on `fill` sorts all of them.
        let place = end++;
        for (; place > 0 && place < INSERTION_MAX; place--) {
          const before_us = ringDue_us[place - 1]!;
          if (before_us <= own_us && !(areNumbered && before_us === own_us && containers[place - 1]! > own))
            break;
          ringDue_us[place] = before_us;
          if (areNumbered) containers[place] = containers[place - 1]!;
        }
        ringDue_us[place] = own_us;
        if (areNumbered) containers[place] = own;
        after[entry] = free;
        free = entry;
      } else {
        after[entry] = kept;
        kept = entry;
      }
      entry = next;
    }
    this.#firstIn[list] = kept;
    this.#free = free;
    this.count -= end - gathered;
    return end;
  }

  /** Drops all entries into slots of this width. */
  arrange(width_us: number, length = Math.max(FEWEST, this.#due_us.length)): void {
    const firstIn = this.#firstIn;
    this.#firstIn = new Int32Array(length).fill(NONE);
    this.width_us = width_us;
    for (const first of firstIn) {
      for (let entry = first; entry !== NONE; ) {
        const after = this.#after[entry]!;
        this.#link(entry);
        entry = after;
      }
    }
  }

  /** Gives up the slots, which are empty: after a crowd there may be more of them than are worth looking at. */
  close(): void {
    this.#firstIn = this.#container = this.#after = new Int32Array(0);
    this.#due_us = new Float64Array(0);
    this.#free = NONE;
  }

  /** The earliest instant of all; only when there are some. */
  findEarliest_us(): number {
    let earliest_us = Number.POSITIVE_INFINITY;
    for (const first of this.#firstIn) {
      for (let entry = first; entry !== NONE; entry = this.#after[entry]!) {
        earliest_us = Math.min(earliest_us, this.#due_us[entry]!);
      }
    }
    return earliest_us;
  }

  #link(entry: number): void {
    const list = Math.floor(this.#due_us[entry]! / this.width_us) & (this.#firstIn.length - 1);
    this.#after[entry] = this.#firstIn[list]!;
    this.#firstIn[list] = entry;
  }

  /** Makes room for so many more entries, and as many lists as entries. */
  #reserve(more: number): void {
    const used = this.#due_us.length;
    if (this.count + more <= used) return;
    let length = Math.max(FEWEST, 2 * used);
    while (this.count + more > length) length *= 2;
    const due_us = this.#due_us;
    const container = this.#container;
    const after = this.#after;
    this.#due_us = new Float64Array(length);
    this.#container = new Int32Array(this.#areNumbered ? length : 0);
    this.#after = new Int32Array(length);
    this.#due_us.set(due_us);
    this.#container.set(container);
    this.#after.set(after);
    for (let entry = used; entry < length; entry++) {
      this.#after[entry] = this.#free;
      this.#free = entry;
    }
    if (length > this.#firstIn.length) this.arrange(this.width_us, length);
  }
}
