import { workerData } from 'node:worker_threads';
import { type GroupRun, runGroup } from '../experiment/cells.ts';
import { type Replication, type ReplicationOptions, replicate } from '../experiment/replication.ts';
import type { Scenario } from '../scenario/scenario.ts';

/** One replication of one of the scenarios at hand. */
export interface Task {
  readonly scenario: number;
  readonly replication: number;
}

/** What a worker thread is started with. */
export interface WorkerInput {
  readonly scenarios: readonly Scenario[];
  readonly options: ReplicationOptions;
  /** Thousandths done of each task, in memory that the threads share. */
  readonly done: Int32Array;
}

/** What a task leaves: without its hours if they are of no interest. */
export type TaskResult<Options extends ReplicationOptions> = Options extends { totalsOnly: true }
  ? GroupRun
  : Replication;

/** The steps of a task. Yields the share done. */
export function steps(
  scenario: Scenario,
  replication: number,
  options: ReplicationOptions,
): Generator<number, Replication | GroupRun> {
  return options.totalsOnly ? runGroup(scenario, replication) : replicate(scenario, replication, options);
}

/** Runs one task. @param place its place among the tasks */
export default function work({ task, place }: { task: Task; place: number }): Replication | GroupRun {
  const { scenarios, options, done } =
    (workerData as [unknown, WorkerInput])[1] ?? (workerData as WorkerInput);
  const run = steps(scenarios[task.scenario]!, task.replication, options);
  for (;;) {
    const step = run.next();
    if (step.done) {
      Atomics.store(done, place, 1000);
      return step.value;
    }
    Atomics.store(done, place, Math.floor(1000 * step.value));
  }
}
