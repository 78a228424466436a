import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { FileError, UsageError } from './exit-code.ts';
import { systemMessage } from './system-message.ts';

function lockOf(path: string): string {
  return `${path}.lock`;
}

/**
 * One program at a time at a file; the lock of a program that is gone is none. The lock is a link to a file that is
 * already written, so that nobody ever sees half of one; one that is stale is moved aside before it is judged, so that
 * of two programs that find it one alone takes its place.
 * @throws {UsageError} if another program is at work
 * @throws {FileError}
 */
export function lock(path: string): void {
  const own = `${lockOf(path)}.${process.pid}.tmp`;
  try {
    writeFileSync(own, String(process.pid));
    while (!linked(own, lockOf(path))) setStaleAside(lockOf(path), `${own}.stale`);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new FileError(`cannot use ${lockOf(path)}: ${systemMessage(error)}`);
  } finally {
    rmSync(own, { force: true });
  }
}

const PAUSE_MS = 5;
const LONGEST_WAIT_MS = 10_000;

/** The same for a moment's work: waits until another program has done its own. */
export function waitForLock(path: string): void {
  const since = Date.now();
  for (;;) {
    try {
      lock(path);
      return;
    } catch (error) {
      if (!(error instanceof UsageError) || Date.now() - since > LONGEST_WAIT_MS) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    }
  }
}

export function unlock(path: string): void {
  rmSync(lockOf(path), { force: true });
}

/** Whether a file now has a second name, which nothing had before. */
function linked(file: string, name: string): boolean {
  return doesNotFail('EEXIST', () => linkSync(file, name));
}

function setStaleAside(name: string, aside: string): void {
  if (!doesNotFail('ENOENT', () => refuseLiving(name, name))) return;
  if (!doesNotFail('ENOENT', () => renameSync(name, aside))) return;
  try {
    refuseLiving(aside, name);
  } catch (error) {
    // Between the two looks another program has taken the lock: it gets it back.
    linked(aside, name);
    throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function refuseLiving(file: string, name: string): void {
  const holder = Number(readFileSync(file, 'utf8'));
  if (!(holder > 0) || holder === process.pid || !isAlive(holder)) return;
  throw new UsageError(
    `another warmpool (process ${holder}) is at work in this folder: wait for it, or take another --out; if there is none, delete ${name}`,
  );
}

/** Whether an action went well; false if it failed in one known way. */
function doesNotFail(code: string, action: () => void): boolean {
  try {
    action();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === code) return false;
    throw error;
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
