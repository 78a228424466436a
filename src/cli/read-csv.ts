import { Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { CsvError, parse } from 'csv-parse';
import { Interrupted } from './exit-code.ts';
import { BadTable, type TableHandler } from './table-handler.ts';

/**
 * Reads CSV. As long as there is no quote, a line is a row and commas part its cells, which is many times faster than
 * the parser; from the first quote on, the parser has the rest.
 */
export async function readCsv(
  bytes: AsyncIterable<Uint8Array>,
  handler: TableHandler,
  signal?: AbortSignal,
): Promise<void> {
  const decoder = new TextDecoder();
  const rows = new Rows(handler);
  let rest = '';
  let line = 0;
  const source = bytes[Symbol.asyncIterator]();
  for (let next = await source.next(); ; next = await source.next()) {
    if (signal?.aborted) throw new Interrupted();
    const text = rest + (next.done ? decoder.decode() : decoder.decode(next.value, { stream: true }));
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

/** Hands rows of equal length to the handler, the first as its header. */
class Rows {
  columns = -1;
  readonly #handler: TableHandler;

  constructor(handler: TableHandler) {
    this.#handler = handler;
  }

  /** A line without quotes; an empty one is none. */
  add(text: string, line: number): void {
    if (text !== '') this.put(text.split(','), line);
  }

  put(cells: readonly string[], line: number): void {
    if (this.columns < 0) {
      this.columns = cells.length;
      this.#handler.header(cells);
    } else if (cells.length !== this.columns) {
      throw new BadTable(`expected ${this.columns} cells as in the header, here ${cells.length}`, line);
    } else {
      this.#handler.row(cells, line);
    }
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
  const parser = parse({ skip_empty_lines: true, info: true, relax_column_count: true });
  const input = Readable.from(restOf(text, source, decoder));
  input.on('error', (error) => parser.destroy(error));
  input.pipe(parser);
  let line = before;
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      if (signal?.aborted) throw new Interrupted();
      line = before + info.lines;
      rows.put(record, line);
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // The parser notices an unclosed quote only at the end of the file.
    if (error.code === 'CSV_QUOTE_NOT_CLOSED')
      throw new BadTable('a quote that opens here is never closed', line + 1);
    throw new BadTable(error.message, before + Number(error.lines ?? 1));
  } finally {
    input.destroy();
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
