import { plain } from '../core/plain-number.ts';

/** A table of numbers over two axes, readable without colour: numbers with a shade, marks behind them. */
export interface HeatMap {
  readonly title: string;
  /** Labels of the rows and of the columns, and what they are. */
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly rowName: string;
  readonly columnName: string;
  /** By row and column; undefined for what has no value. */
  readonly values: readonly (readonly (number | undefined)[])[];
  /** A mark of one letter, or none, by row and column. */
  readonly marks: readonly (readonly string[])[];
}

const SHADES = [' ', '░', '▒', '▓', '█'];
const DIGITS = 3;
const LABEL_LENGTH = 14;

/** @returns lines of at most `width` letters; columns that do not fit follow below */
export function heatMap(map: HeatMap, width: number): string[] {
  const shade = shadesOf(map.values.flat());
  const cells = map.values.map((row, i) =>
    row.map((value, j) => {
      const number = value === undefined ? '–' : plain(value, DIGITS);
      return `${value === undefined ? ' ' : shade(value)}${number}${map.marks[i]![j] || ' '}`;
    }),
  );
  const rowLabels = map.rows.map((label) => clipped(label, LABEL_LENGTH));
  const labelWidth = Math.max(map.rowName.length, ...rowLabels.map((label) => label.length));
  const columns = map.columns.map((label) => clipped(label, LABEL_LENGTH));
  const cellWidth = Math.max(...[...columns, ...cells.flat()].map((cell) => cell.length)) + 1;
  const perBlock = Math.max(1, Math.floor((width - labelWidth - 1) / cellWidth));
  const lines = ['', `${map.title}, over ${map.columnName}`];
  for (let first = 0; first < columns.length; first += perBlock) {
    const line = (label: string, row: readonly string[]) =>
      `${label.padEnd(labelWidth)} ${row
        .slice(first, first + perBlock)
        .map((cell) => cell.padStart(cellWidth))
        .join('')}`.trimEnd();
    lines.push(
      line(
        map.rowName,
        columns.map((label) => `${label} `),
      ),
    );
    lines.push(...rowLabels.map((label, i) => line(label, cells[i]!)));
  }
  return lines;
}

/** Five shades over the logarithm, from the least to the greatest. */
function shadesOf(values: readonly (number | undefined)[]): (value: number) => string {
  const known = values.filter((value) => value !== undefined && value > 0) as number[];
  const [least, most] = [Math.log(Math.min(...known)), Math.log(Math.max(...known))];
  return (value) => {
    if (!(value > 0) || most === least) return SHADES[0]!;
    const share = (Math.log(value) - least) / (most - least);
    return SHADES[Math.min(SHADES.length - 1, Math.floor(share * SHADES.length))]!;
  };
}

function clipped(label: string, most: number): string {
  return label.length <= most ? label : `${label.slice(0, most - 1)}…`;
}
