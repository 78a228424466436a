import { shown } from '../core/shown.ts';
import { didYouMean } from '../core/suggest.ts';
import { arranged } from './arrange-log.ts';
import { GrowingArray } from './growing-array.ts';
import type { LogSpec, ReportLine, TraceRows } from './log-rows.ts';
import {
  guessFormat,
  LATEST_EPOCH_S,
  likelyFormat,
  readInstant,
  readNumber,
  TIME_FORMATS,
  TIME_WORDS,
  type TimeFormat,
} from './time-format.ts';
import { parseTimestamp } from './timestamp.ts';

interface Column {
  readonly name: string;
  readonly place: number;
}

/** Most adapters that a log may name, or a source may have. */
export const MOST_ADAPTERS = 100_000;

/** Largest cell of a work column: the nanoseconds of eleven days. */
const MOST_WORK = 1e15;
/** Rows that the format of the times is seen in, where a single one may be odd. */
const ROWS_LOOKED_AT = 200;

/** Reads the rows of a request log, given as cells of text, into sorted arrays. */
export class TraceReader {
  readonly #spec: LogSpec;
  readonly #report: ReportLine;
  readonly #times = new GrowingArray();
  readonly #work = new GrowingArray();
  readonly #images = new GrowingArray();
  readonly #adapters = new GrowingArray();
  /** Numbers of the adapters by name. */
  readonly #adapterNames = new Map<string, number>();
  #columns: { [Name in 'time' | 'work' | 'images' | 'adapter']?: Column | undefined } = {};
  #format: TimeFormat | undefined;
  #isRead = false;
  #rows = 0;
  #unreadable = 0;
  #firstUnreadable: { line: number; fault: string } | undefined;
  /** The first rows, until it is known which format most of them are in. */
  #held: { cells: readonly string[]; line: number }[] | undefined;
  /** What is wrong with the row at hand. */
  #faults: string[] = [];

  constructor(spec: LogSpec, report: ReportLine) {
    this.#spec = spec;
    this.#report = report;
    this.#format = spec.time_format;
    if (spec.bad_rows === 'drop' && spec.time_format === undefined) this.#held = [];
  }

  header(cells: readonly string[]): void {
    const { time_column, work_column, images_column, adapter_column } = this.#spec;
    this.#columns = {
      time: this.#column(cells, time_column),
      work: this.#column(cells, work_column),
      images: this.#column(cells, images_column),
      adapter: this.#column(cells, adapter_column),
    };
    this.#isRead = time_column === undefined || this.#columns.time !== undefined;
  }

  row(cells: readonly string[], line: number): void {
    if (!this.#isRead) return;
    if (this.#held === undefined) this.#take(cells, line);
    else if (this.#held.push({ cells, line }) === ROWS_LOOKED_AT) this.#takeHeld();
  }

  #takeHeld(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    const { time } = this.#columns;
    const times = time ? held.map(({ cells }) => cells[time.place] ?? '') : [];
    this.#format ??= likelyFormat(times, (cell) => this.#formatIn(cell));
    for (const { cells, line } of held) this.#take(cells, line);
  }

  #take(cells: readonly string[], line: number): void {
    const { time, work, images, adapter } = this.#columns;
    this.#rows++;
    if (this.#faults.length > 0) this.#faults = [];
    const instant = time ? this.#instant(cells[time.place] ?? '', time) : 0;
    const size = work ? this.#number(cells, work, 'a number of at least 0', MOST_WORK) : 0;
    const count = images ? this.#number(cells, images, 'a whole number of at least 0', 1e6, true) : 0;
    if (this.#faults.length > 0) {
      this.#refuse(line);
      return;
    }
    this.#times.push(instant);
    if (work) this.#work.push(size);
    if (images) this.#images.push(count);
    if (adapter) this.#adapters.push(this.#adapter(cells[adapter.place] ?? '', line));
  }

  /** A row that could not be told apart into cells. */
  broken(message: string, line: number): void {
    if (!this.#isRead) return;
    this.#rows++;
    this.#faults = [message];
    this.#refuse(line);
  }

  /** The log, sorted by arrival (rows of one instant stay in their order); undefined when there are no rows. */
  finish(): TraceRows | undefined {
    this.#takeHeld();
    if (this.#isRead && this.#rows === 0) this.#report(1, 'expected at least one row below the header');
    if (this.#spec.bad_rows === 'drop' && 2 * this.#unreadable > this.#rows) {
      this.#refuseMost();
      return undefined;
    }
    if (this.#times.length === 0) return undefined;
    const { work, images, adapter } = this.#columns;
    const columns = {
      times: this.#times.view(),
      work: work && this.#work.view(),
      images: images && this.#images.view(),
      adapter: adapter && this.#adapters.view(),
      adapterNames: adapter && [...this.#adapterNames.keys()],
    };
    const first = this.#firstUnreadable;
    const read = {
      rows: this.#rows,
      unreadable: this.#unreadable,
      firstUnreadable: first && `line ${first.line}: ${first.fault}`,
    };
    return arranged(columns, read, this.#spec, this.#format ?? 'seconds', this.#report);
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

  #instant(cell: string, column: Column): number {
    this.#format ??= this.#formatIn(cell);
    const us = readInstant(cell, this.#format ?? 'seconds');
    if (us !== undefined) return us;
    const from = this.#spec.origin === 'first-arrival' ? 'a time from the first arrival on: ' : '';
    const expected = `${TIME_WORDS[this.#format ?? 'seconds']}${this.#format === undefined ? ', or a timestamp' : ''}`;
    this.#bad(column, `${from}${expected}${this.#timeHint(cell)}`, cell);
    return 0;
  }

  /** What to try with a number that is no time, in brackets. */
  #timeHint(cell: string): string {
    if (this.#format === 'timestamp') return '';
    if (readNumber(cell) < 0) return ' (a time cannot be negative: shift all times, or give timestamps)';
    const likely = guessFormat(cell) ?? '';
    return likely.startsWith('epoch') ? ` (for times since 1970 give time_format: ${likely})` : '';
  }

  /** Numbers are seconds; from the first arrival on they may be those since 1970. */
  #formatIn(cell: string): TimeFormat | undefined {
    if (parseTimestamp(cell) !== undefined && Number.isNaN(readNumber(cell))) return 'timestamp';
    if (this.#spec.origin === 'first-arrival' && readNumber(cell) <= LATEST_EPOCH_S) return 'epoch-seconds';
    return readInstant(cell, 'seconds') === undefined ? undefined : 'seconds';
  }

  #number(cells: readonly string[], column: Column, expected: string, most: number, isWhole = false): number {
    const cell = cells[column.place] ?? '';
    const value = readNumber(cell);
    if (value >= 0 && value <= most && (!isWhole || Number.isInteger(value))) return value;
    this.#bad(column, expected, cell);
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

  #bad(column: Column, expected: string, cell: string): void {
    this.#faults.push(`column ${column.name}: expected ${expected}, here ${shown(cell)}`);
  }

  #refuse(line: number): void {
    this.#unreadable++;
    if (!(this.#firstUnreadable && this.#firstUnreadable.line < line))
      this.#firstUnreadable = { line, fault: this.#faults[0]! };
    if (this.#spec.bad_rows !== 'drop') for (const fault of this.#faults) this.#report(line, fault);
  }

  /** Of a log most of which cannot be read something else is wrong than a row. */
  #refuseMost(): void {
    const { line, fault } = this.#firstUnreadable!;
    this.#report(
      line,
      `${this.#unreadable} of ${this.#rows} rows cannot be read, this is the first: ${fault}; if another column is meant, name it, and if another way to write times, give time_format: ${TIME_FORMATS.join(', ')}`,
    );
  }
}
