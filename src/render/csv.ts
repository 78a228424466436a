import { stringify } from 'csv-stringify/browser/esm/sync';
import type { Cell, ColumnKind, Columns, Row } from '../measure/columns.ts';

/** A number as it stands in a CSV file; what is missing or not a number is empty. */
export function formatCell(cell: Cell | undefined, kind: ColumnKind): string {
  if (cell === null || cell === undefined || (typeof cell === 'number' && !Number.isFinite(cell))) return '';
  if (typeof cell === 'string') return cell;
  if (kind === 'seconds' || kind === 'mean-count') return fixed(cell, 6);
  if (kind === 'usd') return fixed(cell, 9);
  return Number.isInteger(cell) ? String(cell) : String(Number(cell.toPrecision(6)));
}

/** Decimals without a negative zero. */
function fixed(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return /^-0\.0*$/.test(text) ? text.slice(1) : text;
}

/** The lines of a CSV file (RFC 4180, line ends \n), some thousands of rows a piece. */
export function* csvLines(columns: Columns, rows: Iterable<Row>): Generator<string> {
  const names = Object.keys(columns);
  yield stringify([names]);
  let piece: string[][] = [];
  for (const row of rows) {
    piece.push(names.map((name) => formatCell(row[name], columns[name]!)));
    if (piece.length === 4096) {
      yield stringify(piece);
      piece = [];
    }
  }
  if (piece.length > 0) yield stringify(piece);
}

/** A row as JSON: numbers as in the CSV file, what is missing as null. */
export function jsonRow(columns: Columns, row: Row): string {
  const cells = Object.entries(columns).map(([name, kind]) => {
    const text = formatCell(row[name], kind);
    return [name, text === '' ? null : kind === 'text' ? text : Number(text)];
  });
  return JSON.stringify(Object.fromEntries(cells));
}
