import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import {
  expectedWork,
  type Replication,
  type ReplicationOptions,
  replicate,
} from '../experiment/replication.ts';
import { type RunResult, runResult } from '../experiment/run.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { Interrupted } from './exit-code.ts';
import type { WorkerInput } from './worker.ts';

export interface ExecuteOptions extends ReplicationOptions {
  /** Most worker threads; results do not depend on it. Default 1. */
  readonly threads?: number;
  /** Told the share done, 0 to 1, some times a second. */
  readonly onProgress?: ((share: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Services below which starting threads costs more than they save. */
const WORTH_THREADS = 3e6;
const TICK_MS = 100;

/** Runs all replications of a scenario, or of what `loadScenario` gave, and puts them together. */
export async function run(
  input: Scenario | { scenario: Scenario },
  options: ExecuteOptions = {},
): Promise<RunResult> {
  const scenario = 'scenario' in input ? input.scenario : input;
  return runResult(scenario, await replications(scenario, options));
}

/**
 * The replications of a scenario, in their order.
 * @throws {Interrupted} when the signal is aborted
 */
export function replications(scenario: Scenario, options: ExecuteOptions = {}): Promise<Replication[]> {
  const threads = Math.min(options.threads ?? 1, scenario.replications);
  return threads > 1 && expectedWork(scenario) > WORTH_THREADS
    ? inThreads(scenario, options, threads)
    : inline(scenario, options);
}

/** One after the other in this thread, which gives way to other events now and then. */
async function inline(scenario: Scenario, options: ExecuteOptions): Promise<Replication[]> {
  const done: Replication[] = [];
  let last = Date.now();
  for (let r = 0; r < scenario.replications; r++) {
    const steps = replicate(scenario, r, options);
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) {
        done.push(step.value);
        break;
      }
      if (Date.now() - last < TICK_MS) continue;
      options.onProgress?.((r + step.value) / scenario.replications);
      await new Promise((resolve) => setImmediate(resolve));
      if (options.signal?.aborted) throw new Interrupted();
      last = Date.now();
    }
  }
  return done;
}

async function inThreads(
  scenario: Scenario,
  options: ExecuteOptions,
  threads: number,
): Promise<Replication[]> {
  const done = new Int32Array(new SharedArrayBuffer(4 * scenario.replications));
  const input: WorkerInput = { scenario, options: { requests: options.requests ?? false }, done };
  const isSource = import.meta.url.endsWith('.ts');
  const pool = new Piscina({
    filename: fileURLToPath(new URL(isSource ? './worker.ts' : './worker.js', import.meta.url)),
    execArgv: isSource ? ['--import', import.meta.resolve('tsx')] : [],
    minThreads: threads,
    maxThreads: threads,
    workerData: input,
  });
  const ticks = setInterval(() => {
    options.onProgress?.(done.reduce((sum, share) => sum + share, 0) / (1000 * scenario.replications));
  }, TICK_MS);
  // The task that failed says so itself.
  pool.on('error', () => {});
  const stop = () => void pool.destroy();
  options.signal?.addEventListener('abort', stop, { once: true });
  try {
    const tasks = Array.from(
      { length: scenario.replications },
      (_, r) => pool.run(r) as Promise<Replication>,
    );
    return await Promise.all(tasks);
  } catch (error) {
    if (options.signal?.aborted) throw new Interrupted();
    throw error;
  } finally {
    clearInterval(ticks);
    options.signal?.removeEventListener('abort', stop);
    await pool.destroy();
  }
}
