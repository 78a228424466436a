import { parse } from 'csv-parse/sync';
import { shown } from '../core/shown.ts';
import type { Columns, Row } from '../measure/columns.ts';
import { UsageError } from './exit-code.ts';

/**
 * The rows of a table that a command of ours wrote; empty cells are null.
 * @param file for messages
 * @param columns their kinds; others are numbers where all their cells are
 * @param needed columns without which it is no such table
 * @throws {UsageError}
 */
export function resultRows(text: string, file: string, columns: Columns, needed: readonly string[]): Row[] {
  const rows = recordsOf(text, file);
  const missing = needed.find((name) => rows[0] && !(name in rows[0]));
  if (missing) throw new UsageError(`${file} is not a table that warmpool wrote: no column ${missing}`);
  const cellOf = (name: string, cell: string) => {
    if (cell === '' || columns[name] === 'text') return cell || null;
    const value = Number(cell);
    if (!Number.isNaN(value)) return value;
    if (columns[name] === undefined) return cell;
    throw new UsageError(`${file}: expected a number in the column ${name}, here ${shown(cell)}`);
  };
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, cellOf(name, cell)])),
  );
}

function recordsOf(text: string, file: string): Record<string, string>[] {
  try {
    return parse(text, { columns: true, relax_column_count: true });
  } catch (error) {
    throw new UsageError(`${file} is not a table that warmpool wrote: ${(error as Error).message}`);
  }
}
