import { existsSync } from 'node:fs';
import { basename, dirname, isAbsolute, relative } from 'node:path';
import { UsageError } from './exit-code.ts';
import { writeFiles } from './output.ts';

/** @throws {UsageError} for a file that is there, unless it may be written over */
export function refuseToOverwrite(file: string, force = false): void {
  if (existsSync(file) && !force)
    throw new UsageError(`${file} is there already: give another name, or --force to write over it`);
}

/** Writes a scenario that was made for the user, and says what to do with it. */
export function writeScenarioFile(file: string, text: string): void {
  writeFiles(dirname(file), [], () => ({ name: basename(file), pieces: [text] }));
  process.stderr.write(`Wrote ${file}. Next: npx warmpool run ${file}\n`);
}

/** How a scenario names a file that is here. */
export function asNamedIn(scenario: string, file: string): string {
  return isAbsolute(file) ? file : relative(dirname(scenario), file);
}
