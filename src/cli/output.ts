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
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { FileError } from './exit-code.ts';
import { isAlive, unlock, waitForLock } from './lock.ts';
import { systemMessage } from './system-message.ts';

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
    makeFolder(folder);
    closeSync(openSync(probe, 'w'));
    rmSync(probe);
    for (const name of readdirSync(folder)) {
      const [, pid] = TEMPORARY.exec(name) ?? [];
      if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(folder, name), { force: true });
    }
  });
}

/** Makes a folder and those above it, one by one: mkdir's own recursion never ends where the system says ENOENT. */
function makeFolder(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found?.isDirectory()) return;
  if (found) throw new Error('a file is in its place');
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

/**
 * Writes files so that each is the old one or the new one, never half: all of them are written beside their places,
 * checked and flushed, then renamed.
 * @param last makes the last file from the SHA-256 of the others
 * @throws {FileError} and leaves the old files
 */
export function writeFiles(
  folder: string,
  files: readonly OutputFile[],
  last: (hashes: Record<string, string>) => OutputFile,
): void {
  const temporary = (name: string) => join(folder, `.${name}.${process.pid}.tmp`);
  const written: string[] = [];
  const put = ({ name, pieces }: OutputFile): string =>
    attempt(join(folder, name), () => {
      if (statSync(join(folder, name), { throwIfNoEntry: false })?.isDirectory())
        throw new Error('it is a folder');
      written.push(name);
      return writeFlushed(temporary(name), pieces);
    });
  try {
    const hashes: Record<string, string> = {};
    for (const file of files) hashes[file.name] = put(file);
    put(last(hashes));
    // Of two programs that end at once, the files of one must not be mixed with those of the other.
    const path = join(folder, '.results');
    waitForLock(path);
    try {
      for (const name of written)
        attempt(join(folder, name), () => renameSync(temporary(name), join(folder, name)));
    } finally {
      unlock(path);
    }
    flushFolder(folder);
  } finally {
    for (const name of written) rmSync(temporary(name), { force: true });
  }
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
  try {
    const handle = openSync(folder, 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch {
    // Some systems cannot flush a folder; the files themselves are flushed.
  }
}

function attempt<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw new FileError(`cannot write to ${path}: ${systemMessage(error)}`);
  }
}
