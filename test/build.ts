import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const TSC = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url));

/**
 * Builds the command line once, before the tests: what ships starts in half the time of its source. What has not
 * changed is not built again, and a mistake of types, which `npm run check` tells, keeps no test from its run.
 */
export default function build(): void {
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  const { status, stdout } = spawnSync(process.execPath, [TSC, '-p', 'tsconfig.build.json'], {
    cwd,
    encoding: 'utf8',
  });
  if (status !== 0) console.warn(`the build that the tests of the command line use has mistakes:\n${stdout}`);
}
