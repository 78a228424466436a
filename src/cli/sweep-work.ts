import { plain } from '../core/plain-number.ts';
import { answerOf } from '../experiment/answer.ts';
import {
  type CellResult,
  type Group,
  type GroupRun,
  groupResults,
  workloadsOf,
} from '../experiment/cells.ts';
import { type Axis, type Setting, settingWords } from '../experiment/grid.ts';
import { SLO_QUANTITIES, type Slo } from '../scenario/slo.ts';
import { runTasks } from './execute.ts';
import { Interrupted } from './exit-code.ts';
import type { Journal } from './journal.ts';
import type { Progress } from './progress.ts';
import type { Task } from './worker.ts';

/** What is to be computed. */
export interface GridWork {
  readonly groups: readonly Group[];
  readonly axes: readonly Axis[];
  readonly settings: readonly Setting[];
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
    const count = work.settings.length;
    progress.update(done / all.length, `${Math.floor((count * done) / all.length)}/${count} cells`);
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
    failures: [...failures].map(([group, message]) => `${failedWords(work, group)} failed: ${message}`),
    imprecise: options.precision === undefined ? [] : impreciseOf(cells, work, options.precision),
  };
}

function failedWords({ groups, axes, settings }: GridWork, group: number): string {
  const [first, ...others] = groups[group]!.cells;
  const words = `the cell ${settingWords(axes, settings[first!]!)}`;
  return others.length === 0 ? words : `${words} and ${others.length} computed with it`;
}

function keyOf({ scenario, replication }: Task): string {
  return `${scenario}/${replication}`;
}

/** The results of all cells, from the journal: a group at a time is in memory. */
function collect(
  { groups, settings, replications }: GridWork,
  journal: Journal,
  failures: ReadonlyMap<number, string>,
): (CellResult | undefined)[] {
  const cells = new Array<CellResult | undefined>(settings.length).fill(undefined);
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

/** What the answers hang on and has too wide an interval: cost, p95 and what the SLO bounds, of the cells that they name. */
function impreciseOf(
  cells: readonly (CellResult | undefined)[],
  { groups, axes, settings, slo }: GridWork,
  precision: number,
): string[] {
  if (cells.includes(undefined)) return [];
  const known = cells as readonly CellResult[];
  const needed = workloadsOf(groups).flatMap((places) => {
    const { best, tied, pareto } = answerOf(known, slo, places);
    return best === undefined ? pareto : tied;
  });
  const bounded = SLO_QUANTITIES.filter((quantity) => slo[quantity] !== undefined);
  const names = new Set([
    'cost_usd_per_hour',
    'latency_p95_s',
    ...bounded.map((one) => `${one}_s` as const),
  ] as const);
  return needed.flatMap((k) =>
    [...names].flatMap((name) => {
      const { value, high } = known[k]!.summary.estimates[name];
      if (value === null || value === 0) return [];
      const half = high === null ? Number.POSITIVE_INFINITY : (high - value) / value;
      if (half <= precision) return [];
      return [`${name} at ${settingWords(axes, settings[k]!)} (± ${plain(100 * half, 2)} %)`];
    }),
  );
}
