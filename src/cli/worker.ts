import { workerData } from 'node:worker_threads';
import { type Replication, type ReplicationOptions, replicate } from '../experiment/replication.ts';
import type { Scenario } from '../scenario/scenario.ts';

/** What a worker thread is started with. */
export interface WorkerInput {
  readonly scenario: Scenario;
  readonly options: ReplicationOptions;
  /** Thousandths done of each replication, in memory that the threads share. */
  readonly done: Int32Array;
}

/** Runs one replication. */
export default function work(replication: number): Replication {
  const { scenario, options, done } =
    (workerData as [unknown, WorkerInput])[1] ?? (workerData as WorkerInput);
  const run = replicate(scenario, replication, options);
  for (;;) {
    const step = run.next();
    if (step.done) {
      Atomics.store(done, replication, 1000);
      return step.value;
    }
    Atomics.store(done, replication, Math.floor(1000 * step.value));
  }
}
