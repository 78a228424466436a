import { quickselect } from 'simple-statistics';
import { assert } from '../core/assert.ts';
import {
  addHistogram,
  covering,
  emptied,
  FIRST_CELL,
  type Histogram,
  histogramOf,
  NO_CELLS,
  SHIFT,
} from './cells.ts';

/**
 * Percentiles of many values, by nearest rank: the smallest x with at least p of the values <= x. Exact up to
 * EXACT_MAX values; above that from a histogram (cells.ts), within 0.1 %.
 * Merging is exact: the sample of a union does not depend on how it was put together.
 */
export const EXACT_MAX = 4096;
/** Of unsorted samples of one builder, those of this many values share blocks of memory, after the first few such. */
const LARGE = 512;
const ALONE = 16;
/** How many of the largest exact samples a block holds. */
const PIECES = 2;

/** Up to so many values a cell, new extremes are common, and a branch on them is often guessed wrong. */
const FEW_A_CELL = 16;

/** Values as plain data: all of them, or a histogram. */
export interface Sample {
  readonly count: number;
  /** All values, rising, if there are at most EXACT_MAX. */
  readonly values?: Float64Array;
  /** Or all of them as they came: to put them in order costs more than to collect them, and is not always needed. */
  readonly unsorted?: Float64Array;
  /** Or, of more, how many there are of which size. */
  readonly histogram?: Histogram;
}

/** Collects values of 0 to 2^53; used again after `take`. */
export class SampleBuilder {
  /** Values come one behind the other; `takeUnsorted` may give out a piece of it. */
  #block = new Float64Array(EXACT_MAX + 1);
  #words = new Int32Array(this.#block.buffer);
  /** The values that wait stand from here to #end, at most EXACT_MAX of them. */
  #begin = 0;
  #end = 0;
  #cells = NO_CELLS;
  #spilled = 0;
  /** Large samples that were taken unsorted. */
  #large = 0;

  add(value: number): void {
    this.#block[this.#end++] = value;
    if (this.#end > this.#begin + EXACT_MAX) this.#spill();
  }

  addSample(sample: Sample): void {
    const values = sample.values ?? sample.unsorted;
    if (values) this.addFrom(values, 0, values.length);
    const { histogram } = sample;
    assert(values !== undefined || histogram !== undefined, 'a sample has values or a histogram');
    if (histogram === undefined || histogram.cells.length === 0) return;
    this.#spill();
    this.#cells = covering(this.#cells, histogram.cells[0]!, histogram.cells.at(-1)!);
    addHistogram(this.#cells, histogram);
    this.#spilled += sample.count;
  }

  /** Adds the values from one position to another. */
  addFrom(values: Float64Array, from: number, to: number): void {
    for (let i = from; i < to; ) {
      const block = this.#block;
      const end = this.#end;
      const shift = end - i;
      const until = Math.min(to, i + this.#begin + EXACT_MAX + 1 - end);
      for (; i < until; i++) block[i + shift] = values[i]!;
      this.#end = i + shift;
      if (this.#end > this.#begin + EXACT_MAX) this.#spill();
    }
  }

  /** What was collected; the builder is empty again. */
  take(): Sample {
    if (this.#spilled > 0) return this.#histogram();
    const values = this.#block.slice(this.#begin, this.#end).sort();
    this.#end = this.#begin;
    return sampleOfSorted(values);
  }

  /**
   * The same, with values as they came. Large samples of many share memory, which lives as long as one of them does: a copy
   * of each takes a tenth of the time of a pool with one busy container. They are most of what they keep alive.
   */
  takeUnsorted(): Sample {
    if (this.#spilled > 0) return this.#histogram();
    const [begin, end] = [this.#begin, this.#end];
    const isShared = end - begin >= LARGE && ++this.#large > ALONE;
    const unsorted = isShared ? this.#block.subarray(begin, end) : this.#block.slice(begin, end);
    this.#begin = this.#end = isShared ? end : begin;
    if (this.#begin + EXACT_MAX >= this.#block.length) {
      this.#block = new Float64Array(PIECES * (EXACT_MAX + 1));
      this.#words = new Int32Array(this.#block.buffer);
      this.#begin = this.#end = 0;
    }
    return { count: unsorted.length, unsorted };
  }

  #histogram(): Sample {
    this.#spill();
    const sample = { count: this.#spilled, histogram: histogramOf(this.#cells, this.#spilled) };
    this.#cells = emptied(this.#cells);
    this.#spilled = 0;
    return sample;
  }

  #spill(): void {
    const [begin, end] = [this.#begin, this.#end];
    const values = this.#block;
    const words = this.#words;
    let { before, counts, least, greatest } = this.#cells;
    const areFew = this.#spilled < FEW_A_CELL * counts.length;
    for (let i = begin; i < end; ) {
      const value = values[i]!;
      const cell = Math.max(0, (words[2 * i + 1]! >> SHIFT) - FIRST_CELL);
      if (cell <= before || cell >= before + counts.length) {
        this.#cells = covering(this.#cells, cell, cell);
        ({ before, counts, least, greatest } = this.#cells);
      }
      const place = cell - before;
      const first = i++;
      // Equal values often come one after the other, as with a constant service.
      while (i < end && values[i] === value) i++;
      counts[place]! += i - first;
      if (areFew) {
        // One in two is less or greater than what came before: without a branch, place 0 is written in their stead.
        least[Math.imul(place, +(value < least[place]!))] = value;
        greatest[Math.imul(place, +(value > greatest[place]!))] = value;
      } else {
        if (value < least[place]!) least[place] = value;
        if (value > greatest[place]!) greatest[place] = value;
      }
    }
    this.#spilled += end - begin;
    this.#end = begin;
  }
}

/** A sample of rising values, all of which are kept. */
export function sampleOfSorted(values: Float64Array): Sample {
  return { count: values.length, values };
}

/** An empty builder: its room is not asked for again at each merge. One whose merge failed is not taken again. */
let spare: SampleBuilder | undefined;

/** The sample of the union. */
export function mergeSamples(samples: readonly Sample[]): Sample {
  if (samples.length === 1 && !samples[0]!.unsorted) return samples[0]!;
  const builder = spare ?? new SampleBuilder();
  spare = undefined;
  for (const sample of samples) builder.addSample(sample);
  const merged = builder.take();
  spare = builder;
  return merged;
}

/**
 * The p-quantile by nearest rank.
 * @param p above 0, at most 1
 * @returns undefined when there are no values
 */
export function quantile(sample: Sample, p: number): number | undefined {
  if (sample.count === 0) return undefined;
  const rank = rankOf(p, sample.count);
  if (sample.values) return sample.values[rank - 1];
  if (sample.unsorted) return selected(sample.unsorted, rank - 1);
  const { counts, representatives } = sample.histogram!;
  let reached = 0;
  for (let i = 0; i < counts.length; i++) {
    reached += counts[i]!;
    if (reached >= rank) return representatives[i];
  }
  return undefined;
}

/** The value that stands at a place when all are in order. */
function selected(values: Float64Array, place: number): number {
  const copy = values.slice();
  quickselect(copy as unknown as number[], place);
  return copy[place]!;
}

/** Share of the values that are known to be exactly so: in a histogram, those of a cell that holds nothing else. */
export function shareAt(sample: Sample, value: number): number {
  if (sample.count === 0) return 0;
  const all = sample.values ?? sample.unsorted;
  if (all) return all.filter((one) => one === value).length / sample.count;
  const { counts, representatives, areEqual } = sample.histogram!;
  const place = representatives.indexOf(value);
  return place >= 0 && areEqual[place] === 1 ? counts[place]! / sample.count : 0;
}

/** The least k with k / count >= p; the slack keeps 0.95 x 20 = 19.000000000000004 from meaning 20. */
function rankOf(p: number, count: number): number {
  return Math.min(count, Math.max(1, Math.ceil(p * count * (1 - 2 ** -50))));
}
