import { plain } from '../../core/plain-number.ts';
import { axis, type Chart, CONTAINED, drawn, fittedName, legendOf } from '../chart.ts';
import { tone, toneOf } from '../palette.ts';

/** What something is made up of, for each of several: a bar each. */
export interface Parts {
  readonly title: string;
  readonly unit: string;
  readonly bars: readonly string[];
  readonly parts: readonly { readonly name: string; readonly values: readonly number[] }[];
}

const BAR = 34;
/** Patterns that tell parts apart without colour: none, rising lines, dots, falling lines. */
const LINES = { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 6] };
const PATTERNS = [
  { symbol: 'none' },
  { ...LINES, rotation: -Math.PI / 4 },
  {
    symbol: 'circle',
    dashArrayX: [
      [8, 8],
      [0, 8, 8, 0],
    ],
    dashArrayY: [6, 0],
    symbolSize: 0.7,
  },
  { ...LINES, rotation: Math.PI / 4 },
];

/** Bars whose parts lie one behind the other. */
export function partsChart({ title, unit, bars, parts }: Parts, id: string): Chart {
  const totals = bars.map((_, k) => parts.reduce((sum, { values }) => sum + values[k]!, 0));
  const words = (value: number) => (unit === '$' ? `$${plain(value, 3)}` : `${plain(value, 3)} ${unit}`);
  const most = Math.max(...totals, 1e-12);
  const { legend, height } = legendOf(parts.map(({ name }) => name));
  return drawn(
    {
      legend,
      grid: { left: 8, right: 72, top: height + 12, bottom: 8, ...CONTAINED },
      xAxis: axis({
        type: 'value',
        min: 0,
        max: most,
        axisLabel: { show: false },
        splitLine: { show: false },
      }),
      yAxis: axis({
        type: 'category',
        data: bars.map(fittedName),
        inverse: true,
        axisLabel: { color: tone('ink') },
      }),
      series: parts.map(({ name, values }, k) => ({
        type: 'bar',
        name,
        stack: 'all',
        data: values.map((value) => ({
          value,
          label: {
            // A part that is too narrow has its number in the table only.
            show: value > 0.09 * most,
            formatter: words(value),
            color: tone('paper'),
          },
        })),
        barWidth: 22,
        itemStyle: {
          color: toneOf(k),
          borderColor: tone('paper'),
          borderWidth: 1,
          decal: { ...PATTERNS[k], color: 'rgba(128,128,128,0.35)' },
        },
        silent: true,
      })),
    },
    {
      id,
      height: height + 28 + BAR * bars.length,
      label: `${title}: ${bars.map((bar, k) => `${bar} ${words(totals[k]!)}`).join(', ')}. The table below has the parts.`,
    },
  );
}
