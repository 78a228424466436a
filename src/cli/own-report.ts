import { statSync } from 'node:fs';
import { join } from 'node:path';
import { FileError } from './exit-code.ts';
import { MANIFESTS, readResults } from './read-results.ts';
import { REPORT } from './report-file.ts';

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

/** Makes the page of a folder of results. What draws it is loaded only here. */
export async function makeReport(folder: string): Promise<void> {
  const { writeReport } = await import('./write-report.ts');
  writeReport([folder], join(folder, REPORT));
}
