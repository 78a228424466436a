import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Columns, HOURLY_COLUMNS, type Row, SUMMARY_COLUMNS } from '../measure/columns.ts';
import { CROSSOVER_COLUMNS, CURVE_COLUMNS } from '../render/crossover-report.ts';
import { ANSWER_COLUMNS } from '../render/sweep-rows.ts';
import type { Manifest, Results } from '../report/results.ts';
import { UsageError } from './exit-code.ts';
import { resultRows } from './result-table.ts';
import { systemMessage } from './system-message.ts';

/** What a manifest must tell for a report. */
const TOLD = ['warmpool', 'scenario', 'answer', 'warnings', 'platforms', 'slo', 'written', 'files'];

/**
 * Reads a folder that `run`, `sweep` or `crossover` wrote.
 * @throws {UsageError} for a folder without results, or with files that are not ours
 */
export function readResults(folder: string): Results {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(
      `${folder}: there is no such folder; expected one that warmpool run wrote, as results/my-scenario`,
    );
  const changed: string[] = [];
  const open = (name: string) => {
    if (!existsSync(join(folder, name))) return undefined;
    const manifest = manifestOf(folder, name);
    const rows = (file: string, columns: Columns, needed: readonly string[]): Row[] => {
      const path = join(folder, file);
      const text = textOf(path);
      if (createHash('sha256').update(text).digest('hex') !== manifest.files[file]) changed.push(file);
      const found = resultRows(text, path, columns, needed);
      if (found.length === 0) throw new UsageError(`${path}: expected at least one row below the header`);
      return found;
    };
    return { manifest, rows };
  };
  const run = open('manifest.json');
  const sweep = open('sweep.manifest.json');
  const crossover = open('crossover.manifest.json');
  if (!run && !sweep && !crossover)
    throw new UsageError(
      `${folder}: there are no results (no manifest.json); expected a folder that warmpool run, sweep or crossover wrote`,
    );
  const results = {
    folder,
    run: run && {
      manifest: run.manifest,
      summary: run.rows('summary.csv', SUMMARY_COLUMNS, ['platform', 'cost_usd_per_hour']),
      hourly: run.rows('hourly.csv', HOURLY_COLUMNS, ['platform', 'hour', 'cost_usd']),
    },
    sweep: sweep && {
      manifest: sweep.manifest,
      cells: sweep.rows('sweep.csv', { ...SUMMARY_COLUMNS, ...ANSWER_COLUMNS }, ['platform', 'pareto']),
    },
    crossover: crossover && {
      manifest: crossover.manifest,
      crossings: crossover.rows('crossover.csv', CROSSOVER_COLUMNS, ['kind', 'status']),
      curve: crossover.rows('crossover-curve.csv', CURVE_COLUMNS, ['kind', 'rate_per_hour']),
    },
  };
  return { ...results, changed, isMixed: isMixed([run, sweep, crossover]) };
}

/** Whether the tables were made from different scenarios, seeds or overrides. */
function isMixed(parts: readonly ({ manifest: Manifest } | undefined)[]): boolean {
  const origins = parts.flatMap((one) =>
    one ? [JSON.stringify([one.manifest.scenario_sha256, one.manifest.seed, one.manifest.overrides])] : [],
  );
  return new Set(origins).size > 1;
}

function manifestOf(folder: string, name: string): Manifest & { files: Record<string, string> } {
  const path = join(folder, name);
  let manifest: Record<string, unknown>;
  try {
    manifest = JSON.parse(textOf(path));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${path} is not the manifest that warmpool writes: ${(error as Error).message}`);
  }
  const missing = TOLD.find((key) => manifest?.[key] === undefined || manifest[key] === null);
  if (missing)
    throw new UsageError(
      `${path} does not tell its ${missing}: it is not a manifest of this version; run the scenario again`,
    );
  return manifest as unknown as Manifest & { files: Record<string, string> };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${systemMessage(error)}`);
  }
}
