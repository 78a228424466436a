import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The root of the project. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** The command line as it ships: test/build.ts makes it. */
export const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const POLL_MS = 10;

export interface SpawnOptions {
  /** Default: the root of the project. */
  readonly cwd?: string;
  /** Added to a bare environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether the reader of standard output goes away at once. */
  readonly closeStdout?: boolean;
  /** A signal, sent as soon as `when` holds. */
  readonly kill?: { readonly signal: NodeJS.Signals; readonly when: (stderr: string) => boolean };
  /** After which the process is killed and the promise rejected. Default a minute. */
  readonly timeout_ms?: number;
}

export interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
}

/** What a command needs of the environment, and nothing of the tests' own. */
export function bareEnvironment(): Record<string, string> {
  const { PATH = '', HOME = '', TMPDIR } = process.env;
  return { PATH, HOME, ...(TMPDIR === undefined ? {} : { TMPDIR }) };
}

/** Runs the command line as a process of its own. */
export function warmpool(words: readonly string[], options: SpawnOptions = {}): Promise<Outcome> {
  const { cwd = ROOT, env = {}, closeStdout = false, kill, timeout_ms = 60_000 } = options;
  const began = performance.now();
  const child = spawn(process.execPath, [MAIN, ...words], {
    cwd,
    env: { ...bareEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  if (closeStdout) child.stdout.destroy();
  else child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    let isSent = false;
    const poll = setInterval(() => {
      if (isSent || !kill?.when(stderr)) return;
      isSent = true;
      child.kill(kill.signal);
    }, POLL_MS);
    const deadline = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`warmpool ${words.join(' ')} was still running after ${timeout_ms} ms\n${stderr}`));
    }, timeout_ms);
    const stop = () => {
      clearInterval(poll);
      clearTimeout(deadline);
    };
    child.on('error', (error) => {
      stop();
      reject(error);
    });
    child.on('close', (code, signal) => {
      stop();
      resolve({ code, signal, stdout, stderr, ms: performance.now() - began });
    });
  });
}

/** Runs jobs at most two at a time: the machine has other work. */
export function twoAtATime(): <T>(job: () => Promise<T>) => Promise<T> {
  const lanes: Promise<unknown>[] = [Promise.resolve(), Promise.resolve()];
  let next = 0;
  return (job) => {
    const lane = next++ % lanes.length;
    const done = lanes[lane]!.then(job);
    lanes[lane] = done.catch(() => undefined);
    return done;
  };
}
