/** Sums up to this, plus one more term, are exact. */
const CARRY = 2 ** 52;

/** The exact sum of whole numbers, each below 2^52 and none negative, however many there are. */
export class CarriedSum {
  #sum = 0;
  /** What the sum was, each time it came near to what a double holds exactly. */
  #carried = 0n;

  add(value: number): void {
    this.#sum += value;
    if (this.#sum >= CARRY) this.#carry();
  }

  /** The sum so far, which begins anew. */
  take(): bigint {
    this.#carry();
    const total = this.#carried;
    this.#carried = 0n;
    return total;
  }

  #carry(): void {
    this.#carried += BigInt(this.#sum);
    this.#sum = 0;
  }
}
