import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { FileError, UsageError } from './exit-code.ts';
import { isAlive } from './output.ts';
import { systemMessage } from './system-message.ts';

/** What work was begun: work of another header is not continued. */
export type Header = Readonly<Record<string, unknown>>;

/** A frame is its length and the begin of its SHA-256, then so many bytes. */
const LENGTH_BYTES = 4;
const HASH_BYTES = 8;
const HEAD_BYTES = LENGTH_BYTES + HASH_BYTES;

/**
 * Finished work on disk, so that a run that was killed goes on where it stood. Parts are appended, each with its
 * checksum; what a kill left half written at the end is cut off.
 */
export class Journal {
  readonly #path: string;
  readonly #file: number;
  /** Where each part begins. */
  readonly #places = new Map<string, number>();
  #end = 0;
  #isOpen = true;

  private constructor(path: string, file: number) {
    this.#path = path;
    this.#file = file;
  }

  /**
   * @throws {UsageError} if the journal is of other work, or another program is at it
   * @throws {FileError}
   */
  static open(path: string, header: Header): Journal {
    lock(path);
    try {
      const journal = new Journal(path, openSync(path, existsSync(path) ? 'r+' : 'w+'));
      journal.#read(header);
      return journal;
    } catch (error) {
      rmSync(lockOf(path), { force: true });
      if (error instanceof UsageError) throw error;
      throw new FileError(`cannot use ${path}: ${systemMessage(error)}`);
    }
  }

  /** Removes the journal of earlier work. */
  static discard(path: string): void {
    rmSync(path, { force: true });
  }

  get count(): number {
    return this.#places.size;
  }

  has(key: string): boolean {
    return this.#places.has(key);
  }

  get(key: string): unknown {
    return (this.#frameAt(this.#places.get(key)!)!.value as { value: unknown }).value;
  }

  /** @throws {FileError} as when the disk is full; what was there stays good */
  put(key: string, value: unknown): void {
    const place = this.#end;
    this.#append({ key, value });
    this.#places.set(key, place);
  }

  /** Keeps the journal for the next run, unless it was removed. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    fsyncSync(this.#file);
    closeSync(this.#file);
    rmSync(lockOf(this.#path), { force: true });
  }

  /** The work is done and written elsewhere. */
  remove(): void {
    this.#isOpen = false;
    closeSync(this.#file);
    rmSync(this.#path, { force: true });
    rmSync(lockOf(this.#path), { force: true });
  }

  #read(header: Header): void {
    const first = this.#frameAt(0);
    if (first === undefined) {
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
function differenceOf(old: Header, now: Header): string | undefined {
  const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  const words = (value: unknown) => JSON.stringify(value) ?? 'nothing';
  const key = keys.find((one) => words(old[one]) !== words(now[one]));
  return key && `its ${key} is ${words(old[key])}, here ${words(now[key])}`;
}

function lockOf(path: string): string {
  return `${path}.lock`;
}

/** One program at a time; a lock whose program is gone is none. */
function lock(path: string): void {
  try {
    const holder = existsSync(lockOf(path)) ? Number(readFileSync(lockOf(path), 'utf8')) : 0;
    if (holder > 0 && holder !== process.pid && isAlive(holder))
      throw new UsageError(
        `another warmpool (process ${holder}) is at work in this folder: wait for it, or take another --out`,
      );
    rmSync(lockOf(path), { force: true });
    writeFileSync(lockOf(path), String(process.pid), { flag: 'wx' });
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new FileError(`cannot use ${lockOf(path)}: ${systemMessage(error)}`);
  }
}
