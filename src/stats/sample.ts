import { quickselect } from 'simple-statistics';

/**
 * Percentiles of many values, by nearest rank: the smallest x with at least p of the values <= x. Exact up to
 * EXACT_MAX values; above that from a histogram with 512 cells an octave, whose middles are within 0.1 % of every
 * value of at least 1 in the cell; a cell also keeps its least and greatest value, so that equal values come out exact. A cell is the top of the double's own bits (as in HdrHistogram), so it costs no logarithm.
 * Merging is exact: the sample of a union does not depend on how it was put together.
 */
export const EXACT_MAX = 4096;
/** Of unsorted samples of one builder, those of this many values share blocks of memory, after the first few such. */
const LARGE = 512;
const ALONE = 16;
/** How many of the largest exact samples a block holds. */
const PIECES = 2;

const CELL_BITS = 9;
const SHIFT = 20 - CELL_BITS;
const FIRST_CELL = (1023 << CELL_BITS) - 1;
/** Cell 0 is [0, 1); the others reach to 2^53. */
const CELLS = (53 << CELL_BITS) + 2;

/** Values as plain data: all of them, sorted, or the filled cells of the histogram. */
export interface Sample {
  readonly count: number;
  /** All values, rising, if there are at most EXACT_MAX. */
  readonly values?: Float64Array;
  /** Or all of them as they came: to put them in order costs more than to collect them, and is not always needed. */
  readonly unsorted?: Float64Array;
  /** Filled cells, rising; how many values are in each, and the least and the greatest of them. */
  readonly cells?: Int32Array;
  readonly counts?: Float64Array;
  readonly least?: Float64Array;
  readonly greatest?: Float64Array;
}

const bits = new DataView(new ArrayBuffer(8));

/** Middle of a cell. */
function middleOf(cell: number): number {
  if (cell === 0) return 0;
  bits.setInt32(0, ((cell + FIRST_CELL) << SHIFT) | (1 << (SHIFT - 1)));
  bits.setInt32(4, 0);
  return bits.getFloat64(0);
}

/** Collects values of 0 to 2^53; used again after `take`. */
export class SampleBuilder {
  /** Values come one behind the other; `takeUnsorted` may give out a piece of it. */
  #block = new Float64Array(EXACT_MAX + 1);
  #words = new Int32Array(this.#block.buffer);
  /** The values that wait stand from here to #end, at most EXACT_MAX of them. */
  #begin = 0;
  #end = 0;
  #cells: Cells | undefined;
  /** The filled cells lie between these. */
  #first = CELLS;
  #last = -1;
  #spilled = 0;
  /** Large samples that were taken unsorted. */
  #large = 0;

  add(value: number): void {
    this.#block[this.#end++] = value;
    if (this.#end > this.#begin + EXACT_MAX) this.#spill();
  }

  addSample(sample: Sample): void {
    for (const value of sample.values ?? sample.unsorted ?? []) this.add(value);
    if (!sample.cells) return;
    this.#spill();
    const { counts, least, greatest } = this.#cells!;
    for (const [i, cell] of sample.cells.entries()) {
      this.#first = Math.min(this.#first, cell);
      this.#last = Math.max(this.#last, cell);
      counts[cell]! += sample.counts![i]!;
      least[cell] = Math.min(least[cell]!, sample.least![i]!);
      greatest[cell] = Math.max(greatest[cell]!, sample.greatest![i]!);
    }
    this.#spilled += sample.count;
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
    const { counts, least, greatest } = this.#cells!;
    const cells = filledOf(counts, this.#first, this.#last);
    const sample = {
      count: this.#spilled,
      cells,
      counts: gather(counts, cells),
      least: gather(least, cells),
      greatest: gather(greatest, cells),
    };
    counts.fill(0, this.#first, this.#last + 1);
    least.fill(Number.POSITIVE_INFINITY, this.#first, this.#last + 1);
    greatest.fill(0, this.#first, this.#last + 1);
    this.#first = CELLS;
    this.#last = -1;
    this.#spilled = 0;
    return sample;
  }

  #spill(): void {
    this.#cells ??= newCells();
    const { counts, least, greatest } = this.#cells;
    const values = this.#block;
    const words = this.#words;
    let first = this.#first;
    let last = this.#last;
    const end = this.#end;
    for (let i = this.#begin; i < end; ) {
      const value = values[i]!;
      const cell = Math.max(0, (words[2 * i + 1]! >> SHIFT) - FIRST_CELL);
      const begin = i++;
      // Equal values often come one after the other, as with a constant service.
      while (i < end && values[i] === value) i++;
      counts[cell]! += i - begin;
      if (value < least[cell]!) least[cell] = value;
      if (value > greatest[cell]!) greatest[cell] = value;
      if (cell < first) first = cell;
      if (cell > last) last = cell;
    }
    this.#first = first;
    this.#last = last;
    this.#spilled += end - this.#begin;
    this.#end = this.#begin;
  }
}

interface Cells {
  readonly counts: Float64Array;
  readonly least: Float64Array;
  readonly greatest: Float64Array;
}

function newCells(): Cells {
  return {
    counts: new Float64Array(CELLS),
    least: new Float64Array(CELLS).fill(Number.POSITIVE_INFINITY),
    greatest: new Float64Array(CELLS),
  };
}

/** Numbers of the filled cells from `first` to `last`. */
function filledOf(counts: Float64Array, first: number, last: number): Int32Array {
  const filled = new Int32Array(last - first + 1);
  let count = 0;
  for (let cell = first; cell <= last; cell++) if (counts[cell]! > 0) filled[count++] = cell;
  return filled.slice(0, count);
}

function gather(values: Float64Array, cells: Int32Array): Float64Array {
  const out = new Float64Array(cells.length);
  for (let i = 0; i < cells.length; i++) out[i] = values[cells[i]!]!;
  return out;
}

/** A sample of rising values, all of which are kept. */
export function sampleOfSorted(values: Float64Array): Sample {
  return { count: values.length, values };
}

/** The sample of the union. */
export function mergeSamples(samples: readonly Sample[]): Sample {
  if (samples.length === 1 && !samples[0]!.unsorted) return samples[0]!;
  const builder = new SampleBuilder();
  for (const sample of samples) builder.addSample(sample);
  return builder.take();
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
  let reached = 0;
  for (let i = 0; i < sample.cells!.length; i++) {
    reached += sample.counts![i]!;
    if (reached >= rank)
      return Math.min(Math.max(middleOf(sample.cells![i]!), sample.least![i]!), sample.greatest![i]!);
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
  const place = sample.least!.findIndex((least, i) => least === value && sample.greatest![i] === value);
  return place < 0 ? 0 : sample.counts![place]! / sample.count;
}

/** The least k with k / count >= p; the slack keeps 0.95 x 20 = 19.000000000000004 from meaning 20. */
function rankOf(p: number, count: number): number {
  return Math.min(count, Math.max(1, Math.ceil(p * count * (1 - 2 ** -50))));
}
