import { fileURLToPath } from 'node:url';
import { expectedWork, type Replication, type ReplicationOptions } from '../experiment/replication.ts';
import { type RunResult, runResult } from '../experiment/run.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { Interrupted } from './exit-code.ts';
import { steps, type Task, type TaskResult, type WorkerInput } from './worker.ts';

export interface ThreadOptions {
  /** Most worker threads; results do not depend on it. Default 1. */
  readonly threads?: number;
  /** Told the share done, 0 to 1, some times a second. */
  readonly onProgress?: ((share: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export type ExecuteOptions = ThreadOptions & ReplicationOptions;

/** Services below which starting threads costs more than they save. */
export const WORTH_THREADS = 3e6;
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
export async function replications(
  scenario: Scenario,
  { requests = false, ...options }: ExecuteOptions = {},
): Promise<Replication[]> {
  const tasks = Array.from({ length: scenario.replications }, (_, replication) => ({
    scenario: 0,
    replication,
  }));
  const done: Replication[] = [];
  await runTasks([scenario], tasks, { requests }, options, (task, result) => {
    done[task.replication] = result;
  });
  return done;
}

/**
 * Runs tasks in threads where that is worth it, and hands over each result as it comes, in no certain order.
 * @param onFailed told of a task that failed, for the others to go on; without it the error is thrown
 * @throws {Interrupted} when the signal is aborted
 */
export async function runTasks<Options extends ReplicationOptions>(
  scenarios: readonly Scenario[],
  tasks: readonly Task[],
  options: Options,
  { threads = 1, onProgress, signal }: ThreadOptions,
  onDone: (task: Task, result: TaskResult<Options>) => void,
  onFailed?: (task: Task, error: Error) => void,
): Promise<void> {
  const work = scenarios.reduce((sum, scenario) => sum + expectedWork(scenario), 0);
  const most = Math.min(threads, tasks.length);
  const execute = most > 1 && work > WORTH_THREADS ? inThreads : inline;
  await execute({ scenarios, tasks, options, threads: most, onProgress, signal, onFailed }, (task, result) =>
    onDone(task, result as TaskResult<Options>),
  );
}

interface Job {
  readonly scenarios: readonly Scenario[];
  readonly tasks: readonly Task[];
  readonly options: ReplicationOptions;
  readonly threads: number;
  readonly onProgress: ThreadOptions['onProgress'];
  readonly signal: AbortSignal | undefined;
  readonly onFailed: ((task: Task, error: Error) => void) | undefined;
}

type OnDone = (task: Task, result: unknown) => void;

/** One after the other in this thread, which gives way to other events now and then. */
async function inline({ scenarios, tasks, options, onProgress, signal, onFailed }: Job, onDone: OnDone) {
  let last = Date.now();
  const giveWay = async (done: number) => {
    if (Date.now() - last < TICK_MS) return;
    onProgress?.(done / tasks.length);
    await new Promise((resolve) => setImmediate(resolve));
    if (signal?.aborted) throw new Interrupted();
    last = Date.now();
  };
  for (const [place, task] of tasks.entries()) {
    const run = steps(scenarios[task.scenario]!, task.replication, options);
    for (;;) {
      const step = next(run);
      if (step instanceof Error) {
        if (!onFailed) throw step;
        onFailed(task, step);
        break;
      }
      if (step.done) {
        onDone(task, step.value);
        break;
      }
      await giveWay(place + step.value);
    }
    await giveWay(place + 1);
  }
}

/** The next step of a task, or what broke it. */
function next<Value>(run: Generator<number, Value>): IteratorResult<number, Value> | Error {
  try {
    return run.next();
  } catch (error) {
    return error as Error;
  }
}

async function inThreads(job: Job, onDone: OnDone): Promise<void> {
  const { scenarios, tasks, options, threads, onProgress, signal, onFailed } = job;
  const done = new Int32Array(new SharedArrayBuffer(4 * tasks.length));
  const input: WorkerInput = { scenarios, options, done };
  const isSource = import.meta.url.endsWith('.ts');
  // Loaded only here: most runs are too short for threads.
  const { Piscina } = await import('piscina');
  const pool = new Piscina({
    filename: fileURLToPath(new URL(isSource ? './worker.ts' : './worker.js', import.meta.url)),
    execArgv: isSource ? ['--import', import.meta.resolve('tsx')] : [],
    minThreads: threads,
    maxThreads: threads,
    workerData: input,
  });
  const ticks = setInterval(() => {
    onProgress?.(done.reduce((sum, share) => sum + share, 0) / (1000 * tasks.length));
  }, TICK_MS);
  // The task that failed says so itself.
  pool.on('error', () => {});
  const stop = () => void pool.destroy();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    await Promise.all(
      tasks.map(async (task, place) => {
        const result = await pool.run({ task, place }).catch((thrown: Error) => {
          const error = /^worker exited/i.test(thrown.message) ? deadWorker(thrown) : thrown;
          if (!onFailed || signal?.aborted) throw error;
          onFailed(task, error);
        });
        if (result !== undefined) onDone(task, result);
      }),
    );
  } catch (error) {
    if (signal?.aborted) throw new Interrupted();
    throw error;
  } finally {
    clearInterval(ticks);
    signal?.removeEventListener('abort', stop);
    await pool.destroy();
  }
}

/** A thread that ended before its work did. */
function deadWorker({ message }: Error): Error {
  return new Error(
    `a worker thread ended before its work was done (${message.toLowerCase()}), as when memory runs out: try --threads 1`,
  );
}
