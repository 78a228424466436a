import { basename, dirname } from 'node:path';
import { reportPage } from '../report/page.tsx';
import { probeFolder, writeFiles } from './output.ts';
import { readResults } from './read-results.ts';

/** Writes a page about folders of results. @param file where it goes */
export function writeReport(folders: readonly string[], file: string): void {
  const page = reportPage(folders.map((folder) => readResults(folder)));
  probeFolder(dirname(file));
  writeFiles(dirname(file), [], () => ({ name: basename(file), pieces: [page] }));
}
