import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const FOLDER = resolve(import.meta.dirname, '../../shared/traces');

/** The path of a real request log that may not be part of the project; undefined, loudly, where it is missing. */
export function realTrace(name: string): string | undefined {
  const path = resolve(FOLDER, name);
  if (existsSync(path)) return path;
  console.warn(
    `SKIPPED: the real request log ${name} is not on this machine; tests that replay it do not run`,
  );
  return undefined;
}
