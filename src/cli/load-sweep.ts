import { type Group, groupsOf } from '../experiment/cells.ts';
import { type Axis, axesOf, cellCount, edgesOf, type Setting, settingsOf } from '../experiment/grid.ts';
import type { Problem } from '../scenario/problem.ts';
import { UsageError } from './exit-code.ts';
import { loadCells } from './load-cells.ts';
import { type LoadedScenario, loadWritten, readText, writtenText } from './load-scenario.ts';
import { type OverrideArgs, overridesOf } from './options.ts';
import { progressBar } from './progress.ts';

/** More cells than these are run only with --yes. */
export const MOST_CELLS = 10_000;

/** A sweep that was read and is ready to run. */
export interface Sweep {
  /** The scenario, with the inputs and the warnings of all cells. */
  readonly loaded: LoadedScenario;
  readonly platform: string;
  readonly axes: readonly Axis[];
  readonly settings: readonly Setting[];
  readonly groups: readonly Group[];
}

interface LoadArgs extends OverrideArgs {
  readonly file: string;
  readonly yes?: boolean | undefined;
  readonly quiet?: boolean | undefined;
}

/**
 * Reads a scenario with a sweep block, and those of all cells of its grid.
 * @throws {ScenarioError}
 * @throws {UsageError} for a file without a grid, or one that is larger than was allowed
 */
export async function loadSweep(args: LoadArgs, signal: AbortSignal): Promise<Sweep> {
  const overrides = overridesOf(args);
  const text = readText(args.file);
  const written = writtenText(text, args.file);
  const loaded = await loadWritten(written, overrides, signal);
  const { sweep } = loaded.scenario;
  if (sweep === undefined)
    throw new UsageError(
      `${args.file}: there is no sweep block; add one, as sweep: {platform: modal, grid: {keep_warm: [0, 1, 2]}}`,
    );
  const { platform } = sweep;
  const axes = axesOf(sweep);
  const count = cellCount(axes);
  if (count > MOST_CELLS && !args.yes)
    throw new UsageError(`the grid has ${count} cells; to run more than ${MOST_CELLS} give --yes`);
  const settings = settingsOf(axes);
  const progress = progressBar(loaded.scenario.name, args.quiet ?? false);
  const onProgress = (share: number) => progress.update(share, `reading ${count} cells`);
  try {
    // A wrong value is found among the edges, before thousands of cells are read.
    await loadCells(written, axes, edgesOf(axes), { overrides, signal });
    const cells = await loadCells(written, axes, settings, { overrides, signal, onProgress });
    const warnings = [...loaded.warnings, ...cells.warnings.filter(isNewTo(loaded.warnings))];
    const groups = groupsOf(cells.scenarios, platform);
    return { loaded: { ...loaded, inputs: cells.inputs, warnings }, platform, axes, settings, groups };
  } finally {
    progress.stop();
  }
}

/** Whether a warning of a cell is not that of the whole file. */
function isNewTo(known: readonly Problem[]) {
  return ({ path, message }: Problem) =>
    !known.some((one) => one.path === path && message.startsWith(one.message));
}
