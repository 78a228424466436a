import { plain } from '../../core/plain-number.ts';
import type { Row } from '../../measure/columns.ts';
import { cellMark } from '../../render/sweep-rows.ts';
import { axis, type Chart, CONTAINED, drawn, fittedName } from '../chart.ts';
import { lettersOn, SCALE, scaleOver, tone } from '../palette.ts';
import { numberOf } from '../results.ts';

/** A grid over two of its axes: the rows' may be missing. */
export interface Grid {
  readonly columns: { readonly name: string; readonly values: readonly string[] };
  readonly rows: { readonly name: string; readonly values: readonly string[] };
  /** By row and column. */
  readonly cells: readonly (readonly (Row | undefined)[])[];
}

export interface GridQuantity {
  readonly column: string;
  readonly title: string;
  readonly factor?: number;
}

export const GRID_QUANTITIES: readonly GridQuantity[] = [
  { column: 'cost_usd_per_hour', title: 'Cost, $ an hour' },
  { column: 'latency_p95_s', title: 'p95 latency, seconds' },
  { column: 'cold_request_fraction', title: 'Cold requests, %', factor: 100 },
];

/** What marks a cell in the page. */
export const HEAT_MARKS = { best: '★', tied: '~', unsure: '?', missed: '×', none: '' } as const;

const ROW = 34;
const LETTER_WIDTH = 7;

interface Place {
  coord(point: number[]): [number, number];
  size(lengths: number[]): [number, number];
}

/** A map of a quantity, darker for more. */
export function heatChart({ columns, rows, cells }: Grid, quantity: GridQuantity, id: string): Chart {
  const { column, title, factor = 1 } = quantity;
  const all = cells.flatMap((line, i) => line.map((row, j) => ({ row, i, j })));
  const known = all.flatMap(({ row }) => numberOf(row, column) ?? []);
  const step = scaleOver(known);
  const draw = ({ dataIndex }: { dataIndex: number }, place: Place) => {
    const { row, i, j } = all[dataIndex]!;
    const value = numberOf(row, column);
    const shade = value === undefined ? undefined : step(value);
    const [x, y] = place.coord([j, i]);
    const [width, height] = place.size([1, 1]);
    return {
      type: 'rect',
      shape: { x: x - width / 2, y: y - height / 2, width, height },
      style: {
        fill: shade === undefined ? tone('paper') : SCALE[shade],
        stroke: tone('paper'),
        lineWidth: 1,
      },
      textContent: {
        style: {
          text: textOf(row, value === undefined ? undefined : value * factor),
          fill: shade === undefined ? tone('ink') : lettersOn(shade),
          fontSize: 12,
          fontFamily: 'inherit',
          fontWeight: row?.answer === 'best' ? 'bold' : 'normal',
        },
      },
      textConfig: { position: 'inside' },
    };
  };
  const rowNames = rows.values.map(fittedName);
  const range =
    known.length > 0
      ? `from ${plain(Math.min(...known) * factor, 3)} to ${plain(Math.max(...known) * factor, 3)}`
      : 'no values';
  return drawn(
    {
      grid: { left: rows.name === '' ? 8 : 30, right: 16, top: 8, bottom: 28, ...CONTAINED },
      xAxis: axis({
        type: 'category',
        name: columns.name,
        nameLocation: 'middle',
        nameGap: 26,
        data: columns.values.map(fittedName),
        splitLine: { show: false },
      }),
      yAxis: axis({
        type: 'category',
        name: rows.name,
        nameLocation: 'middle',
        nameGap: 18 + LETTER_WIDTH * Math.max(...rowNames.map((value) => value.length)),
        data: rowNames,
        inverse: true,
        splitLine: { show: false },
      }),
      series: [{ type: 'custom', data: all.map(({ i, j }) => [j, i]), renderItem: draw, silent: true }],
    },
    {
      id,
      height: 56 + ROW * rows.values.length,
      label: `${title}, over ${columns.name}${rows.name === '' ? '' : ` and ${rows.name}`}: ${range}.`,
    },
  );
}

function textOf(row: Row | undefined, value: number | undefined): string {
  const mark = row === undefined ? 'none' : cellMark(row);
  const before = mark === 'best' ? `${HEAT_MARKS.best} ` : row?.pareto === 'yes' ? '◆ ' : '';
  const after = mark === 'best' || mark === 'none' ? '' : ` ${HEAT_MARKS[mark]}`;
  return `${before}${value === undefined ? '–' : plain(value, 3)}${after}`;
}
