import { plain } from '../core/plain-number.ts';
import { answerOf } from '../experiment/answer.ts';
import {
  type CellResult,
  type Group,
  type GroupRun,
  groupResults,
  workloadsOf,
} from '../experiment/cells.ts';
import type { Slo } from '../scenario/slo.ts';
import { runTasks } from './execute.ts';
import { Interrupted } from './exit-code.ts';
import type { Journal } from './journal.ts';
import type { Progress } from './progress.ts';
import type { Task } from './worker.ts';

/** What is to be computed. */
export interface GridWork {
  readonly groups: readonly Group[];
  readonly cells: number;
  readonly replications: number;
  readonly slo: Slo;
}

export interface GridOptions {
  readonly journal: Journal;
  readonly threads: number;
  /** Half width of the intervals that the answer needs, relative to their values. */
  readonly precision: number | undefined;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** What came of it. */
export interface SweepWork {
  /** By position in the grid; undefined for a cell that failed. */
  readonly cells: readonly (CellResult | undefined)[];
  readonly replications: number;
  /** What went wrong, a line a group. */
  readonly failures: readonly string[];
  /** What the answer hangs on and is not known as precisely as was asked for. */
  readonly imprecise: readonly string[];
}

/** Replications are added at fixed counts: twice as many each time, up to so many times the first. */
const MOST_GROWTH = 32;

/** Computes the cells of a grid, what the journal does not hold already. @throws {Interrupted} */
export async function gridResults(work: GridWork, options: GridOptions): Promise<SweepWork> {
  for (let replications = work.replications; ; replications *= 2) {
    const found = await withReplications({ ...work, replications }, options);
    const isLast = replications >= MOST_GROWTH * work.replications;
    if (found.imprecise.length === 0 || found.failures.length > 0 || isLast) return found;
  }
}

async function withReplications(work: GridWork, options: GridOptions): Promise<SweepWork> {
  const { groups, replications } = work;
  const { journal, threads, progress, signal } = options;
  const all = groups.flatMap((_, scenario) =>
    Array.from({ length: replications }, (_, replication): Task => ({ scenario, replication })),
  );
  const tasks = all.filter((task) => !journal.has(keyOf(task)));
  const failures = new Map<number, string>();
  const before = all.length - tasks.length;
  const onProgress = (share: number) => {
    const done = before + share * tasks.length;
    const cells = Math.floor((work.cells * done) / all.length);
    progress.update(done / all.length, `${cells}/${work.cells} cells`);
  };
  try {
    await runTasks(
      groups.map(({ scenario }) => scenario),
      tasks,
      { totalsOnly: true },
      { threads, onProgress, signal },
      (task, run) => journal.put(keyOf(task), run),
      (task, error) => failures.set(task.scenario, String(error)),
    );
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    throw new Interrupted(`${journal.count} of ${all.length} parts are done and kept. To go on:`);
  }
  const cells = collect(work, journal, failures);
  return {
    cells,
    replications,
    failures: [...failures].map(
      ([group, message]) => `${groups[group]!.cells.length} cells failed: ${message}`,
    ),
    imprecise: options.precision === undefined ? [] : impreciseOf(cells, work, options.precision),
  };
}

function keyOf({ scenario, replication }: Task): string {
  return `${scenario}/${replication}`;
}

/** The results of all cells, from the journal: a group at a time is in memory. */
function collect(
  { groups, cells: count, replications }: GridWork,
  journal: Journal,
  failures: ReadonlyMap<number, string>,
): (CellResult | undefined)[] {
  const cells = new Array<CellResult | undefined>(count).fill(undefined);
  for (const [g, { scenario, cells: places }] of groups.entries()) {
    if (failures.has(g)) continue;
    const runs = Array.from(
      { length: replications },
      (_, replication) => journal.get(keyOf({ scenario: g, replication })) as GroupRun,
    );
    for (const [k, result] of groupResults(scenario, runs).entries()) cells[places[k]!] = result;
  }
  return cells;
}

/** The cells that the answers name, whose cost or p95 has too wide an interval. */
function impreciseOf(
  cells: readonly (CellResult | undefined)[],
  { groups, slo }: GridWork,
  precision: number,
): string[] {
  if (cells.includes(undefined)) return [];
  const known = cells as readonly CellResult[];
  const needed = workloadsOf(groups).flatMap((places) => {
    const { best, tied, pareto } = answerOf(known, slo, places);
    return best === undefined ? pareto : tied;
  });
  return needed.flatMap((k) =>
    (['cost_usd_per_hour', 'latency_p95_s'] as const).flatMap((name) => {
      const { value, high } = known[k]!.summary.estimates[name];
      if (value === null || value === 0) return [];
      const half = high === null ? Number.POSITIVE_INFINITY : (high - value) / value;
      return half <= precision ? [] : [`${name} of cell ${k + 1} (${plain(100 * half, 2)} %)`];
    }),
  );
}
