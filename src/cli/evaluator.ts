import { type CellResult, type GroupRun, groupResults, groupsOf } from '../experiment/cells.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { runTasks } from './execute.ts';

/** Runs scenarios for a search that asks for some at a time. */
export interface Evaluator {
  /** Every platform of each scenario. */
  scenarios(scenarios: readonly Scenario[]): Promise<CellResult[][]>;
  /** One platform of each scenario; those of the same traffic serve the same drawn requests. */
  cells(cells: readonly Scenario[], platform: string): Promise<CellResult[]>;
}

export function evaluator(
  { threads, signal }: { threads: number; signal: AbortSignal },
  update: (share: number, words: string) => void,
): Evaluator {
  let done = 0;
  const scenarios = async (all: readonly Scenario[]): Promise<CellResult[][]> => {
    const runs = all.map((): GroupRun[] => []);
    const tasks = all.flatMap(({ replications }, scenario) =>
      Array.from({ length: replications }, (_, replication) => ({ scenario, replication })),
    );
    const pools = all.reduce((sum, { platforms }) => sum + platforms.length, 0);
    const onProgress = (share: number) => update(share, `${done + Math.floor(share * pools)} pools tried`);
    await runTasks(all, tasks, { totalsOnly: true }, { threads, signal, onProgress }, (task, run) => {
      runs[task.scenario]![task.replication] = run;
    });
    done += pools;
    return all.map((scenario, k) => groupResults(scenario, runs[k]!));
  };
  const cells = async (all: readonly Scenario[], platform: string): Promise<CellResult[]> => {
    const groups = groupsOf(all, platform);
    const results = await scenarios(groups.map(({ scenario }) => scenario));
    const found: CellResult[] = [];
    for (const [g, group] of groups.entries())
      for (const [k, place] of group.cells.entries()) found[place] = results[g]![k]!;
    return found;
  };
  return { scenarios, cells };
}
