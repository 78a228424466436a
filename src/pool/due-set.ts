import type { PoolBatch } from './batch.ts';
import { DueRing } from './due-ring.ts';

/** A ring in which an entry has to pass more than this many others is too long for a ring. */
export const FEW = 16;
/** Entries that a slot should hand over at a time, on average; the width follows when it is off by more than two times. */
const LOAD = 4;
/** After so many slots their load is looked at. */
const TRIAL = 256;
const NONE = -1;

/**
 * Containers that wait for an instant: the end of a service, or of a cold start. Of those due at one instant, the one
 * that was started first (the lower number) comes first.
 *
 * What is due before a horizon stands in a sorted ring. What is due later is only dropped into one of many slots, by
 * its instant; when the ring is empty the horizon moves over the next slot, and its few entries are sorted into the
 * ring: a calendar queue (Brown, "Calendar queues", CACM 31(10), 1988) that sorts as late as it can. As long as
 * instants come in rising order, or are few, the horizon is Infinity and there is only the ring. What comes out, and
 * in which order, does not depend on any of this.
 */
export class DueSet {
  /** What is due before the horizon. Open to at-once.ts, which calls `settle` after its work. */
  readonly near: DueRing;
  horizon_us = Number.POSITIVE_INFINITY;
  /** How many stand in the slots. */
  #far = 0;
  /** Powers of two, so that an instant is in the slot that the quotient says. Slot n holds what n & mask says. */
  #width_us = 1;
  /** Number of the next slot to be handed over; the horizon lies in it, or at its begin. */
  #slot = 0;
  #firstIn = new Int32Array(0);
  /** The entries of the slots, each linked to the next in its slot, or among the free ones. */
  #due_us = new Float64Array(0);
  #container = new Int32Array(0);
  #after = new Int32Array(0);
  #free = NONE;
  #passed = 0;
  #moved = 0;

  /** @param areNumbered whether containers are told apart */
  constructor(areNumbered: boolean) {
    this.near = new DueRing(areNumbered);
  }

  get count(): number {
    return this.near.count + this.#far;
  }

  /** The earliest instant, in microseconds; Infinity when the set is empty. */
  get next_us(): number {
    return this.near.next_us;
  }

  push(due_us: number, container: number): void {
    if (due_us >= this.horizon_us) {
      this.#defer(due_us, container);
      if (this.near.count === 0) this.#advance();
    } else if (this.near.push(due_us, container) > FEW) this.#shorten();
  }

  /** Removes the container that `next_us` belongs to, and gives its number. */
  pop(): number {
    const container = this.near.pop();
    if (this.near.count === 0 && this.#far > 0) this.#advance();
    return container;
  }

  /**
   * Puts the set in order after the ring was worked on by a loop of its own (at-once.ts): takes in those services of a
   * batch that end at the horizon or later, which that loop has left out.
   * @param numbers of the containers
   * @param isLong whether the last one in the ring had to pass more than FEW
   */
  settle(batch: PoolBatch, numbers: Int32Array, from: number, to: number, isLong: boolean): void {
    if (this.horizon_us < Number.POSITIVE_INFINITY) this.#deferLate(batch, numbers, from, to);
    if (isLong) this.#shorten();
    else if (this.near.count === 0 && this.#far > 0) this.#advance();
  }

  /** The ring is too long: what is due late goes into slots, narrower ones than before. */
  #shorten(): void {
    const ring = this.near;
    const first_us = ring.next_us;
    const width_us = powerOfTwo(((ring.last_us - first_us) / ring.count) * LOAD);
    if (this.#firstIn.length > 0 && width_us >= this.#width_us) return;
    this.horizon_us = (Math.floor(first_us / width_us) + 1) * width_us;
    this.#arrange(width_us, Math.max(64, this.#due_us.length));
    while (ring.last_us >= this.horizon_us) {
      const due_us = ring.last_us;
      this.#defer(due_us, ring.popLast());
    }
  }

  #defer(due_us: number, container: number): void {
    this.#reserve(1);
    const entry = this.#free;
    this.#free = this.#after[entry]!;
    this.#due_us[entry] = due_us;
    if (this.near.areNumbered) this.#container[entry] = container;
    this.#link(entry);
    this.#far++;
  }

  /** Takes in those services of a batch that end at the horizon or later: #defer in one loop. */
  #deferLate({ arrival_us, service_us }: PoolBatch, numbers: Int32Array, from: number, to: number): void {
    this.#reserve(to - from);
    const { horizon_us } = this;
    const { areNumbered } = this.near;
    const due_us = this.#due_us;
    const container = this.#container;
    const after = this.#after;
    const firstIn = this.#firstIn;
    const mask = firstIn.length - 1;
    /** Exact: the width is a power of two. */
    const slotsPerUs = 1 / this.#width_us;
    let free = this.#free;
    let far = this.#far;
    for (let i = from; i < to; i++) {
      const own_us = arrival_us[i]! + service_us[i]!;
      if (own_us < horizon_us) continue;
      const entry = free;
      free = after[entry]!;
      due_us[entry] = own_us;
      if (areNumbered) container[entry] = numbers[i]!;
      const place = Math.floor(own_us * slotsPerUs) & mask;
      after[entry] = firstIn[place]!;
      firstIn[place] = entry;
      far++;
    }
    this.#free = free;
    this.#far = far;
  }

  #link(entry: number): void {
    const place = Math.floor(this.#due_us[entry]! / this.#width_us) & (this.#firstIn.length - 1);
    this.#after[entry] = this.#firstIn[place]!;
    this.#firstIn[place] = entry;
  }

  /** The ring is empty: moves the horizon until something is due before it. */
  #advance(): void {
    if (this.count <= FEW / 2) this.#leaveSlots();
    const slots = this.#firstIn.length;
    let passed = 0;
    while (this.near.count === 0) {
      if (passed++ === slots) this.#slot = Math.floor(this.#earliest_us() / this.#width_us);
      this.horizon_us = (this.#slot + 1) * this.#width_us;
      this.near.fill(this.#gather(this.#slot & (slots - 1), 0));
      this.#slot++;
    }
    this.#passed += passed;
    this.#moved += this.near.count;
    if (this.#passed >= TRIAL) this.#adapt();
  }

  /** The ring is enough again. */
  #leaveSlots(): void {
    this.horizon_us = Number.POSITIVE_INFINITY;
    let count = 0;
    for (let place = 0; place < this.#firstIn.length; place++) count = this.#gather(place, count);
    this.near.fill(count);
    this.#firstIn = new Int32Array(0);
  }

  /**
   * Moves what is due before the horizon from a slot to the arrays of the ring, which is empty, out of order; what is due
   * later belongs to later rounds.
   * @param count how many stand in those arrays
   * @returns how many stand there now
   */
  #gather(place: number, count: number): number {
    this.near.reserve(this.#far);
    const { horizon_us } = this;
    const { areNumbered, due_us: nearDue_us, containers: nearContainer } = this.near;
    const due_us = this.#due_us;
    const container = this.#container;
    const after = this.#after;
    let kept = NONE;
    let free = this.#free;
    let gathered = count;
    for (let entry = this.#firstIn[place]!; entry !== NONE; ) {
      const next = after[entry]!;
      const own_us = due_us[entry]!;
      if (own_us < horizon_us) {
        nearDue_us[gathered] = own_us;
        if (areNumbered) nearContainer[gathered] = container[entry]!;
        gathered++;
        after[entry] = free;
        free = entry;
      } else {
        after[entry] = kept;
        kept = entry;
      }
      entry = next;
    }
    this.#firstIn[place] = kept;
    this.#free = free;
    this.#far -= gathered - count;
    return gathered;
  }

  #adapt(): void {
    const load = this.#moved / this.#passed;
    if (load > 2 * LOAD) this.#arrange(Math.max(1, this.#width_us / 2), this.#firstIn.length);
    if (load < LOAD / 2) this.#arrange(this.#width_us * 2, this.#firstIn.length);
    this.#passed = this.#moved = 0;
  }

  /** Drops all entries into new slots. */
  #arrange(width_us: number, slots: number): void {
    const firstIn = this.#firstIn;
    this.#firstIn = new Int32Array(slots).fill(NONE);
    this.#width_us = width_us;
    this.#slot = Math.floor(this.horizon_us / width_us);
    for (const first of firstIn) {
      for (let entry = first; entry !== NONE; ) {
        const after = this.#after[entry]!;
        this.#link(entry);
        entry = after;
      }
    }
  }

  /** Room for so many more entries, in as many slots. */
  #reserve(more: number): void {
    const used = this.#due_us.length;
    if (this.#far + more <= used) return;
    let length = Math.max(64, 2 * used);
    while (this.#far + more > length) length *= 2;
    const [due_us, container, after] = [this.#due_us, this.#container, this.#after];
    this.#due_us = new Float64Array(length);
    this.#container = new Int32Array(this.near.areNumbered ? length : 0);
    this.#after = new Int32Array(length);
    this.#due_us.set(due_us);
    this.#container.set(container);
    this.#after.set(after);
    for (let entry = used; entry < length; entry++) {
      this.#after[entry] = this.#free;
      this.#free = entry;
    }
    if (length > this.#firstIn.length) this.#arrange(this.#width_us, length);
  }

  /** The earliest instant of all slots. */
  #earliest_us(): number {
    let earliest_us = Number.POSITIVE_INFINITY;
    for (const first of this.#firstIn) {
      for (let entry = first; entry !== NONE; entry = this.#after[entry]!) {
        earliest_us = Math.min(earliest_us, this.#due_us[entry]!);
      }
    }
    return earliest_us;
  }
}

/** The power of two next below, at least 1. */
function powerOfTwo(value: number): number {
  return 2 ** Math.max(0, Math.floor(Math.log2(value)));
}
