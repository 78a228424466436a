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
  const child = host?.connected ? host : newHost();
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      clearTimeout(deadline);
      child.off('exit', ended).off('message', answered);
      settle();
    };
    const ended = (code: number | null) =>
      end(() => reject(new Error(`warmpool ${words.join(' ')} ended its process with ${code}`)));
    const answered = (said: Said) => end(() => resolve(said));
    const deadline = setTimeout(() => child.kill('SIGKILL'), DEADLINE_MS);
    child.once('exit', ended).once('message', answered);
    child.send({ words, cwd }, (error) => error && end(() => reject(error)));
  });
}

function newHost(): ChildProcess {
  host = fork(HOST, [MAIN], {
    env: bareEnvironment(),
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return host;
}
