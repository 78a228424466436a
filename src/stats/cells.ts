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
    least: new Float64Array(places).fill(Number.POSITIVE_INFINITY),
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
  least.fill(Number.POSITIVE_INFINITY);
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

/** Places of the filled cells. */
export function filledOf(counts: Float64Array): Int32Array {
  const filled = new Int32Array(counts.length);
  let count = 0;
  for (let at = 0; at < counts.length; at++) if (counts[at]! > 0) filled[count++] = at;
  return filled.slice(0, count);
}

export function gather(values: Float64Array, cells: Int32Array): Float64Array {
  const out = new Float64Array(cells.length);
  for (let i = 0; i < cells.length; i++) out[i] = values[cells[i]!]!;
  return out;
}

const bits = new DataView(new ArrayBuffer(8));

/** Middle of a cell. */
export function middleOf(cell: number): number {
  if (cell === 0) return 0;
  bits.setInt32(0, ((cell + FIRST_CELL) << SHIFT) | (1 << (SHIFT - 1)));
  bits.setInt32(4, 0);
  return bits.getFloat64(0);
}
