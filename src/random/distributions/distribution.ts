import type * as z from 'zod';
import type { Stream } from '../stream.ts';

/** A law that random quantities follow. */
export interface Distribution {
  /** Expectation, in the unit of the values. */
  readonly mean: number;
  /** Draws values into `out[from] .. out[to - 1]`. */
  fill(stream: Stream, out: Float64Array, from: number, to: number): void;
}

/** The schema of a quantity: numbers for images and work, durations (read as seconds) for times. */
export type Quantity = z.ZodType<number>;

/** One row of the table of distributions: its keys in a scenario, and the law that they make. */
export interface DistributionKind<Spec> {
  /** The keys beside `distribution`: those that are quantities, those that are a mean, and numbers of its own. */
  keys(quantity: Quantity, mean: Quantity): Record<string, z.ZodType>;
  /** What is wrong between keys that are right one by one. */
  fault?(spec: Spec): string | undefined;
  make(spec: Spec): Distribution;
}

/** Draws one value at a time from a law, in the stream's own order: the n-th call gives the n-th value. */
export class Draws {
  readonly #distribution: Distribution;
  readonly #stream: Stream;
  readonly #buffer: Float64Array;
  #used: number;

  constructor(distribution: Distribution, stream: Stream, bufferLength = 64) {
    this.#distribution = distribution;
    this.#stream = stream;
    this.#buffer = new Float64Array(bufferLength);
    this.#used = bufferLength;
  }

  next(): number {
    const buffer = this.#buffer;
    if (this.#used === buffer.length) {
      this.#distribution.fill(this.#stream, buffer, 0, buffer.length);
      this.#used = 0;
    }
    return buffer[this.#used++]!;
  }
}
