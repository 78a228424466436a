import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { FileError, UsageError } from './exit-code.ts';
import { lock, unlock } from './lock.ts';
import { systemMessage } from './system-message.ts';

/** What work was begun: work of another header is not continued. */
export type Header = Readonly<Record<string, unknown>>;

/** A frame is its length and the begin of its SHA-256, then so many bytes. */
const LENGTH_BYTES = 4;
const HASH_BYTES = 8;
const HEAD_BYTES = LENGTH_BYTES + HASH_BYTES;
/** What is finished reaches the disk itself about so often, in case the power fails. */
const FLUSH_MS = 1000;

/**
 * Finished work on disk, so that a run that was killed goes on where it stood. Parts are appended, each with its
 * checksum; what a kill left half written at the end is cut off.
 */
export class Journal {
  readonly #path: string;
  readonly #file: number;
  /** Where each part begins. */
  readonly #places = new Map<string, number>();
  /** Whether there was one that could not be read, not even its begin. */
  wasBroken = false;
  #end = 0;
  #isOpen = true;
  #flushed = Date.now();

  private constructor(path: string, file: number) {
    this.#path = path;
    this.#file = file;
  }

  /**
   * @param restart throws away what an earlier run has left
   * @throws {UsageError} if the journal is of other work, or another program is at it
   * @throws {FileError}
   */
  static open(path: string, header: Header, restart = false): Journal {
    lock(path);
    try {
      const journal = new Journal(path, openSync(path, existsSync(path) && !restart ? 'r+' : 'w+'));
      journal.#read(header);
      return journal;
    } catch (error) {
      unlock(path);
      if (error instanceof UsageError) throw error;
      throw new FileError(`cannot use ${path}: ${systemMessage(error)}`);
    }
  }

  get count(): number {
    return this.#places.size;
  }

  has(key: string): boolean {
    return this.#places.has(key);
  }

  /** @throws {FileError} if the file has changed under our hands */
  get(key: string): unknown {
    const frame = this.#frameAt(this.#places.get(key)!);
    if (frame === undefined) throw new FileError(`${this.#path} was changed by another program; run again`);
    return (frame.value as { value: unknown }).value;
  }

  /** @throws {FileError} as when the disk is full; what was there stays good */
  put(key: string, value: unknown): void {
    const place = this.#end;
    this.#append({ key, value });
    this.#places.set(key, place);
    if (Date.now() - this.#flushed < FLUSH_MS) return;
    fdatasyncSync(this.#file);
    this.#flushed = Date.now();
  }

  /** Keeps the journal for the next run, unless it was removed. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    fsyncSync(this.#file);
    closeSync(this.#file);
    unlock(this.#path);
  }

  /** The work is done and written elsewhere. */
  remove(): void {
    this.#isOpen = false;
    closeSync(this.#file);
    rmSync(this.#path, { force: true });
    unlock(this.#path);
  }

  #read(header: Header): void {
    const first = this.#frameAt(0);
    if (first === undefined) {
      this.wasBroken = fstatSync(this.#file).size > 0;
      ftruncateSync(this.#file, 0);
      this.#append(header);
      return;
    }
    const difference = differenceOf(first.value as Header, header);
    if (difference)
      throw new UsageError(
        `${this.#path} holds unfinished work of another run: ${difference}; finish that one, take another --out, or throw it away with --restart`,
      );
    this.#end = first.end;
    for (let frame = this.#frameAt(this.#end); frame; frame = this.#frameAt(this.#end)) {
      this.#places.set((frame.value as { key: string }).key, this.#end);
      this.#end = frame.end;
    }
    ftruncateSync(this.#file, this.#end);
  }

  /** The frame at a place; undefined if there is no whole one. */
  #frameAt(place: number): { value: unknown; end: number } | undefined {
    const head = this.#bytes(place, HEAD_BYTES);
    if (head === undefined) return undefined;
    const body = this.#bytes(place + HEAD_BYTES, head.readUInt32LE(0));
    if (body === undefined || !hashOf(body).equals(head.subarray(LENGTH_BYTES))) return undefined;
    return { value: deserialize(inflateRawSync(body)), end: place + HEAD_BYTES + body.length };
  }

  #bytes(place: number, length: number): Buffer | undefined {
    if (place + length > fstatSync(this.#file).size) return undefined;
    const buffer = Buffer.alloc(length);
    const read = readSync(this.#file, buffer, 0, length, place);
    return read === length ? buffer : undefined;
  }

  #append(value: unknown): void {
    const body = deflateRawSync(serialize(value), { level: 1 });
    const frame = Buffer.alloc(HEAD_BYTES + body.length);
    frame.writeUInt32LE(body.length, 0);
    hashOf(body).copy(frame, LENGTH_BYTES);
    body.copy(frame, HEAD_BYTES);
    try {
      for (let written = 0; written < frame.length; )
        written += writeSync(this.#file, frame, written, frame.length - written, this.#end + written);
    } catch (error) {
      throw new FileError(`cannot write to ${this.#path}: ${systemMessage(error)}`);
    }
    this.#end += frame.length;
  }
}

function hashOf(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest().subarray(0, HASH_BYTES);
}

/** The first thing that differs, in words. */
function differenceOf(old: unknown, now: unknown, path: readonly string[] = []): string | undefined {
  const words = (value: unknown) => JSON.stringify(value) ?? 'nothing';
  if (words(old) === words(now)) return undefined;
  const isMap = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null;
  if (!isMap(old) || !isMap(now)) return `its ${path.join('.')} is ${words(old)}, here ${words(now)}`;
  for (const key of new Set([...Object.keys(old), ...Object.keys(now)])) {
    const difference = differenceOf(old[key], now[key], [...path, key]);
    if (difference) return difference;
  }
  return undefined;
}
