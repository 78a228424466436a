import type { Row } from '../measure/columns.ts';
import type { Slo } from '../scenario/slo.ts';

/** What a command writes down about its results: manifest.json and its like. No clock time and no name of a machine. */
export interface Manifest {
  readonly warmpool: string;
  readonly command: string;
  /** The command as it can be given again. */
  readonly command_line: string;
  readonly scenario: string;
  readonly description?: string | undefined;
  readonly scenario_sha256: string;
  readonly seed: string | number;
  readonly replications: number;
  readonly duration_s: number;
  readonly prices: string;
  readonly overrides: readonly string[];
  readonly inputs: readonly { readonly file: string; readonly sha256: string }[];
  readonly answer: readonly string[];
  readonly warnings: readonly string[];
  /** What comes from each source, in words. */
  readonly traffic: Readonly<Record<string, string>>;
  /** What each platform is taken to be, in words. */
  readonly platforms: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** In seconds. */
  readonly slo: Slo;
  /** The scenario as plain values, with what was put in place of its parts. */
  readonly written: unknown;
  /** SHA-256 of the files that were written. */
  readonly files: Readonly<Record<string, string>>;
  /** Of a run: how each platform and plan stands to each bound of the SLO. */
  readonly stands?: Stands;
  /** Of a sweep. */
  readonly platform?: string;
  readonly grid?: Readonly<Record<string, readonly unknown[]>>;
}

/** By platform and bound, as `met`. */
export type Stands = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The tables of a run. */
export interface RunTables {
  readonly manifest: Manifest;
  readonly summary: readonly Row[];
  readonly hourly: readonly Row[];
}

/** The table of a sweep: a row a cell, in the order of the grid. */
export interface SweepTable {
  readonly manifest: Manifest;
  readonly cells: readonly Row[];
}

export interface CrossoverTables {
  readonly manifest: Manifest;
  readonly crossings: readonly Row[];
  readonly curve: readonly Row[];
}

/** What a folder of results holds: at least one of the three. */
export interface Results {
  readonly folder: string;
  readonly run: RunTables | undefined;
  readonly sweep: SweepTable | undefined;
  readonly crossover: CrossoverTables | undefined;
  /** Files that are not what their manifest says. */
  readonly changed: readonly string[];
  /** Whether the tables were made from different scenarios, inputs, prices, seeds or versions. */
  readonly isMixed: boolean;
}

/** A number of a row; undefined for an empty cell. */
export function numberOf(row: Row | undefined, name: string): number | undefined {
  const cell = row?.[name];
  return typeof cell === 'number' ? cell : undefined;
}

/** The name of a platform's row. */
export function nameOf(row: Row): string {
  return String(row.platform);
}
