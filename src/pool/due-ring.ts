/**
 * Containers that wait for an instant, in the order of the instants; at one instant, in the order in which they were
 * started. A ring kept sorted by insertion: constant time when instants come in rising order, as with a constant delay,
 * or when there are few. Open to a loop that works on many entries, that of at-once.ts.
 */
export class DueRing {
  count = 0;
  /** Place of the first entry: that of the k-th is (head + k) & mask. */
  head = 0;
  mask: number;
  /** The place behind the last entry holds Infinity, so that the first instant of an empty ring needs no test. */
  due_us: Float64Array;
  containers: Int32Array;

  constructor(capacity = 16) {
    this.mask = capacity - 1;
    this.due_us = new Float64Array(capacity).fill(Number.POSITIVE_INFINITY);
    this.containers = new Int32Array(capacity);
  }

  /** The earliest instant, in microseconds; Infinity when the ring is empty. */
  get next_us(): number {
    return this.due_us[this.head]!;
  }

  /** @returns how many entries it had to pass */
  push(due_us: number, container: number): number {
    const due = this.due_us;
    const containers = this.containers;
    const mask = this.mask;
    const head = this.head;
    const last = head + this.count++;
    due[(last + 1) & mask] = Number.POSITIVE_INFINITY;
    let place = last;
    for (; place > head; place--) {
      const before = (place - 1) & mask;
      const before_us = due[before]!;
      if (before_us < due_us || (before_us === due_us && containers[before]! < container)) break;
      due[place & mask] = before_us;
      containers[place & mask] = containers[before]!;
    }
    due[place & mask] = due_us;
    containers[place & mask] = container;
    if (this.count === mask) this.#grow();
    return last - place;
  }

  /** Removes the container that is due first, and gives its number. */
  pop(): number {
    const container = this.containers[this.head]!;
    this.head = (this.head + 1) & this.mask;
    this.count--;
    return container;
  }

  /** Removes the container with the latest instant; of several, the one started last. */
  popLast(): number {
    const place = (this.head + --this.count) & this.mask;
    this.due_us[place] = Number.POSITIVE_INFINITY;
    return this.containers[place]!;
  }

  /** The latest instant; only of a ring that is not empty. */
  get last_us(): number {
    return this.due_us[(this.head + this.count - 1) & this.mask]!;
  }

  /** Makes room for so many more. */
  reserve(more: number): void {
    while (this.count + more >= this.mask) this.#grow();
  }

  #grow(): void {
    const length = 2 * (this.mask + 1);
    const due_us = new Float64Array(length).fill(Number.POSITIVE_INFINITY);
    const containers = new Int32Array(length);
    for (let i = 0; i < this.count; i++) {
      const place = (this.head + i) & this.mask;
      due_us[i] = this.due_us[place]!;
      containers[i] = this.containers[place]!;
    }
    [this.head, this.mask, this.due_us, this.containers] = [0, length - 1, due_us, containers];
  }
}
