import { type RunRecord, runRecord } from '../measure/run-record.ts';
import { type RunTotals, runTotals } from '../measure/run-totals.ts';
import type { Summary } from '../measure/summary.ts';
import type { TrafficRecord } from '../measure/traffic-meter.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { platformSummary } from './option.ts';
import { type Replication, replicate } from './replication.ts';

/**
 * Most cells that consume one drawn workload: more would keep too many pools in memory at once. Small grids are cut
 * too, so that several threads have something to do, and a kill does not cost all of them.
 */
const MOST_IN_GROUP = 32;
const FEWEST_IN_GROUP = 4;
const PARTS = 4;

/** Cells whose traffic is the same, as one scenario: a platform for each of them, all under one name and so on one set of streams. */
export interface Group {
  readonly scenario: Scenario;
  /** Positions in the grid. */
  readonly cells: readonly number[];
  /** Groups of one number serve the same traffic. */
  readonly workload: number;
}

/** One replication of the cells of a group. */
export interface GroupRun {
  /** An entry a cell. */
  readonly totals: readonly RunTotals[];
  readonly traffic: readonly TrafficRecord[];
}

/**
 * Puts cells together that can share their traffic. @param platform the one that is swept @param cells as scenarios of
 * their own, in the order of the grid
 */
export function groupsOf(cells: readonly Scenario[], platform: string): Group[] {
  const alike = new Map<string, number[]>();
  for (const [cell, scenario] of cells.entries()) {
    const served = scenario.platforms.find(({ name }) => name === platform)!.sources;
    const key = `${trafficKey(scenario)} ${served.join()}`;
    const group = alike.get(key);
    if (group) group.push(cell);
    else alike.set(key, [cell]);
  }
  return [...alike.values()].flatMap((group, workload) =>
    chunksOf(group, groupSize(group.length)).map((chunk) => ({
      cells: chunk,
      workload,
      scenario: {
        ...cells[chunk[0]!]!,
        platforms: chunk.map((cell) => cells[cell]!.platforms.find(({ name }) => name === platform)!),
        plans: [],
      },
    })),
  );
}

function groupSize(cells: number): number {
  return Math.min(MOST_IN_GROUP, Math.max(FEWEST_IN_GROUP, Math.ceil(cells / PARTS)));
}

/** Names the requests that a scenario draws, replication by replication; rows of files are known by the files' names. */
export function trafficKey({ seed, start, duration_us, replications, sources }: Scenario): string {
  return JSON.stringify({ seed, start, duration_us, replications, sources }, (key, value) =>
    key === 'rows' || key === 'values' ? undefined : value,
  );
}

/** Positions of the cells that serve the same traffic, a list a workload: only these can be compared in cost. */
export function workloadsOf(groups: readonly Group[]): number[][] {
  const workloads: number[][] = [];
  for (const { workload, cells } of groups) {
    const known = workloads[workload] ?? [];
    workloads[workload] = [...known, ...cells];
  }
  return workloads;
}

/** Parts of nearly equal size. */
function chunksOf<Item>(items: readonly Item[], most: number): Item[][] {
  const count = Math.ceil(items.length / most);
  const size = Math.ceil(items.length / count);
  return Array.from({ length: count }, (_, k) => items.slice(k * size, (k + 1) * size));
}

/** Runs one replication of a group. Yields the share done. */
export function* runGroup(scenario: Scenario, replication: number): Generator<number, GroupRun> {
  const run = yield* replicate(scenario, replication, { totalsOnly: true });
  return groupRun(scenario, run);
}

function groupRun({ platforms, duration_us }: Scenario, { hours, traffic }: Replication): GroupRun {
  return {
    totals: platforms.map((platform, k) => {
      const record: RunRecord = runRecord(platform, hours[k]!, duration_us);
      return runTotals(record);
    }),
    traffic: traffic.platforms,
  };
}

/** What a cell comes to. */
export interface CellResult {
  readonly summary: Summary;
  /** Cost an hour of each replication. */
  readonly costs: readonly number[];
}

/** The results of the cells of a group, in their order. @param runs in the order of the replications */
export function groupResults(scenario: Scenario, runs: readonly GroupRun[]): CellResult[] {
  const hours = scenario.duration_us / 3600e6;
  return scenario.platforms.map((platform, k) => {
    const totals = runs.map((run) => run.totals[k]!);
    const traffic = runs.map((run) => run.traffic[k]!);
    return {
      summary: platformSummary(scenario, platform, totals, traffic),
      costs: totals.map((run) => run.cost_usd / hours),
    };
  });
}
