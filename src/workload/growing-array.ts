/** Numbers of which it is not known how many will come; 8 bytes each. */
export class GrowingArray {
  length = 0;
  #values = new Float64Array(1024);

  push(value: number): void {
    if (this.length === this.#values.length) {
      const values = new Float64Array(2 * this.length);
      values.set(this.#values);
      this.#values = values;
    }
    this.#values[this.length++] = value;
  }

  /** Puts a value in the place of one that was pushed. */
  set(place: number, value: number): void {
    this.#values[place] = value;
  }

  /** The values so far, not copied. */
  view(): Float64Array {
    return this.#values.subarray(0, this.length);
  }
}

/** A new array that worker threads can share where the platform has such memory. */
export function sharedArray(length: number): Float64Array {
  return typeof SharedArrayBuffer === 'undefined'
    ? new Float64Array(length)
    : new Float64Array(new SharedArrayBuffer(8 * length));
}
