import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Builds once, before the tests, what ships: it starts in a fraction of the time of its source. */
export default function build(): void {
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/bundle.ts'], {
    cwd,
    encoding: 'utf8',
  });
  if (status !== 0)
    throw new Error(`the build that the tests of the command line use has failed:\n${stderr}`);
}
