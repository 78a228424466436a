import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { Interrupted } from './exit-code.ts';
import { readCsv } from './read-csv.ts';
import { BadTable, type TableHandler } from './table-handler.ts';

/** Longest line of JSON. */
const LONGEST_LINE = 1 << 20;
/** Lines before the first object after which a text is no JSON lines, but perhaps JSON over many lines. */
const MOST_BEFORE_OBJECT = 20;
const NO_OBJECT = 'expected a JSON object on a line of its own';

/**
 * Streams a table through a handler: CSV, or JSON lines (an object a line; the first one names the columns), either of
 * them also gzipped. Memory does not grow with the file.
 * @returns the file's SHA-256
 * @throws {BadTable} for text that is no table; system errors as they are
 */
export async function readTable(path: string, handler: TableHandler, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const bytes = unpacked(path, hash);
  try {
    const first = await bytes.next();
    const whole = withFirst(first.done ? Buffer.alloc(0) : first.value, bytes);
    const isJson =
      !first.done &&
      /^\s*\{/.test(
        first.value
          .subarray(0, 4096)
          .toString('utf8')
          .replace(/^\ufeff/, ''),
      );
    await (isJson ? readJsonLines(whole, handler, signal) : readCsv(whole, handler, signal));
  } catch (error) {
    if ((error as { code?: string }).code?.startsWith('Z_'))
      throw new BadTable(`expected a whole gzip file: ${(error as Error).message}`, 1);
    throw error;
  } finally {
    await bytes.return(undefined);
  }
  return hash.digest('hex');
}

/** The bytes of a file, out of their gzip if they are in one. */
async function* unpacked(path: string, hash: Hash): AsyncGenerator<Buffer, undefined> {
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  try {
    file.on('data', (chunk) => hash.update(chunk));
    if (!/\.gz$/i.test(path)) {
      for await (const chunk of file) yield chunk as Buffer;
      return undefined;
    }
    const gunzip = createGunzip({ chunkSize: 1 << 18 });
    file.on('error', (error) => gunzip.destroy(error));
    for await (const chunk of file.pipe(gunzip)) yield chunk as Buffer;
  } finally {
    file.destroy();
  }
  return undefined;
}

async function* withFirst(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

async function readJsonLines(
  bytes: AsyncIterable<Buffer>,
  handler: TableHandler,
  signal?: AbortSignal,
): Promise<void> {
  let keys: string[] | undefined;
  let line = 0;
  /** Lines before the first object: a handler is told its header first. */
  const before: number[] = [];
  for await (const text of lines(bytes)) {
    if (signal?.aborted) throw new Interrupted();
    line++;
    if (text.trim() === '') continue;
    const value = objectOf(text);
    if (value === undefined) {
      if (keys) handler.broken(NO_OBJECT, line);
      else if (before.push(line) > MOST_BEFORE_OBJECT) break;
      continue;
    }
    if (keys === undefined) {
      keys = Object.keys(value);
      handler.header(keys);
      for (const broken of before) handler.broken(NO_OBJECT, broken);
    }
    handler.row(
      keys.map((key) => cellOf(value, key)),
      line,
    );
  }
  if (keys === undefined) throw new BadTable(NO_OBJECT, before[0] ?? 1);
}

/** The object in a line; undefined if there is none. */
function objectOf(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** A value as the cell of a table: nothing for what is missing, null or no plain value. */
function cellOf(value: Record<string, unknown>, key: string): string {
  const cell = Object.hasOwn(value, key) ? value[key] : undefined;
  return cell === undefined || cell === null || typeof cell === 'object' ? '' : String(cell);
}

async function* lines(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  let count = 0;
  for await (const chunk of bytes) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n/);
    rest = parts.pop()!;
    for (const part of parts) {
      count++;
      yield part;
    }
    if (rest.length > LONGEST_LINE) throw new BadTable('expected lines of at most a megabyte', count + 1);
  }
  if (rest !== '') yield rest;
}
