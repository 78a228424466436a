/**
 * Containers that wait for an instant, in the order of the instants; at one instant, in the order in which they were
 * started. A ring kept sorted by insertion: constant time when instants come in rising order, as with a constant delay,
 * or when there are few.
 */
export class DueRing {
  count = 0;
  #head = 0;
  #mask: number;
  /** The place behind the last entry holds Infinity, so that the first instant of an empty ring needs no test. */
  #due_us: Float64Array;
  #container: Int32Array;

  constructor(capacity = 16) {
    this.#mask = capacity - 1;
    this.#due_us = new Float64Array(capacity).fill(Number.POSITIVE_INFINITY);
    this.#container = new Int32Array(capacity);
  }

  /** The earliest instant, in microseconds; Infinity when the ring is empty. */
  get next_us(): number {
    return this.#due_us[this.#head]!;
  }

  /** @returns how many entries it had to pass */
  push(due_us: number, container: number): number {
    const due = this.#due_us;
    const mask = this.#mask;
    const place = (this.#head + this.count++) & mask;
    const before_us = due[(place - 1) & mask]!;
    due[place] = due_us;
    this.#container[place] = container;
    due[(place + 1) & mask] = Number.POSITIVE_INFINITY;
    if (this.count === mask) this.#grow();
    return before_us < due_us || this.count === 1 ? 0 : this.#sink();
  }

  /** Removes the container that is due first, and gives its number. */
  pop(): number {
    const container = this.#container[this.#head]!;
    this.#head = (this.#head + 1) & this.#mask;
    this.count--;
    return container;
  }

  /** Removes the container with the latest instant; of several, the one started last. */
  popLast(): number {
    const place = (this.#head + --this.count) & this.#mask;
    this.#due_us[place] = Number.POSITIVE_INFINITY;
    return this.#container[place]!;
  }

  /** The latest instant; only of a ring that is not empty. */
  get last_us(): number {
    return this.#due_us[(this.#head + this.count - 1) & this.#mask]!;
  }

  /** Moves the last entry to where it belongs, and gives the number of those that it passed. */
  #sink(): number {
    const due = this.#due_us;
    const containers = this.#container;
    const mask = this.#mask;
    const head = this.#head;
    const last = head + this.count - 1;
    let place = last;
    const due_us = due[place & mask]!;
    const container = containers[place & mask]!;
    while (place > head) {
      const before = (place - 1) & mask;
      if (due[before]! < due_us || (due[before] === due_us && containers[before]! < container)) break;
      due[place & mask] = due[before]!;
      containers[place & mask] = containers[before]!;
      place--;
    }
    due[place & mask] = due_us;
    containers[place & mask] = container;
    return last - place;
  }

  #grow(): void {
    const length = 2 * (this.#mask + 1);
    const due_us = new Float64Array(length).fill(Number.POSITIVE_INFINITY);
    const containers = new Int32Array(length);
    for (let i = 0; i < this.count; i++) {
      const place = (this.#head + i) & this.#mask;
      due_us[i] = this.#due_us[place]!;
      containers[i] = this.#container[place]!;
    }
    [this.#head, this.#mask, this.#due_us, this.#container] = [0, length - 1, due_us, containers];
  }
}
