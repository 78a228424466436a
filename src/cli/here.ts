import { EXIT } from './exit-code.ts';

/** Comes before anything else: yargs asks where it is while it is loaded, and in a folder that was deleted that ends in a stack. */
try {
  process.cwd();
} catch {
  process.stderr.write('error: the folder that you are in is no longer there: go to another and try again\n');
  process.exit(EXIT.fileFailed);
}
