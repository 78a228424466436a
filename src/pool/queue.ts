/** Numbers kept of a request. */
const FACTS = 6;

/** Requests that wait, first come first served: a ring of their facts. */
export class Queue {
  count = 0;
  /** When the request that waits longest entered the pool; Infinity when none waits. */
  head_us = Number.POSITIVE_INFINITY;
  /** How many of them are reported. */
  reported = 0;
  #head = 0;
  #mask = 63;
  /** Arrival, entry into the pool, service, images, adapter and number of each request. */
  #facts = new Float64Array(64 * FACTS);

  /** Arrival of the request that waits longest. */
  get headArrival_us(): number {
    return this.#facts[FACTS * this.#head]!;
  }

  /** Service time of the request that waits longest. */
  get headService_us(): number {
    return this.#facts[FACTS * this.#head + 2]!;
  }

  /** Images of the request that waits longest; negative: not reported. */
  get headImages(): number {
    return this.#facts[FACTS * this.#head + 3]!;
  }

  /** Adapter of the request that waits longest; -1: it needs none. */
  get headAdapter(): number {
    return this.#facts[FACTS * this.#head + 4]!;
  }

  /** Number of the request that waits longest, if it is reported. */
  get headNumber(): number {
    return this.#facts[FACTS * this.#head + 5]!;
  }

  push(
    arrival_us: number,
    entry_us: number,
    service_us: number,
    images: number,
    adapter: number,
    number: number,
  ): void {
    if (this.count > this.#mask) this.#grow();
    if (this.count === 0) this.head_us = entry_us;
    const place = FACTS * ((this.#head + this.count++) & this.#mask);
    const facts = this.#facts;
    facts[place] = arrival_us;
    facts[place + 1] = entry_us;
    facts[place + 2] = service_us;
    facts[place + 3] = images;
    facts[place + 4] = adapter;
    facts[place + 5] = number;
    if (images >= 0) this.reported++;
  }

  /** Removes the request that waits longest. */
  shift(): void {
    if (this.headImages >= 0) this.reported--;
    this.#head = (this.#head + 1) & this.#mask;
    this.head_us = --this.count === 0 ? Number.POSITIVE_INFINITY : this.#facts[FACTS * this.#head + 1]!;
  }

  /** Moves the request that waits longest to the end of another queue, which it enters now. */
  moveHead(to: Queue, now_us: number): void {
    const { headArrival_us, headService_us, headImages, headAdapter, headNumber } = this;
    this.shift();
    to.push(headArrival_us, now_us, headService_us, headImages, headAdapter, headNumber);
  }

  #grow(): void {
    const length = this.#mask + 1;
    const facts = new Float64Array(2 * FACTS * length);
    facts.set(this.#facts.subarray(FACTS * this.#head));
    facts.set(this.#facts.subarray(0, FACTS * this.#head), FACTS * (length - this.#head));
    [this.#head, this.#mask, this.#facts] = [0, 2 * length - 1, facts];
  }
}
