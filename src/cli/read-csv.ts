import { Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { type CsvError, parse } from 'csv-parse';
import { Interrupted } from './exit-code.ts';
import { BadTable, type TableHandler } from './table-handler.ts';

const DELIMITERS = [',', ';', '\t'] as const;
/** The first line that is not blank, with its end. */
const HEADER = /^[\r\n]*([^\r\n]+)[\r\n]/;

/**
 * Reads CSV, its cells parted by commas, semicolons or tabs, whichever the header has. As long as there is no quote, a
 * line is a row, which is many times faster than the parser; from the first quote on, the parser has the rest.
 */
export async function readCsv(
  bytes: AsyncIterable<Uint8Array>,
  handler: TableHandler,
  signal?: AbortSignal,
): Promise<void> {
  const decoder = new TextDecoder();
  const source = bytes[Symbol.asyncIterator]();
  let rows: Rows | undefined;
  let rest = '';
  let line = 0;
  for (let next = await source.next(); ; next = await source.next()) {
    if (signal?.aborted) throw new Interrupted();
    const text = rest + (next.done ? decoder.decode() : decoder.decode(next.value, { stream: true }));
    const header = rows ? '' : next.done ? text : HEADER.exec(text)?.[1];
    if (header === undefined) {
      rest = text;
      continue;
    }
    rows ??= new Rows(handler, delimiterOf(header));
    const ended = text.indexOf('\n');
    if (text.includes('"') || (ended < 0 && text.includes('\r'))) {
      await readQuoted(text, source, decoder, rows, line, signal);
      break;
    }
    let begin = 0;
    for (let end = ended; end >= 0; end = text.indexOf('\n', begin)) {
      rows.add(text.slice(begin, text[end - 1] === '\r' ? end - 1 : end), ++line);
      begin = end + 1;
    }
    rest = text.slice(begin);
    if (next.done) {
      if (rest !== '') rows.add(rest.replace(/\r$/, ''), line + 1);
      break;
    }
  }
  if (rows.columns < 0) throw new BadTable('expected a header and rows, here an empty file', 1);
}

/** What parts most cells of a header, outside of quotes; a comma if nothing does. */
function delimiterOf(header: string): string {
  const bare = header.replace(/"[^"]*"/g, '');
  const cells = (delimiter: string) => bare.split(delimiter).length;
  return DELIMITERS.reduce((best, one) => (cells(one) > cells(best) ? one : best));
}

/** Hands rows of equal length to the handler, the first as its header. */
class Rows {
  columns = -1;
  readonly delimiter: string;
  readonly #handler: TableHandler;

  constructor(handler: TableHandler, delimiter: string) {
    this.#handler = handler;
    this.delimiter = delimiter;
  }

  /** A line without quotes; an empty one is none. */
  add(text: string, line: number): void {
    if (text !== '') this.put(text.split(this.delimiter), line);
  }

  put(cells: readonly string[], line: number): void {
    if (this.columns < 0) {
      this.columns = cells.length;
      this.#handler.header(cells);
    } else if (cells.length !== this.columns) {
      this.refuse(`expected ${this.columns} cells as in the header, here ${cells.length}`, line);
    } else {
      this.#handler.row(cells, line);
    }
  }

  refuse(message: string, line: number): void {
    if (this.columns < 0) throw new BadTable(message, line);
    this.#handler.broken(message, line);
  }
}

/** @param before lines that were read already */
async function readQuoted(
  text: string,
  source: AsyncIterator<Uint8Array>,
  decoder: TextDecoder,
  rows: Rows,
  before: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const faults = new Faults(rows, before);
  const parser = parse({
    delimiter: rows.delimiter,
    skip_empty_lines: true,
    info: true,
    relax_column_count: true,
    skip_records_with_error: true,
    on_skip: (error) => faults.note(error!),
  });
  const input = Readable.from(restOf(text, source, decoder));
  input.on('error', (error) => parser.destroy(error));
  input.pipe(parser);
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      if (signal?.aborted) throw new Interrupted();
      const line = before + info.lines;
      faults.tellBefore(line);
      rows.put(record, line);
    }
    faults.tellBefore(Number.POSITIVE_INFINITY);
  } finally {
    input.destroy();
  }
}

/** Rows that the parser skipped. It runs ahead of the rows it gives, so they wait for their turn. */
class Faults {
  readonly #rows: Rows;
  readonly #before: number;
  readonly #waiting: { message: string; isUnclosed: boolean; line: number }[] = [];
  /** The last line of a row that was put or refused. */
  #line: number;

  constructor(rows: Rows, before: number) {
    this.#rows = rows;
    this.#before = before;
    this.#line = before;
  }

  note({ message, code, lines }: CsvError): undefined {
    const line = this.#before + Number(lines);
    this.#waiting.push({ message, isUnclosed: code === 'CSV_QUOTE_NOT_CLOSED', line });
  }

  /** Refuses those that come before a row that ends in a line. */
  tellBefore(next: number): void {
    const later = this.#waiting.findIndex(({ line }) => line >= next);
    for (const { message, isUnclosed, line } of this.#waiting.splice(
      0,
      later < 0 ? this.#waiting.length : later,
    )) {
      if (isUnclosed) this.#tellUnclosed(line);
      // A row may have several faults.
      else if (line > this.#line) this.#rows.refuse(message, line);
      this.#line = Math.max(this.#line, line);
    }
    this.#line = next;
  }

  /** In the last line a quote was cut off; one that opens before it has swallowed nobody knows how many rows. */
  #tellUnclosed(last: number): void {
    const message = 'a quote that opens here is never closed';
    const line = this.#line + 1;
    if (line < last) throw new BadTable(message, line);
    this.#rows.refuse(message, line);
  }
}

async function* restOf(
  text: string,
  source: AsyncIterator<Uint8Array>,
  decoder: TextDecoder,
): AsyncGenerator<string> {
  yield text;
  for (let next = await source.next(); !next.done; next = await source.next())
    yield decoder.decode(next.value, { stream: true });
  yield decoder.decode();
}
