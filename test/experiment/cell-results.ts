import { completed } from '../../src/core/completed.ts';
import {
  type CellResult,
  type Group,
  type GroupRun,
  groupResults,
  runGroup,
} from '../../src/experiment/cells.ts';

/** The results of a group of cells, run in this thread. */
export function groupCells(group: Pick<Group, 'scenario'>): CellResult[] {
  return groupResults(group.scenario, groupRuns(group));
}

/** Runs all replications of a group of cells in this thread. */
export function groupRuns({ scenario }: Pick<Group, 'scenario'>): GroupRun[] {
  return Array.from({ length: scenario.replications }, (_, replication) =>
    completed(runGroup(scenario, replication)),
  );
}

/** A cell by its costs in each replication and its p95, as if it had been run. */
export function madeUpCell(costs: number[], p95: number, low = p95, high = p95): CellResult {
  const mean = costs.reduce((sum, x) => sum + x, 0) / costs.length;
  return {
    costs,
    summary: {
      estimates: {
        cost_usd_per_hour: { value: mean, low: mean, high: mean },
        latency_p95_s: { value: p95, low, high },
        containers_mean: { value: 1, low: 1, high: 1 },
      },
      stability: { status: 'ok' },
      turnedAway: 0,
      row: { images: 1, completed: 1 },
    } as unknown as CellResult['summary'],
  };
}
