import { plain } from '../../core/plain-number.ts';
import type { Row } from '../../measure/columns.ts';
import { axis, band, type Chart, drawn, LEGEND, lineOf } from '../chart.ts';
import { tone } from '../palette.ts';
import { nameOf, numberOf } from '../results.ts';

/** Cost of an image over the rate, for each side, with the crossovers marked. @param curve rows of crossover-curve.csv @param crossings rows of crossover.csv, both of one kind */
export function curveChart(curve: readonly Row[], crossings: readonly Row[], id: string): Chart {
  const sides = [...new Set(curve.map(nameOf))];
  const column = 'cost_usd_per_image';
  const lines = sides.map((side) =>
    curve
      .filter((row) => nameOf(row) === side)
      .map((row): [number, number | null] => [
        numberOf(row, 'rate_per_hour')!,
        numberOf(row, column) ?? null,
      ]),
  );
  const bands = sides.map((side) =>
    curve.flatMap((row): [number, number, number][] => {
      const [low, high] = [numberOf(row, `${column}_ci_low`), numberOf(row, `${column}_ci_high`)];
      if (nameOf(row) !== side || low === undefined || high === undefined || low <= 0) return [];
      return [[numberOf(row, 'rate_per_hour')!, low, high]];
    }),
  );
  const rates = crossings.flatMap((row) => numberOf(row, 'rate_per_hour') ?? []);
  const all = lines.flat().map(([rate]) => rate);
  const costs = lines.flat().flatMap(([, cost]) => (cost !== null && cost > 0 ? cost : []));
  const marks = {
    symbol: 'none',
    silent: true,
    lineStyle: { color: tone('ink'), type: 'dashed', width: 1 },
    label: { color: tone('ink'), formatter: ({ value }: { value: number }) => `${plain(value, 4)}/h` },
    data: rates.map((rate) => ({ xAxis: rate })),
  };
  const side = (name: string, k: number) => ({
    ...lineOf(name, lines[k]!, k),
    ...(k === 0 ? { markLine: marks } : {}),
  });
  return drawn(
    {
      legend: { ...LEGEND, data: sides },
      grid: { left: 64, right: 24, top: 56, bottom: 40 },
      xAxis: axis({
        type: 'log',
        name: 'requests an hour',
        nameLocation: 'middle',
        nameGap: 24,
        min: Math.min(...all),
        max: Math.max(...all),
        axisLabel: { color: tone('quiet'), formatter: (value: number) => plain(value, 4), hideOverlap: true },
      }),
      yAxis: axis({
        type: 'log',
        min: rounded(0.9 * Math.min(...costs), Math.floor),
        max: rounded(1.1 * Math.max(...costs), Math.ceil),
        axisLabel: { color: tone('quiet'), formatter: (value: number) => `$${plain(value, 2)}` },
      }),
      series: sides.flatMap((name, k) => [band(bands[k]!, k), side(name, k)]),
    },
    {
      id,
      height: 300,
      label: `Cost of an image over the rate of requests, ${sides.join(' and ')}; they cross at ${rates.map((rate) => plain(rate, 4)).join(', ') || 'no rate'}.`,
    },
  );
}

/** With one digit. */
function rounded(value: number, round: (value: number) => number): number {
  const unit = 10 ** Math.floor(Math.log10(value));
  return round(value / unit) * unit;
}
