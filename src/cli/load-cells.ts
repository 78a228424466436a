import { type Axis, overridesOf, type Setting } from '../experiment/grid.ts';
import { type Problem, ScenarioError } from '../scenario/problem.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Override } from '../scenario/yaml-source.ts';
import { heard } from './interruption.ts';
import { loadText, type PartCache } from './load-scenario.ts';

/** Problems of cells that are shown; a wrong value is wrong in a whole row of the grid. */
const MOST_SHOWN = 5;
/** Cells between two looks at the signal. */
const PACE = 50;

/**
 * Reads the scenario of every cell of a grid.
 * @param overrides values given in place of the file's, before those of the grid
 * @throws {ScenarioError} if a cell is not valid, with what is wrong in the first of each kind
 */
export async function loadCells(
  text: string,
  file: string,
  overrides: readonly Override[],
  { axes, settings }: { axes: readonly Axis[]; settings: readonly Setting[] },
  signal: AbortSignal,
): Promise<Scenario[]> {
  const cache: PartCache = new Map();
  const scenarios: Scenario[] = [];
  const problems = new Map<string, Problem>();
  for (const [k, setting] of settings.entries()) {
    if (k % PACE === 0) await heard(signal);
    try {
      const cell = await loadText(text, file, [...overrides, ...overridesOf(axes, setting)], signal, cache);
      scenarios.push(cell.scenario);
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error;
      for (const problem of error.problems) {
        const key = `${problem.path}: ${problem.message}`;
        if (!problems.has(key)) problems.set(key, problem);
      }
      if (problems.size >= MOST_SHOWN) break;
    }
  }
  if (problems.size > 0) throw new ScenarioError([...problems.values()]);
  return scenarios;
}
