import { createHash } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { FileError } from './exit-code.ts';
import { systemMessage } from './load-scenario.ts';

/** A file to be written: its name within the folder, and its text in pieces. */
export interface OutputFile {
  readonly name: string;
  readonly pieces: Iterable<string>;
}

const TEMPORARY = /^\..*\.(\d+)\.tmp$/;

/**
 * Makes sure that files can be written to a folder, before the work whose results they will hold. Removes what
 * processes that were killed left behind.
 * @throws {FileError}
 */
export function probeFolder(folder: string): void {
  const probe = join(folder, `.probe.${process.pid}.tmp`);
  attempt(folder, () => {
    mkdirSync(folder, { recursive: true });
    closeSync(openSync(probe, 'w'));
    rmSync(probe);
    for (const name of readdirSync(folder)) {
      const [, pid] = TEMPORARY.exec(name) ?? [];
      if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(folder, name), { force: true });
    }
  });
}

/**
 * Writes files so that each is the old one or the new one, never half: all of them are written beside their places,
 * checked and flushed, then renamed.
 * @returns the SHA-256 of each
 * @throws {FileError} and leaves the old files
 */
export function writeFiles(folder: string, files: readonly OutputFile[]): Record<string, string> {
  const temporary = (name: string) => join(folder, `.${name}.${process.pid}.tmp`);
  const hashes: Record<string, string> = {};
  try {
    attempt(folder, () => {
      for (const { name, pieces } of files) hashes[name] = writeFlushed(temporary(name), pieces);
      for (const { name } of files) renameSync(temporary(name), join(folder, name));
      flushFolder(folder);
    });
  } finally {
    for (const { name } of files) rmSync(temporary(name), { force: true });
  }
  return hashes;
}

/** Removes a file that an earlier run left and this one does not write. */
export function removeFile(folder: string, name: string): void {
  attempt(folder, () => rmSync(join(folder, name), { force: true }));
}

function writeFlushed(path: string, pieces: Iterable<string>): string {
  const hash = createHash('sha256');
  const file = openSync(path, 'w');
  try {
    let expected = 0;
    for (const piece of pieces) {
      const bytes = Buffer.from(piece);
      hash.update(bytes);
      expected += bytes.length;
      for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    }
    fsyncSync(file);
    const { size } = fstatSync(file);
    if (size !== expected) throw new Error(`only ${size} of ${expected} bytes were written`);
  } finally {
    closeSync(file);
  }
  return hash.digest('hex');
}

function flushFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } catch {
    // Some systems cannot flush a folder; the files themselves are flushed.
  } finally {
    closeSync(handle);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function attempt(folder: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    throw new FileError(`cannot write to ${folder}: ${systemMessage(error)}`);
  }
}
