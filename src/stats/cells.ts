/**
 * Cells of a histogram of values from 0 to 2^53: 512 an octave, whose middles are within 0.1 % of every value of at
 * least 1 in the cell; a cell also keeps its least and greatest value, so that equal values come out exact. A cell is
 * the top of the double's own bits (as in HdrHistogram), so it costs no logarithm.
 */
const CELL_BITS = 9;
/** By how much the upper word of a double is shifted. */
export const SHIFT = 20 - CELL_BITS;
/** What is then taken from it. */
export const FIRST_CELL = (1023 << CELL_BITS) - 1;
/** Cells of an octave. Cell 0 is [0, 1); the others reach to 2^53. */
const OCTAVE = 1 << CELL_BITS;

/** More than any value, but finite: 0 times it is 0. */
const ABOVE_ALL = 2 ** 60;
/** Where octaves begin. */
const OCTAVES = Float64Array.from({ length: 54 }, (_, k) => 2 ** k);

/**
 * Cells in a row, whole octaves of them: those of all 53 would be 650 KB, and values mostly lie in a few. Cell n stands at
 * place n - before. Place 0 is no cell: what is written there is lost.
 */
export interface Cells {
  /** The number before that of the first cell. */
  readonly before: number;
  readonly counts: Float64Array;
  readonly least: Float64Array;
  readonly greatest: Float64Array;
}

export const NO_CELLS = newCells(0, 0);

/** @param to the one behind the last */
function newCells(from: number, to: number): Cells {
  const places = to - from + 1;
  return {
    before: from - 1,
    counts: new Float64Array(places),
    least: new Float64Array(places).fill(ABOVE_ALL),
    greatest: new Float64Array(places),
  };
}

/** More cells than these are not kept: to look through them and clear them would cost more than to begin anew. */
const MOST_KEPT = 24 * OCTAVE;

/** The cells to go on with, empty. */
export function emptied(cells: Cells): Cells {
  const { counts, least, greatest } = cells;
  if (counts.length - 1 > MOST_KEPT) return NO_CELLS;
  counts.fill(0);
  least.fill(ABOVE_ALL);
  greatest.fill(0);
  return cells;
}

/** The cells themselves, if those from `first` to `last` are among them; else more, with what they hold. */
export function covering(cells: Cells, first: number, last: number): Cells {
  const { before, counts, least, greatest } = cells;
  const number = counts.length - 1;
  if (first > before && last <= before + number) return cells;
  const from = number === 0 ? first : before + 1;
  const wider = newCells(
    Math.min(from, first - (first % OCTAVE)),
    Math.max(from + number, last - (last % OCTAVE) + OCTAVE),
  );
  const place = from - wider.before;
  wider.counts.set(counts.subarray(1), place);
  wider.least.set(least.subarray(1), place);
  wider.greatest.set(greatest.subarray(1), place);
  return wider;
}

/** Cells that hold something, rising, as they are kept: every hour of a long run has some hundreds of them. */
export interface Histogram {
  readonly cells: Uint16Array;
  /** How many values are in each. */
  readonly counts: Uint32Array | Float64Array;
  /** What they are taken for: the middle of the cell; the nearest of them, if all lie on one side of it. */
  readonly representatives: Float64Array;
  /** 1 for a cell whose values are all the same. */
  readonly areEqual: Uint8Array;
}

/** @param total how many values there are */
export function histogramOf({ before, counts, least, greatest }: Cells, total: number): Histogram {
  let filled = 0;
  for (let at = 1; at < counts.length; at++) filled += +(counts[at]! > 0);
  const out = emptyHistogram(filled, total);
  for (let at = 1, to = 0; to < filled; at++) {
    const count = counts[at]!;
    const low = least[at]!;
    const high = greatest[at]!;
    const middle = middleOf(before + at);
    out.cells[to] = before + at;
    out.counts[to] = count;
    // No branches here, which would often be guessed wrong: an empty cell is written over by the next.
    out.representatives[to] = middle + (low - middle) * +(low > middle) + (high - middle) * +(high < middle);
    out.areEqual[to] = +(low >= high);
    to += +(count > 0);
  }
  return out;
}

/** In one piece of memory: pieces cost more than what is in them. */
function emptyHistogram(filled: number, total: number): Histogram {
  const Counts = total < 2 ** 32 ? Uint32Array : Float64Array;
  const ofCount = Counts.BYTES_PER_ELEMENT;
  const memory = new ArrayBuffer((8 + ofCount + 2 + 1) * filled);
  return {
    representatives: new Float64Array(memory, 0, filled),
    counts: new Counts(memory, 8 * filled, filled),
    cells: new Uint16Array(memory, (8 + ofCount) * filled, filled),
    areEqual: new Uint8Array(memory, (10 + ofCount) * filled, filled),
  };
}

/** Adds what a histogram holds to cells that cover it. */
export function addHistogram({ before, counts, least, greatest }: Cells, histogram: Histogram): void {
  for (let i = 0; i < histogram.cells.length; i++) {
    const cell = histogram.cells[i]!;
    const place = cell - before;
    const middle = middleOf(cell);
    const value = histogram.representatives[i]!;
    const areEqual = histogram.areEqual[i] === 1;
    counts[place]! += histogram.counts[i]!;
    // Where their extremes are not known they lie beyond the middle, and it matters no more by how much.
    least[place] = Math.min(least[place]!, areEqual || value > middle ? value : 0);
    greatest[place] = Math.max(greatest[place]!, areEqual || value < middle ? value : ABOVE_ALL);
  }
}

/** Of cell 0 its begin: values are mostly whole. */
function middleOf(cell: number): number {
  if (cell === 0) return 0;
  const place = cell - 1;
  return OCTAVES[place >> CELL_BITS]! * (1 + ((place & (OCTAVE - 1)) + 0.5) / OCTAVE);
}
