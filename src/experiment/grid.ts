import { parseDuration } from '../core/units.ts';
import type { Cell, Columns } from '../measure/columns.ts';
import { axisPath } from '../scenario/sweep-checks.ts';
import type { Override } from '../scenario/yaml-source.ts';
import type { Path } from '../scenario/yaml-text.ts';

/** A setting that is varied, and the values that it takes. */
export interface Axis {
  /** As it is written: a key of the platform, or a path. */
  readonly name: string;
  /** Where it stands in a scenario. */
  readonly path: readonly string[];
  readonly values: readonly unknown[];
  /** Where the values stand in the file, if they do. */
  readonly at?: Path;
}

/** A grid as a scenario asks for it. */
export interface GridSpec {
  readonly platform: string;
  readonly grid: Readonly<Record<string, readonly unknown[]>>;
}

export function axesOf({ platform, grid }: GridSpec): Axis[] {
  return Object.entries(grid).map(([name, values]) => ({
    name,
    path: axisPath(name, platform),
    values,
    at: ['sweep', 'grid', name],
  }));
}

/** How many cells a grid has. */
export function cellCount(axes: readonly Axis[]): number {
  return axes.reduce((count, { values }) => count * values.length, 1);
}

/** A value for each axis. */
export type Setting = readonly unknown[];

/** Every combination of values, the last axis running fastest. */
export function settingsOf(axes: readonly Axis[]): Setting[] {
  return axes.reduce<Setting[]>(
    (settings, { values }) => settings.flatMap((setting) => values.map((value) => [...setting, value])),
    [[]],
  );
}

/** Where a setting stands among those that `settingsOf` gives. @param places of its values, axis by axis */
export function placeOf(axes: readonly Axis[], places: readonly number[]): number {
  return axes.reduce((place, { values }, k) => place * values.length + places[k]!, 0);
}

/** The first setting, and every value of every axis once, the others at their first: what is wrong with a value shows there. */
export function edgesOf(axes: readonly Axis[]): Setting[] {
  const first = axes.map(({ values }) => values[0]);
  const others = axes.flatMap(({ values }, k) => values.slice(1).map((value) => first.with(k, value)));
  return [first, ...others];
}

/** What a scenario must be told to be a cell of the grid: it has no grid itself. */
export function overridesOf(axes: readonly Axis[], setting: Setting): Override[] {
  const option = `sweep at ${settingWords(axes, setting)}`;
  const values = axes.map(({ path, values, at }, k): Override => {
    const value = setting[k];
    return { option, path, value, at: at && [...at, values.indexOf(value)] };
  });
  return [...values, { option, path: ['sweep'], value: undefined }];
}

/** As `keep_warm 1, container_idle_timeout 60s`. */
export function settingWords(axes: readonly Axis[], setting: Setting): string {
  return axes.map(({ name }, k) => `${name} ${valueWords(setting[k])}`).join(', ');
}

export function valueWords(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The columns of a grid in a CSV file. */
export function gridColumns(axes: readonly Axis[]): Columns {
  return Object.fromEntries(
    axes.map(({ name, values }) => {
      const cells = values.map(gridCell);
      return [name, cells.every((cell) => typeof cell === 'number') ? 'number' : 'text'];
    }),
  );
}

/** The cells of a setting by the names of its axes. */
export function gridRow(axes: readonly Axis[], setting: Setting): Record<string, Cell> {
  return Object.fromEntries(axes.map(({ name }, k) => [name, gridCell(setting[k])]));
}

/** A value in a CSV file: durations as seconds, tables as JSON. */
function gridCell(value: unknown): Cell {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return JSON.stringify(value);
  try {
    return parseDuration(value, true);
  } catch {
    return value;
  }
}
