import type { Stream } from './stream.ts';

/**
 * Draws ranks 0 .. count - 1, the k-th with a probability in proportion to 1 / (k + 1)^exponent: Zipf's law of
 * popularity (0: all ranks are equally likely). By inversion of the cumulative probabilities.
 */
export class Zipf {
  readonly #cumulative: Float64Array;

  constructor(count: number, exponent: number) {
    this.#cumulative = new Float64Array(count);
    let sum = 0;
    for (let k = 0; k < count; k++) {
      sum += (k + 1) ** -exponent;
      this.#cumulative[k] = sum;
    }
  }

  rank(stream: Stream): number {
    const cumulative = this.#cumulative;
    const last = cumulative.length - 1;
    const target = stream.uniform() * cumulative[last]!;
    let low = 0;
    let high = last;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (cumulative[middle]! > target) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
