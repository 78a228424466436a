import { plain } from '../../core/plain-number.ts';
import type { Row } from '../../measure/columns.ts';
import { axis, type Chart, CONTAINED, drawn } from '../chart.ts';
import { lettersOn, SCALE, scaleOver, tone } from '../palette.ts';
import { numberOf } from '../results.ts';

/** A grid over two of its axes: the second may be missing. */
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

const ROW = 34;
const LETTER_WIDTH = 7;

/** A map of a quantity: the best cell has a star, Pareto cells a diamond, and cells that miss the SLO a cross. */
export function heatChart({ columns, rows, cells }: Grid, quantity: GridQuantity, id: string): Chart {
  const { column, title, factor = 1 } = quantity;
  const all = cells.flatMap((line, i) => line.map((row, j) => ({ row, i, j })));
  const known = all.flatMap(({ row }) => numberOf(row, column) ?? []);
  const step = scaleOver(known);
  const data = all.map(({ row, i, j }) => {
    const value = numberOf(row, column);
    const shade = value === undefined ? undefined : step(value);
    const text =
      value === undefined
        ? '–'
        : `${markOf(row)}${plain(value * factor, 3)}${row?.slo === 'missed' ? ' ×' : ''}`;
    return {
      value: [j, i, shade ?? -1],
      itemStyle: {
        borderColor: tone('paper'),
        borderWidth: 1,
      },
      label: {
        show: true,
        formatter: text,
        color: shade === undefined ? tone('ink') : lettersOn(shade),
        fontWeight: row?.answer === 'best' ? 'bold' : 'normal',
      },
    };
  });
  return drawn(
    {
      grid: { left: rows.name === '' ? 8 : 30, right: 16, top: 8, bottom: 28, ...CONTAINED },
      xAxis: axis({
        type: 'category',
        name: columns.name,
        nameLocation: 'middle',
        nameGap: 26,
        data: columns.values,
      }),
      yAxis: axis({
        type: 'category',
        name: rows.name,
        nameLocation: 'middle',
        nameGap: 18 + LETTER_WIDTH * Math.max(...rows.values.map((value) => value.length)),
        data: rows.values,
        inverse: true,
      }),
      visualMap: {
        type: 'piecewise',
        show: false,
        dimension: 2,
        pieces: SCALE.map((color, value) => ({ value, color })),
        outOfRange: { color: tone('paper') },
      },
      series: [{ type: 'heatmap', data, silent: true, emphasis: { disabled: true } }],
    },
    {
      id,
      height: 56 + ROW * rows.values.length,
      label: `${title}, over ${columns.name}${rows.name === '' ? '' : ` and ${rows.name}`}: from ${plain(Math.min(...known) * factor, 3)} to ${plain(Math.max(...known) * factor, 3)}.`,
    },
  );
}

function markOf(row: Row | undefined): string {
  if (row?.answer === 'best') return '★ ';
  return row?.pareto === 'yes' ? '◆ ' : '';
}
