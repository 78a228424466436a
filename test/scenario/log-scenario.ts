import { loadScenario } from '../../src/cli/load-scenario.ts';
import { type Problem, ScenarioError } from '../../src/scenario/problem.ts';
import { temporaryFolder, written } from '../cli/temporary.ts';

export const folder = temporaryFolder();

interface Log {
  /** Keys of the source beside the file and the time column. */
  keys?: string;
  /** Keys of the scenario. */
  top?: string;
}

export function scenarioOf({ keys = '', top = '' }: Log): string {
  return `name: t
${top}traffic:
  - name: log
    process: trace
    file: log.csv
    time_column: time
${keys}platforms:
  modal: {kind: modal, usd_per_second: 0.0007, seconds_per_image: 6}
`;
}

/** Reads a scenario with a request log. */
export async function load(csv: string | Uint8Array, log: Log = {}) {
  written(folder, 'log.csv', csv);
  return loadScenario(written(folder, 's.yaml', scenarioOf(log)));
}

export async function problemsOf(csv: string | Uint8Array, log: Log = {}): Promise<readonly Problem[]> {
  try {
    await load(csv, log);
    return [];
  } catch (error) {
    if (error instanceof ScenarioError) return error.problems;
    throw error;
  }
}

export const STAMP = '2026-04-01 09:30:00';
