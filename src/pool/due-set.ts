import type { PoolBatch } from './batch.ts';
import { DueRing } from './due-ring.ts';
import { Slots } from './slots.ts';

/** A ring in which an entry has to pass more than this many others is too long for a ring. */
export const FEW = 16;
/** Entries that a slot should hand over at a time, on average; the width follows when it is off by more than two times. */
const LOAD = 6;
/** After so many slots their load is looked at. */
const TRIAL = 256;

/**
 * Containers that wait for an instant: the end of a service, or of a cold start. Of numbered ones
 * due at one instant, the one that was started first (the lower number) comes first.
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
  /** What is due later. */
  readonly #far: Slots;
  /** Number of the next slot to be handed over; the horizon lies in it, or at its begin. */
  #slot = 0;
  #passed = 0;
  #moved = 0;

  /** @param areNumbered whether containers are told apart */
  constructor(areNumbered: boolean) {
    this.near = new DueRing(areNumbered);
    this.#far = new Slots(areNumbered);
  }

  get count(): number {
    return this.near.count + this.#far.count;
  }

  /** The earliest instant, in microseconds; Infinity when the set is empty. */
  get next_us(): number {
    return this.near.next_us;
  }

  push(due_us: number, container: number): void {
    if (due_us >= this.horizon_us) {
      this.#far.put(due_us, container);
      if (this.near.count === 0) this.#advance();
    } else if (this.near.push(due_us, container) > FEW) this.#shorten();
  }

  /** Removes the container that `next_us` belongs to, and gives its number, if it has one. */
  pop(): number {
    const container = this.near.pop();
    if (this.near.count === 0 && this.#far.count > 0) this.#advance();
    return container;
  }

  /**
   * Puts the set in order after the ring was worked on by a loop of its own (at-once.ts): takes in those services of a
   * batch that end at the horizon or later, which that loop has left out.
   * @param numbers of the containers, if they are numbered
   * @param isLong whether the last one in the ring had to pass more than FEW
   */
  settle(batch: PoolBatch, numbers: Int32Array, from: number, to: number, isLong: boolean): void {
    const { horizon_us } = this;
    if (horizon_us < Number.POSITIVE_INFINITY) this.#far.putLate(batch, numbers, from, to, horizon_us);
    if (isLong) this.#shorten();
    else if (this.near.count === 0 && this.#far.count > 0) this.#advance();
  }

  /** The ring is too long: what is due late goes into slots, narrower ones than before. */
  #shorten(): void {
    const ring = this.near;
    const first_us = ring.next_us;
    const mean_us = ((ring.last_us - first_us) / ring.count) * LOAD;
    /** The power of two next below, at least 1. */
    const width_us = 2 ** Math.max(0, Math.floor(Math.log2(mean_us)));
    if (this.#far.length > 0 && width_us >= this.#far.width_us) return;
    this.horizon_us = (Math.floor(first_us / width_us) + 1) * width_us;
    this.#arrange(width_us);
    while (ring.last_us >= this.horizon_us) {
      const due_us = ring.last_us;
      this.#far.put(due_us, ring.popLast());
    }
  }

  /** The ring is empty: moves the horizon until something is due before it. */
  #advance(): void {
    const { near } = this;
    const far = this.#far;
    if (far.count <= FEW / 2) this.#leaveSlots();
    let passed = 0;
    while (near.count === 0) {
      if (passed++ === far.length) this.#slot = Math.floor(far.findEarliest_us() / far.width_us);
      this.horizon_us = (this.#slot + 1) * far.width_us;
      near.fill(far.gather(this.#slot, this.horizon_us, near));
      this.#slot++;
    }
    this.#passed += passed;
    this.#moved += near.count;
    if (this.#passed >= TRIAL) this.#adapt();
  }

  /** The ring is enough again. */
  #leaveSlots(): void {
    this.horizon_us = Number.POSITIVE_INFINITY;
    let count = 0;
    for (let slot = 0; slot < this.#far.length; slot++)
      count = this.#far.gather(slot, this.horizon_us, this.near, count);
    this.#far.close();
    this.near.fill(count);
  }

  #adapt(): void {
    const load = this.#moved / this.#passed;
    if (load > 2 * LOAD) this.#arrange(Math.max(1, this.#far.width_us / 2));
    if (load < LOAD / 2) this.#arrange(this.#far.width_us * 2);
    this.#passed = this.#moved = 0;
  }

  #arrange(width_us: number): void {
    this.#far.arrange(width_us);
    this.#slot = Math.floor(this.horizon_us / width_us);
  }
}
