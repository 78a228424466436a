import { shown } from '../core/shown.ts';
import { didYouMean } from '../core/suggest.ts';
import { DAY_US, LONGEST_S, microseconds } from '../core/time.ts';
import { GrowingArray, sharedArray } from './growing-array.ts';
import type { TraceRows, TraceSpec } from './processes/trace.ts';
import { parseTimestamp } from './timestamp.ts';

/** Says what is wrong in a line of a file (counted from 1). */
export type ReportLine = (line: number, message: string) => void;

interface Column {
  readonly name: string;
  readonly place: number;
}

/** Most adapters that a log may name, or a source may have. */
export const MOST_ADAPTERS = 100_000;

/** Reads the rows of a request log, given as cells of text, into sorted arrays. */
export class TraceReader {
  readonly #spec: TraceSpec;
  readonly #report: ReportLine;
  readonly #times = new GrowingArray();
  readonly #work = new GrowingArray();
  readonly #images = new GrowingArray();
  readonly #adapters = new GrowingArray();
  /** Numbers of the adapters by name. */
  readonly #adapterNames = new Map<string, number>();
  #time: Column | undefined;
  #workColumn: Column | undefined;
  #imagesColumn: Column | undefined;
  #adapterColumn: Column | undefined;
  #isTimestamp: boolean | undefined;

  constructor(spec: TraceSpec, report: ReportLine) {
    this.#spec = spec;
    this.#report = report;
  }

  header(cells: readonly string[]): void {
    const { time_column, work_column, images_column, adapter_column } = this.#spec;
    this.#time = this.#column(cells, time_column);
    this.#workColumn = this.#column(cells, work_column);
    this.#imagesColumn = this.#column(cells, images_column);
    this.#adapterColumn = this.#column(cells, adapter_column);
  }

  row(cells: readonly string[], line: number): void {
    if (this.#time === undefined) return;
    this.#times.push(this.#instant(cells[this.#time.place] ?? '', line));
    if (this.#workColumn) this.#work.push(this.#size(cells, this.#workColumn, line));
    if (this.#imagesColumn) this.#images.push(this.#count(cells, this.#imagesColumn, line));
    if (this.#adapterColumn) this.#adapters.push(this.#adapter(cells[this.#adapterColumn.place] ?? '', line));
  }

  /** The log, sorted by arrival (rows of one instant stay in their order); undefined when there are no rows. */
  finish(): TraceRows | undefined {
    const times = this.#times.view();
    if (times.length === 0) {
      if (this.#time !== undefined) this.#report(1, 'expected at least one row below the header');
      return undefined;
    }
    const origin_us = this.#origin_us(times);
    const order = sortedOrder(times);
    const skip = times.reduce((count, t) => count + (t < origin_us ? 1 : 0), 0);
    const gather = (values: Float64Array, shift: number) => {
      const out = sharedArray(times.length - skip);
      for (let i = 0; i < out.length; i++) out[i] = values[order ? order[i + skip]! : i + skip]! - shift;
      return out;
    };
    return {
      skipped: skip,
      arrival_us: gather(times, origin_us),
      work: this.#workColumn && gather(this.#work.view(), 0),
      images: this.#imagesColumn && gather(this.#images.view(), 0),
      adapter: this.#adapterColumn && gather(this.#adapters.view(), 0),
      adapterNames: this.#adapterColumn && [...this.#adapterNames.keys()],
    };
  }

  #column(cells: readonly string[], name: string | undefined): Column | undefined {
    if (name === undefined) return undefined;
    const place = cells.indexOf(name);
    if (place >= 0) return { name, place };
    this.#report(
      1,
      `no column ${shown(name)}: the header has ${cells.slice(0, 20).join(', ')}${didYouMean(name, cells)}`,
    );
    return undefined;
  }

  #instant(cell: string, line: number): number {
    const number = cell.trim() === '' ? Number.NaN : Number(cell);
    const stamp_us = Number.isNaN(number) ? parseTimestamp(cell) : undefined;
    if (stamp_us !== undefined || number >= 0) this.#isTimestamp ??= stamp_us !== undefined;
    if (this.#isTimestamp) {
      if (stamp_us !== undefined) return stamp_us;
      this.#bad(line, this.#time!, 'a timestamp, as 2026-04-01 09:30:00 or 2026-04-01T09:30:00Z', cell);
      return 0;
    }
    const first = this.#spec.origin === 'first-arrival';
    if (number >= 0 && (first ? number <= 1e10 : number <= LONGEST_S)) return microseconds(number);
    const hint = !first && number > LONGEST_S ? ' (for epoch seconds give origin: first-arrival)' : '';
    this.#bad(
      line,
      this.#time!,
      `seconds from t = 0, from 0 to ${first ? 1e10 : LONGEST_S}, or a timestamp${hint}`,
      cell,
    );
    return 0;
  }

  #size(cells: readonly string[], column: Column, line: number): number {
    const cell = cells[column.place] ?? '';
    const value = cell.trim() === '' ? Number.NaN : Number(cell);
    if (value >= 0 && value <= 1e9) return value;
    this.#bad(line, column, 'a number of at least 0', cell);
    return 0;
  }

  #count(cells: readonly string[], column: Column, line: number): number {
    const cell = cells[column.place] ?? '';
    const value = cell.trim() === '' ? Number.NaN : Number(cell);
    if (Number.isInteger(value) && value >= 0 && value <= 1e6) return value;
    this.#bad(line, column, 'a whole number of at least 0', cell);
    return 0;
  }

  /** The number of an adapter, by its name; -1 for an empty cell. */
  #adapter(cell: string, line: number): number {
    const name = cell.trim();
    if (name === '') return -1;
    const known = this.#adapterNames.get(name);
    if (known !== undefined) return known;
    if (this.#adapterNames.size === MOST_ADAPTERS) {
      this.#report(line, `expected at most ${MOST_ADAPTERS} different adapters`);
      return -1;
    }
    this.#adapterNames.set(name, this.#adapterNames.size);
    return this.#adapterNames.size - 1;
  }

  #bad(line: number, column: Column, expected: string, cell: string): void {
    this.#report(line, `column ${column.name}: expected ${expected}, here ${shown(cell)}`);
  }

  #origin_us(times: Float64Array): number {
    const { origin } = this.#spec;
    const first_us = times.reduce((least, t) => Math.min(least, t), Number.POSITIVE_INFINITY);
    if (origin === 'first-arrival') return first_us;
    if (!this.#isTimestamp) {
      if (origin !== undefined)
        this.#report(1, `origin: ${origin} is for timestamps, and column ${this.#time!.name} holds seconds`);
      return 0;
    }
    if (origin === undefined || origin === 'midnight') return Math.floor(first_us / DAY_US) * DAY_US;
    return parseTimestamp(origin) ?? 0;
  }
}

/** Positions in rising order of time, ties in their own order; undefined if they are in order already. */
function sortedOrder(times: Float64Array): Uint32Array | undefined {
  if (times.every((t, i) => i === 0 || times[i - 1]! <= t)) return undefined;
  const order = new Uint32Array(times.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  return order.sort((a, b) => times[a]! - times[b]! || a - b);
}
