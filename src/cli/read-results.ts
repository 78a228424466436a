import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { type Columns, HOURLY_COLUMNS, type Row, SUMMARY_COLUMNS } from '../measure/columns.ts';
import { CROSSOVER_COLUMNS, CURVE_COLUMNS } from '../render/crossover-report.ts';
import { ANSWER_COLUMNS } from '../render/sweep-rows.ts';
import type { Manifest, Results } from '../report/results.ts';
import { UsageError } from './exit-code.ts';
import { resultRows } from './result-table.ts';
import { systemMessage } from './system-message.ts';

/** The manifests that a folder of results may hold: of a run, a sweep, a crossover. */
export const MANIFESTS = ['manifest.json', 'sweep.manifest.json', 'crossover.manifest.json'] as const;

/**
 * Reads a folder that `run`, `sweep` or `crossover` wrote.
 * @param some the manifests that are read, where they are
 * @throws {UsageError} for a folder without results, or with files that are not ours
 */
export function readResults(folder: string, some: readonly string[] = MANIFESTS): Results {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(
      `${folder}: there is no such folder; expected one that warmpool run wrote, as results/my-scenario`,
    );
  const changed: string[] = [];
  const open = (name: (typeof MANIFESTS)[number]) => {
    if (!some.includes(name) || !existsSync(join(folder, name))) return undefined;
    const manifest = manifestOf(join(folder, name));
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
  const [run, sweep, crossover] = MANIFESTS.map(open);
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
      cells: sweep.rows('sweep.csv', { ...SUMMARY_COLUMNS, ...ANSWER_COLUMNS }, [
        'platform',
        'pareto',
        ...Object.keys(sweep.manifest.grid ?? {}),
      ]),
    },
    crossover: crossover && {
      manifest: crossover.manifest,
      crossings: crossover.rows('crossover.csv', CROSSOVER_COLUMNS, ['kind', 'status']),
      curve: crossover.rows('crossover-curve.csv', CURVE_COLUMNS, ['kind', 'rate_per_hour']),
    },
  };
  return { ...results, changed, isMixed: isMixed([run, sweep, crossover]) };
}

/** Whether the tables were made from different scenarios, inputs, prices, seeds or versions. */
function isMixed(parts: readonly ({ manifest: Manifest } | undefined)[]): boolean {
  const origins = parts.flatMap((one) => {
    if (!one) return [];
    const { warmpool, scenario_sha256, inputs, prices, seed, duration_s, overrides } = one.manifest;
    return [JSON.stringify([warmpool, scenario_sha256, inputs, prices, seed, duration_s, overrides])];
  });
  return new Set(origins).size > 1;
}

const words = z.array(z.string());
const facts = z.record(z.string(), z.string());
const common = {
  warmpool: z.string(),
  command: z.string(),
  command_line: z.string(),
  scenario: z.string(),
  description: z.string().optional(),
  scenario_sha256: z.string(),
  seed: z.union([z.string(), z.number()]),
  replications: z.number(),
  duration_s: z.number(),
  prices: z.string(),
  slo: z.record(z.string(), z.number()),
  overrides: words,
  inputs: z.array(z.object({ file: z.string(), sha256: z.string() })),
  answer: words,
  warnings: words,
  traffic: facts,
  platforms: z.record(z.string(), facts),
  written: z.unknown(),
  files: facts,
};
const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  run: z.object({ ...common, stands: z.record(z.string(), facts) }),
  sweep: z.object({ ...common, platform: z.string(), grid: z.record(z.string(), z.array(z.unknown())) }),
  crossover: z.object(common),
};

function manifestOf(path: string): Manifest {
  let written: unknown;
  try {
    written = JSON.parse(textOf(path));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${path} is not the manifest that warmpool writes: ${(error as Error).message}`);
  }
  const schema = SCHEMAS[String((written as Partial<Manifest> | null)?.command)] ?? SCHEMAS.crossover!;
  const { success, data, error } = schema.safeParse(written);
  if (success) return data as Manifest;
  const [issue] = error.issues;
  throw new UsageError(
    `${path} is not a manifest of this version (${issue!.path.join('.') || 'as a whole'}: ${issue!.message}): run the scenario again`,
  );
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${systemMessage(error)}`);
  }
}
