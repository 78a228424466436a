import { plain } from '../../core/plain-number.ts';
import type { Row } from '../../measure/columns.ts';
import type { SloQuantity } from '../../scenario/slo.ts';
import { axis, band, type Chart, drawn, LEGEND, lineOf } from '../chart.ts';
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
}

export const HOURLY: readonly HourlyQuantity[] = [
  { column: 'cost_usd', title: 'Cost of each hour', unit: '$' },
  { column: 'latency_p95_s', title: 'p95 latency of each hour', unit: 's', slo: 'latency_p95' },
  { column: 'gpu_utilization', title: 'GPU utilization of each hour', unit: '%', factor: 100, most: 100 },
];

/** A line and its 95 % band for each platform. @param hourly rows of hourly.csv @param bound what the SLO allows, in the unit */
export function hourChart(
  hourly: readonly Row[],
  platforms: readonly string[],
  { column, title, unit, factor = 1, most }: HourlyQuantity,
  id: string,
  bound?: number,
): Chart {
  const points = platforms.map((name) =>
    hourly
      .filter((row) => nameOf(row) === name)
      .map((row): [number, number | null] => {
        const value = numberOf(row, column);
        return [numberOf(row, 'hour')!, value === undefined ? null : value * factor];
      }),
  );
  const bands = platforms.map((name) =>
    hourly.flatMap((row): [number, number, number][] => {
      const [low, high] = [numberOf(row, `${column}_ci_low`), numberOf(row, `${column}_ci_high`)];
      if (nameOf(row) !== name || low === undefined || high === undefined) return [];
      const above = Math.min(high * factor, most ?? Number.POSITIVE_INFINITY);
      return [[numberOf(row, 'hour')!, Math.max(0, low * factor), above]];
    }),
  );
  const [first, last] = [points[0]?.[0]?.[0] ?? 0, points[0]?.at(-1)?.[0] ?? 0];
  return drawn(
    {
      legend: { ...LEGEND, data: platforms },
      grid: { left: 56, right: 16, top: 40, bottom: 40 },
      xAxis: axis({
        type: 'value',
        name: 'hour',
        nameLocation: 'middle',
        nameGap: 24,
        min: first,
        max: last,
        minInterval: 1,
      }),
      yAxis: axis({
        type: 'value',
        min: 0,
        ...(most === undefined ? {} : { max: most }),
        axisLabel: labelled(unit),
      }),
      series: platforms.flatMap((name, k) => [
        band(bands[k]!, k),
        {
          ...lineOf(name, points[k]!, k),
          ...(k === 0 && bound !== undefined ? { markLine: sloLine(bound) } : {}),
        },
      ]),
    },
    {
      id,
      height: 240,
      label: `${title}, by platform, hours ${first} to ${last}; the table below has the totals.`,
    },
  );
}

function sloLine(bound: number): object {
  return {
    symbol: 'none',
    silent: true,
    lineStyle: { color: tone('ink'), type: 'dotted', width: 1.5 },
    label: { color: tone('ink'), formatter: 'SLO', position: 'insideEndTop' },
    data: [{ yAxis: bound }],
  };
}

/** Requests that come in each hour, over all platforms the same. */
export function trafficChart(hourly: readonly Row[], platform: string, id: string): Chart {
  const rows = hourly.filter((row) => nameOf(row) === platform);
  const counts = rows.map((row) => numberOf(row, 'requests') ?? 0);
  return drawn(
    {
      grid: { left: 56, right: 16, top: 16, bottom: 40 },
      xAxis: axis({
        type: 'category',
        name: 'hour',
        nameLocation: 'middle',
        nameGap: 24,
        data: rows.map((row) => row.hour),
      }),
      yAxis: axis({ type: 'value', min: 0 }),
      series: [
        { type: 'bar', data: counts, barCategoryGap: '15%', itemStyle: { color: tone('s7') }, silent: true },
      ],
    },
    {
      id,
      height: 170,
      label: `Requests of each hour: from ${plain(Math.min(...counts), 4)} to ${plain(Math.max(...counts), 4)}, a mean over the runs.`,
    },
  );
}

function labelled(unit: string): object {
  return {
    color: tone('quiet'),
    formatter: (value: number) => (unit === '$' ? `$${plain(value, 4)}` : `${plain(value, 4)} ${unit}`),
  };
}
