import { type Axis, overridesOf, type Setting, settingWords } from '../experiment/grid.ts';
import { type Problem, ScenarioError } from '../scenario/problem.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Override } from '../scenario/yaml-source.ts';
import { heard } from './interruption.ts';
import { type LoadedScenario, loadWritten, type PartCache, type WrittenText } from './load-scenario.ts';

/** Problems of cells that are shown; a wrong value is wrong in a whole row of the grid. */
const MOST_SHOWN = 5;
/** Cells between two looks at the signal. */
const PACE = 50;

/** The scenarios of a grid. */
export interface LoadedCells {
  readonly scenarios: readonly Scenario[];
  /** What the user should know of them, each kind once. */
  readonly warnings: readonly Problem[];
  /** The files that any of them is made from. */
  readonly inputs: LoadedScenario['inputs'];
}

export interface CellOptions {
  /** Values given in place of the file's, before those of the grid. */
  readonly overrides: readonly Override[];
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((share: number) => void) | undefined;
}

/**
 * Reads the scenarios of cells of a grid.
 * @throws {ScenarioError} if a cell is not valid, with what is wrong in the first of each kind
 */
export async function loadCells(
  text: WrittenText,
  axes: readonly Axis[],
  settings: readonly Setting[],
  { overrides, signal, onProgress }: CellOptions,
): Promise<LoadedCells> {
  const cache: PartCache = new Map();
  const scenarios: Scenario[] = [];
  const problems = new Map<string, Problem>();
  const warnings = new Map<string, Problem>();
  const inputs = new Map<string, string>();
  for (const [k, setting] of settings.entries()) {
    if (k % PACE === 0) {
      await heard(signal);
      onProgress?.(k / settings.length);
    }
    const note = (into: Map<string, Problem>, problem: Problem) => {
      const key = `${problem.path}: ${problem.message}`;
      const cell = settingWords(axes, setting);
      if (!into.has(key)) into.set(key, { ...problem, message: `${problem.message} (in the cell ${cell})` });
    };
    try {
      const cell = await loadWritten(text, [...overrides, ...overridesOf(axes, setting)], signal, cache);
      scenarios.push(cell.scenario);
      for (const { file, sha256 } of cell.inputs) inputs.set(file, sha256);
      for (const warning of cell.warnings) note(warnings, warning);
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error;
      for (const problem of error.problems) note(problems, problem);
      if (problems.size >= MOST_SHOWN) break;
    }
  }
  if (problems.size > 0) throw new ScenarioError([...problems.values()]);
  return {
    scenarios,
    warnings: [...warnings.values()],
    inputs: Array.from(inputs, ([file, sha256]) => ({ file, sha256 })),
  };
}
