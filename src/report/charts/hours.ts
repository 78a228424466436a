import { plain } from '../../core/plain-number.ts';
import type { Row } from '../../measure/columns.ts';
import type { SloQuantity } from '../../scenario/slo.ts';
import { axis, type Chart, drawn, legendOf, linesOf, type Point } from '../chart.ts';
import { tone } from '../palette.ts';
import { nameOf, numberOf } from '../results.ts';

/** A quantity of hourly.csv. */
export interface HourlyQuantity {
  readonly column: string;
  readonly title: string;
  readonly unit: string;
  /** From the column to the unit. */
  readonly factor?: number;
  /** The most that it can be, in the unit. */
  readonly most?: number;
  /** The bound of the SLO on it. */
  readonly slo?: SloQuantity;
  /** Whether it is a total of the hour, of which a shorter one has less. */
  readonly isTotal?: boolean;
}

export const HOURLY: readonly HourlyQuantity[] = [
  { column: 'cost_usd', title: 'Cost, $ an hour', unit: '$', isTotal: true },
  { column: 'latency_p95_s', title: 'p95 latency', unit: 's', slo: 'latency_p95' },
  { column: 'gpu_utilization', title: 'GPU utilization', unit: '%', factor: 100, most: 100 },
];

/** The rows of some platforms, and how long the run was. */
export interface Hours {
  readonly rows: readonly Row[];
  readonly platforms: readonly string[];
  readonly duration_s: number;
}

/** Bands that reach this many times beyond the lines are cut. */
const BAND = 1.6;
/** A bound that lies farther above the lines than this many times is not drawn but said. */
const FAR = 2;

/** What is drawn of a quantity, and what had to be left out. */
export interface HourChart {
  readonly chart: Chart;
  readonly note: string;
}

/** A line and its 95 % band for each platform. @param bound what the SLO allows, in the unit */
export function hourChart(
  { rows, platforms, duration_s }: Hours,
  { column, title, unit, factor = 1, most, isTotal }: HourlyQuantity,
  id: string,
  bound?: number,
): HourChart {
  const scale = (hour: number) => factor * (isTotal ? 3600 / Math.min(3600, duration_s - 3600 * hour) : 1);
  const points = platforms.map((name) =>
    rows
      .filter((row) => nameOf(row) === name)
      .map((row): Point => {
        const hour = numberOf(row, 'hour')!;
        const of = (cell: string) => {
          const value = numberOf(row, cell);
          return value === undefined ? null : Math.max(0, value * scale(hour));
        };
        return { x: hour, value: of(column), low: of(`${column}_ci_low`), high: of(`${column}_ci_high`) };
      }),
  );
  const values = points.flat().flatMap(({ value }) => value ?? []);
  const bands = points.flat().flatMap(({ high }) => high ?? []);
  const highest = Math.max(0, ...values);
  const isFar = bound !== undefined && bound > FAR * highest;
  const top = Math.max(
    Math.min(Math.max(highest, ...bands), BAND * highest),
    isFar ? 0 : 1.05 * (bound ?? 0),
  );
  const last = points[0]?.at(-1)?.x ?? 0;
  const { legend, height } = legendOf(platforms);
  const series = platforms.flatMap((name, k) => linesOf(name, points[k]!, k));
  if (bound !== undefined && !isFar && series.length > 0)
    Object.assign(series[1]!, { markLine: sloLine(bound) });
  const chart = drawn(
    {
      legend,
      grid: { left: 60, right: 16, top: height + 14, bottom: 40 },
      xAxis: axis({
        type: 'value',
        name: 'hour',
        nameLocation: 'middle',
        nameGap: 24,
        min: 0,
        max: last,
        minInterval: 1,
      }),
      yAxis: axis({ type: 'value', min: 0, max: most ?? (top > 0 ? top : 1), axisLabel: labelled(unit) }),
      series,
    },
    {
      id,
      height: 210 + height,
      label: `${title} by platform, hours 0 to ${last}: ${platforms.map((name, k) => rangeWords(name, points[k]!, unit)).join('; ')}.`,
    },
  );
  const note = [
    isFar ? `The SLO, ${plain(bound, 4)} ${unit}, lies above the drawing.` : '',
    most === undefined && Math.max(0, ...bands) > top ? 'Bands that reach higher are cut.' : '',
  ];
  return { chart, note: note.filter((part) => part !== '').join(' ') };
}

function rangeWords(name: string, points: readonly Point[], unit: string): string {
  const values = points.flatMap(({ value }) => value ?? []);
  if (values.length === 0) return `${name} has no value`;
  return `${name} ${plain(Math.min(...values), 3)} to ${plain(Math.max(...values), 3)} ${unit}`;
}

function sloLine(bound: number): object {
  return {
    symbol: 'none',
    silent: true,
    lineStyle: { color: tone('ink'), type: 'dotted', width: 1.5 },
    label: { color: tone('ink'), formatter: `SLO ${plain(bound, 4)} s`, position: 'insideEndTop' },
    data: [{ yAxis: bound }],
  };
}

/** Requests that come to a platform in each hour. */
export function trafficChart({ rows, duration_s }: Hours, platform: string, id: string): Chart {
  const own = rows.filter((row) => nameOf(row) === platform);
  const counts = own.map((row) => {
    const length_s = Math.min(3600, duration_s - 3600 * numberOf(row, 'hour')!);
    return ((numberOf(row, 'requests') ?? 0) * 3600) / length_s;
  });
  return drawn(
    {
      grid: { left: 60, right: 16, top: 16, bottom: 40 },
      xAxis: axis({
        type: 'category',
        name: 'hour',
        nameLocation: 'middle',
        nameGap: 24,
        data: own.map((row) => row.hour),
      }),
      yAxis: axis({ type: 'value', min: 0 }),
      series: [
        {
          type: 'bar',
          data: counts,
          barCategoryGap: '15%',
          barMaxWidth: 60,
          itemStyle: { color: tone('s7') },
          silent: true,
        },
      ],
    },
    {
      id,
      height: 170,
      label: `Requests an hour: from ${plain(Math.min(...counts), 4)} to ${plain(Math.max(...counts), 4)}.`,
    },
  );
}

function labelled(unit: string): object {
  return {
    color: tone('quiet'),
    showMaxLabel: false,
    formatter: (value: number) => (unit === '$' ? `$${plain(value, 4)}` : `${plain(value, 4)} ${unit}`),
  };
}
