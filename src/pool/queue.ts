/** Requests that wait, first come first served: a ring of their facts. */
export class Queue {
  count = 0;
  /** How many of them are reported. */
  reported = 0;
  #head = 0;
  #mask = 63;
  /** Three numbers a request: arrival, service, images. */
  #facts = new Float64Array(64 * 4);

  /** Arrival of the request that waits longest; Infinity when none waits. */
  get head_us(): number {
    return this.count === 0 ? Number.POSITIVE_INFINITY : this.#facts[4 * this.#head]!;
  }

  /** Service time of the request that waits longest. */
  get headService_us(): number {
    return this.#facts[4 * this.#head + 1]!;
  }

  /** Images of the request that waits longest; -1: not reported. */
  get headImages(): number {
    return this.#facts[4 * this.#head + 2]!;
  }

  push(arrival_us: number, service_us: number, images: number): void {
    if (this.count > this.#mask) this.#grow();
    const place = 4 * ((this.#head + this.count++) & this.#mask);
    this.#facts[place] = arrival_us;
    this.#facts[place + 1] = service_us;
    this.#facts[place + 2] = images;
    if (images >= 0) this.reported++;
  }

  shift(): void {
    if (this.headImages >= 0) this.reported--;
    this.#head = (this.#head + 1) & this.#mask;
    this.count--;
  }

  #grow(): void {
    const length = this.#mask + 1;
    const facts = new Float64Array(8 * length);
    facts.set(this.#facts.subarray(4 * this.#head));
    facts.set(this.#facts.subarray(0, 4 * this.#head), 4 * (length - this.#head));
    [this.#head, this.#mask, this.#facts] = [0, 2 * length - 1, facts];
  }
}
