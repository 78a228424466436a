/** So many entries are put in order by insertion, more by a sort that takes n log n. */
export const INSERTION_MAX = 64;

/**
 * Containers that wait for an instant, in the order of the instants; numbered ones, at one instant, in the order of their
 * numbers. A ring kept sorted by insertion: constant time when instants come in rising order, as with a constant delay, or
 * when there are few. Open to loops that work on many entries, those of at-once.ts and slots.ts.
 */
export class DueRing {
  count = 0;
  /** Place of the first entry: that of the k-th is (head + k) & mask. */
  head = 0;
  mask: number;
  /** The place behind the last entry holds Infinity, so that the first instant of an empty ring needs no test. */
  due_us: Float64Array;
  /** Their numbers, if they are numbered. */
  containers: Int32Array;
  /** Whether containers are told apart. Else they are only counted, and each is given out as number 0. */
  readonly areNumbered: boolean;

  constructor(areNumbered: boolean, capacity = 16) {
    this.areNumbered = areNumbered;
    this.mask = capacity - 1;
    this.due_us = new Float64Array(capacity).fill(Number.POSITIVE_INFINITY);
    this.containers = new Int32Array(areNumbered ? capacity : 0);
  }

  /** The earliest instant, in microseconds; Infinity when the ring is empty. */
  get next_us(): number {
    return this.due_us[this.head]!;
  }

  /** @returns how many entries it had to pass */
  push(due_us: number, container: number): number {
    this.reserve(1);
    const { due_us: due, containers, areNumbered, head, mask } = this;
    const end = head + this.count++;
    due[(end + 1) & mask] = Number.POSITIVE_INFINITY;
    let place = end;
    for (; place > head; place--) {
      const before = (place - 1) & mask;
      const before_us = due[before]!;
      if (before_us <= due_us && !(areNumbered && before_us === due_us && containers[before]! > container))
        break;
      due[place & mask] = before_us;
      if (areNumbered) containers[place & mask] = containers[before]!;
    }
    due[place & mask] = due_us;
    if (areNumbered) containers[place & mask] = container;
    return end - place;
  }

  /**
   * Takes in some entries that stand at the beginning of the arrays of an empty ring: in order, or in any if there are more
   * than INSERTION_MAX.
   */
  fill(count: number): void {
    if (count > INSERTION_MAX) this.#sort(count);
    this.due_us[count] = Number.POSITIVE_INFINITY;
    this.head = 0;
    this.count = count;
  }

  #sort(count: number): void {
    const due_us = this.due_us.slice(0, count);
    const containers = this.areNumbered ? this.containers.slice(0, count) : new Int32Array(count);
    const order = new Uint32Array(count).map((_, i) => i);
    order.sort((a, b) => due_us[a]! - due_us[b]! || containers[a]! - containers[b]!);
    for (let i = 0; i < count; i++) {
      this.due_us[i] = due_us[order[i]!]!;
      if (this.areNumbered) this.containers[i] = containers[order[i]!]!;
    }
  }

  /** Removes the container that is due first, and gives its number, if it has one. */
  pop(): number {
    const container = this.#numberAt(this.head);
    this.head = (this.head + 1) & this.mask;
    this.count--;
    return container;
  }

  /** Removes the container with the latest instant; of several, the one with the highest number. */
  popLast(): number {
    const place = (this.head + --this.count) & this.mask;
    this.due_us[place] = Number.POSITIVE_INFINITY;
    return this.#numberAt(place);
  }

  /** The latest instant; only of a ring that is not empty. */
  get last_us(): number {
    return this.due_us[(this.head + this.count - 1) & this.mask]!;
  }

  /** Makes room for so many more. */
  reserve(more: number): void {
    while (this.count + more >= this.mask) this.#grow();
  }

  #numberAt(place: number): number {
    return this.areNumbered ? this.containers[place]! : 0;
  }

  #grow(): void {
    const length = 2 * (this.mask + 1);
    const due_us = new Float64Array(length).fill(Number.POSITIVE_INFINITY);
    const containers = new Int32Array(this.areNumbered ? length : 0);
    for (let i = 0; i < this.count; i++) {
      const place = (this.head + i) & this.mask;
      due_us[i] = this.due_us[place]!;
      if (this.areNumbered) containers[i] = this.containers[place]!;
    }
    [this.head, this.mask, this.due_us, this.containers] = [0, length - 1, due_us, containers];
  }
}
