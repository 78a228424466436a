/**
 * Runs one command line after the other in one process, which has its modules in memory: in a tenth of the time of processes of
 * their own. What a command says goes to who asked for it. Its argument is the program.
 */
import { setTimeout as later } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const POLL_MS = 2;
const [program] = process.argv.slice(2);
/** What the command has said; undefined between commands, when there is nobody to say anything. */
let said;
for (const name of ['stdout', 'stderr']) {
  process[name].setMaxListeners(0);
  process[name].write = (text, encoding, done) => {
    said[name] += typeof text === 'string' ? text : Buffer.from(text).toString();
    (typeof encoding === 'function' ? encoding : done)?.();
    return true;
  };
}

/** What keeps the process alive. */
const kept = () => process.getActiveResourcesInfo().length;

let count = 0;
process.on('message', async ({ words, cwd }) => {
  said = { stdout: '', stderr: '' };
  process.exitCode = undefined;
  process.argv.splice(1, Number.POSITIVE_INFINITY, program, ...words);
  process.chdir(cwd);
  const before = kept();
  // The program begins as it is loaded; with a new name it is loaded again.
  await import(`${pathToFileURL(program)}?${count++}`);
  // It has ended when nothing is left of it, as a process of its own would.
  do await later(POLL_MS);
  while (kept() > before);
  const { stdout, stderr } = said;
  said = undefined;
  process.send({ code: process.exitCode ?? 0, stdout, stderr });
});
process.on('disconnect', () => process.exit());
