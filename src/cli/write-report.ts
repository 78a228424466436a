import { statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { reportPage } from '../report/page.tsx';
import { FileError } from './exit-code.ts';
import { probeFolder, writeFiles } from './output.ts';
import { MANIFESTS, readResults } from './read-results.ts';
import { REPORT } from './report-file.ts';

/** Writes a page about folders of results. @param file where it goes */
export function writeReport(folders: readonly string[], file: string): void {
  const page = reportPage(folders.map((folder) => readResults(folder)));
  probeFolder(dirname(file));
  writeFiles(dirname(file), [], () => ({ name: basename(file), pieces: [page] }));
}

/**
 * Makes sure, before the work, that its page can be made: that other results in the folder can be read, and that no
 * folder is in its place. @param own the manifest that the work will write
 * @throws {UsageError}
 * @throws {FileError}
 */
export function probeReport(folder: string, own: string): void {
  const target = join(folder, REPORT);
  if (statSync(target, { throwIfNoEntry: false })?.isDirectory())
    throw new FileError(`cannot write to ${target}: it is a folder`);
  const others = MANIFESTS.filter(
    (name) => name !== own && statSync(join(folder, name), { throwIfNoEntry: false }),
  );
  if (others.length > 0) readResults(folder, others);
}
