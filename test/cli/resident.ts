import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { LONG } from '../long.ts';
import { bareEnvironment, MAIN, ROOT, warmpool } from './spawn.ts';

const HOST = fileURLToPath(new URL('host.mjs', import.meta.url));
const DEADLINE_MS = 60_000;

export interface Said {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

let host: ChildProcess | undefined;
let last: Promise<unknown> = Promise.resolve();

/**
 * Runs the command line in a process that it shares with others, one after the other: most of the time of a short command is
 * to start. The long suites give each a process of its own.
 */
export function resident(words: readonly string[], { cwd = ROOT }: { cwd?: string } = {}): Promise<Said> {
  if (LONG) return warmpool(words, { cwd });
  const mine = last.then(() => asked(words, cwd));
  last = mine.catch(() => undefined);
  return mine;
}

function asked(words: readonly string[], cwd: string): Promise<Said> {
  host ??= fork(HOST, [MAIN], {
    env: bareEnvironment(),
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const child = host;
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => child.kill('SIGKILL'), DEADLINE_MS);
    const ended = (code: number | null) => {
      clearTimeout(deadline);
      host = undefined;
      reject(new Error(`warmpool ${words.join(' ')} ended its process with ${code}`));
    };
    child.once('exit', ended);
    child.once('message', (said: Said) => {
      clearTimeout(deadline);
      child.off('exit', ended);
      resolve(said);
    });
    child.send({ words, cwd });
  });
}
