/**
 * Containers that wait for an instant: the end of a service, or of a cold start. Of those due at one instant, the
 * one that was started first (the lower number) comes first.
 */
export interface DueSet {
  readonly count: number;
  /** The earliest instant, in microseconds; Infinity when the set is empty. */
  readonly next_us: number;
  push(due_us: number, container: number): void;
  /** Removes the container that `next_us` belongs to, and gives its number. */
  pop(): number;
}

/** A sorted ring: constant time when instants come in rising order, as with a constant delay; else for small sets. */
export class DueRing implements DueSet {
  count = 0;
  /** Kept up to date rather than looked up: it is read far more often than it changes, by code that is hot. */
  next_us = Number.POSITIVE_INFINITY;
  #head = 0;
  #mask: number;
  #due_us: Float64Array;
  #container: Int32Array;

  constructor(capacity = 16) {
    this.#mask = capacity - 1;
    this.#due_us = new Float64Array(capacity);
    this.#container = new Int32Array(capacity);
  }

  push(due_us: number, container: number): void {
    if (this.count > this.#mask) this.#grow();
    const due = this.#due_us;
    const containers = this.#container;
    const mask = this.#mask;
    const head = this.#head;
    let place = head + this.count++;
    while (place > head) {
      const before = (place - 1) & mask;
      if (due[before]! < due_us || (due[before] === due_us && containers[before]! < container)) break;
      due[place & mask] = due[before]!;
      containers[place & mask] = containers[before]!;
      place--;
    }
    due[place & mask] = due_us;
    containers[place & mask] = container;
    if (place === head) this.next_us = due_us;
  }

  pop(): number {
    const container = this.#container[this.#head]!;
    this.#head = (this.#head + 1) & this.#mask;
    this.next_us = --this.count === 0 ? Number.POSITIVE_INFINITY : this.#due_us[this.#head]!;
    return container;
  }

  /** Removes the container with the latest instant; of several, the one started last. */
  popLast(): number {
    if (--this.count === 0) this.next_us = Number.POSITIVE_INFINITY;
    return this.#container[(this.#head + this.count) & this.#mask]!;
  }

  #grow(): void {
    const length = 2 * (this.#mask + 1);
    const due_us = new Float64Array(length);
    const containers = new Int32Array(length);
    for (let i = 0; i < this.count; i++) {
      due_us[i] = this.#due_us[(this.#head + i) & this.#mask]!;
      containers[i] = this.#container[(this.#head + i) & this.#mask]!;
    }
    [this.#head, this.#mask, this.#due_us, this.#container] = [0, length - 1, due_us, containers];
  }
}

/** A heap with four children a node: for large sets in any order. */
export class DueHeap implements DueSet {
  count = 0;
  next_us = Number.POSITIVE_INFINITY;
  #due_us = new Float64Array(64);
  #container = new Int32Array(64);

  push(due_us: number, container: number): void {
    if (this.count === this.#due_us.length) this.#grow();
    const due = this.#due_us;
    const containers = this.#container;
    let place = this.count++;
    while (place > 0) {
      const parent = (place - 1) >> 2;
      if (!isBefore(due_us, container, due[parent]!, containers[parent]!)) break;
      due[place] = due[parent]!;
      containers[place] = containers[parent]!;
      place = parent;
    }
    due[place] = due_us;
    containers[place] = container;
    this.next_us = due[0]!;
  }

  pop(): number {
    const first = this.#container[0]!;
    const last = --this.count;
    if (last > 0) this.#sink(this.#due_us[last]!, this.#container[last]!);
    this.next_us = last > 0 ? this.#due_us[0]! : Number.POSITIVE_INFINITY;
    return first;
  }

  /** Puts an entry in the place of the root, and lets it down. */
  #sink(due_us: number, container: number): void {
    const due = this.#due_us;
    const containers = this.#container;
    const count = this.count;
    let place = 0;
    for (;;) {
      let child = 4 * place + 1;
      if (child >= count) break;
      const end = Math.min(child + 4, count);
      for (let other = child + 1; other < end; other++) {
        if (isBefore(due[other]!, containers[other]!, due[child]!, containers[child]!)) child = other;
      }
      if (!isBefore(due[child]!, containers[child]!, due_us, container)) break;
      due[place] = due[child]!;
      containers[place] = containers[child]!;
      place = child;
    }
    due[place] = due_us;
    containers[place] = container;
  }

  #grow(): void {
    const due_us = new Float64Array(2 * this.#due_us.length);
    const containers = new Int32Array(due_us.length);
    due_us.set(this.#due_us);
    containers.set(this.#container);
    this.#due_us = due_us;
    this.#container = containers;
  }
}

function isBefore(a_us: number, a: number, b_us: number, b: number): boolean {
  return a_us < b_us || (a_us === b_us && a < b);
}
