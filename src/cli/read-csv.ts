import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { CsvError, parse } from 'csv-parse';
import { Interrupted } from './exit-code.ts';

export interface CsvHandler {
  header(cells: readonly string[]): void;
  row(cells: readonly string[], line: number): void;
}

/** Something wrong with the text of a CSV file. */
export class BadCsv extends Error {
  override readonly name = 'BadCsv';
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

/**
 * Streams a CSV file through a handler; memory does not grow with the file.
 * @returns the file's SHA-256
 * @throws {BadCsv} for text that is no CSV; system errors as they are
 */
export async function readCsv(path: string, handler: CsvHandler, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const parser = parse({ bom: true, skip_empty_lines: true, info: true, relax_column_count: true });
  const input = createReadStream(path, { highWaterMark: 1 << 20 });
  input.on('data', (chunk) => hash.update(chunk));
  input.on('error', (error) => parser.destroy(error));
  input.pipe(parser);
  let columns = -1;
  let line = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      if (signal?.aborted) throw new Interrupted();
      line = info.lines;
      if (columns < 0) {
        columns = record.length;
        handler.header(record);
      } else if (record.length !== columns) {
        throw new BadCsv(`expected ${columns} cells as in the header, here ${record.length}`, info.lines);
      } else {
        handler.row(record, info.lines);
      }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // The parser notices an unclosed quote only at the end of the file.
    if (error.code === 'CSV_QUOTE_NOT_CLOSED')
      throw new BadCsv('a quote that opens here is never closed', line + 1);
    throw new BadCsv(error.message, Number(error.lines ?? 1));
  } finally {
    input.destroy();
  }
  if (columns < 0) throw new BadCsv('expected a header and rows, here an empty file', 1);
  return hash.digest('hex');
}
