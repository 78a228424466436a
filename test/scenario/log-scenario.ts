import { loadScenario } from '../../src/cli/load-scenario.ts';
import { type Problem, ScenarioError } from '../../src/scenario/problem.ts';
import { temporaryFolder, written } from '../cli/temporary.ts';

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

/** A folder for the logs of a file of tests, which calls this itself: modules are shared between files, folders are not. */
export function logFolder() {
  const folder = temporaryFolder();

  /** Reads a scenario with a request log. */
  async function load(csv: string | Uint8Array, log: Log = {}) {
    written(folder, 'log.csv', csv);
    return loadScenario(written(folder, 's.yaml', scenarioOf(log)));
  }

  async function problemsOf(csv: string | Uint8Array, log: Log = {}): Promise<readonly Problem[]> {
    try {
      await load(csv, log);
      return [];
    } catch (error) {
      if (error instanceof ScenarioError) return error.problems;
      throw error;
    }
  }

  return { folder, load, problemsOf };
}

export const STAMP = '2026-04-01 09:30:00';
