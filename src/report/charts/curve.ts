import { plain } from '../../core/plain-number.ts';
import type { Row } from '../../measure/columns.ts';
import { axis, type Chart, drawn, legendOf, linesOf, type Point } from '../chart.ts';
import { tone } from '../palette.ts';
import { nameOf, numberOf } from '../results.ts';

const COST = 'cost_usd_per_image';

/**
 * Cost of an image over the rate, for each side, with the crossovers marked.
 * @param curve rows of crossover-curve.csv
 * @param crossings rows of crossover.csv, both of one kind
 */
export function curveChart(curve: readonly Row[], crossings: readonly Row[], id: string): Chart {
  const sides = [...new Set(curve.map(nameOf))];
  const points = sides.map((side) =>
    curve
      .filter((row) => nameOf(row) === side)
      .map((row): Point => {
        const of = (name: string) => {
          const value = numberOf(row, name);
          return value === undefined || value <= 0 ? null : value;
        };
        return {
          x: numberOf(row, 'rate_per_hour')!,
          value: of(COST),
          low: of(`${COST}_ci_low`),
          high: of(`${COST}_ci_high`),
        };
      }),
  );
  const rates = crossings.flatMap((row) => numberOf(row, 'rate_per_hour') ?? []);
  const all = points.flat();
  const costs = all.flatMap(({ value }) => value ?? []);
  const [least, most] = [0.9 * Math.min(...costs), 1.1 * Math.max(...costs)];
  const [from, to] = [Math.min(...all.map(({ x }) => x)), Math.max(...all.map(({ x }) => x))];
  const { legend, height } = legendOf(sides);
  const series = sides.flatMap((name, k) => linesOf(name, points[k]!, k));
  if (series.length > 0) Object.assign(series[1]!, { markLine: marksAt(rates) });
  return drawn(
    {
      legend,
      grid: { left: 64, right: 24, top: height + 30, bottom: 40 },
      xAxis: axis({
        type: 'log',
        name: 'requests an hour',
        nameLocation: 'middle',
        nameGap: 24,
        min: from,
        max: to,
        ...ticks(from, to, (value) => plain(value, 4)),
      }),
      yAxis: axis({
        type: 'log',
        min: least,
        max: most,
        ...ticks(least, most, (value) => `$${plain(value, 2)}`),
      }),
      series,
    },
    {
      id,
      height: 290,
      label: `Cost of an image over the rate of requests, ${sides.join(' and ')}; they cross at ${rates.map((rate) => plain(rate, 4)).join(', ') || 'no rate'}.`,
    },
  );
}

function marksAt(rates: readonly number[]): object {
  return {
    symbol: 'none',
    silent: true,
    lineStyle: { color: tone('ink'), type: 'dashed', width: 1 },
    label: {
      color: tone('ink'),
      formatter: ({ value }: { value: number }) => `${plain(value, 4)}/h`,
    },
    data: rates.map((rate) => ({ xAxis: rate })),
  };
}

/** Ones, twos and fives between two ends of a logarithmic scale. */
function ticks(from: number, to: number, words: (value: number) => string): object {
  const values: number[] = [];
  for (let power = Math.floor(Math.log10(from)); power <= Math.ceil(Math.log10(to)); power++)
    for (const digit of [1, 2, 5]) {
      const value = Number((digit * 10 ** power).toPrecision(1));
      if (value >= from && value <= to) values.push(value);
    }
  return {
    axisTick: { customValues: values, lineStyle: { color: tone('line') } },
    axisLabel: { customValues: values, color: tone('quiet'), formatter: words, hideOverlap: true },
    splitLine: { show: false },
  };
}
