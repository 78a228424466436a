import type { EChartsCoreOption } from 'echarts/core';
import { init, setPlatformAPI } from './echarts.ts';
import { themed, tone, toneOf } from './palette.ts';

/** A drawing, and what it shows for those who do not see it. */
export interface Chart {
  readonly svg: string;
  readonly label: string;
}

const FONT_SIZE = 12;
/** Mean width of a letter by the size of its font, and a little more: there is no browser to measure it. */
const LETTER = 0.56;

setPlatformAPI({
  measureText: (text, font) => ({
    width: text.length * LETTER * Number.parseFloat(/(\d+)px/.exec(font ?? '')?.[1] ?? `${FONT_SIZE}`),
  }),
});

/** What is drawn beside the option itself. */
interface Frame {
  /** Unique in the page. */
  readonly id: string;
  /** In units of the drawing, which scales with the page; the width is 720. */
  readonly height: number;
  /** What it shows, in a sentence. */
  readonly label: string;
}

const WIDTH = 720;

/** Draws a chart as SVG. */
export function drawn(option: EChartsCoreOption, { id, height, label }: Frame): Chart {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  chart.setOption({
    animation: false,
    textStyle: { fontFamily: 'inherit', fontSize: FONT_SIZE, color: tone('ink') },
    ...option,
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return { svg: fitted(themed(svg), id, height), label };
}

/**
 * Without a size and a ground of its own, and without what only a pointer would see. A label stands beside the drawing,
 * so readers of screens pass over it.
 */
function fitted(svg: string, id: string, height: number): string {
  return svg
    .replace(
      /<svg [^>]*>/,
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" class="chart" aria-hidden="true" focusable="false">`,
    )
    .replace(/<rect width="\d+" height="\d+" x="0" y="0" fill="none"><\/rect>/, '')
    .replace(/<style >[\s\S]*?<\/style>/g, '')
    .replace(/ (?:ecmeta_\w+|pointer-events)="[^"]*"/g, '')
    .replace(/ class="zr\d+-cls-\d+"/g, '')
    .replace(/zr\d+-/g, `${id}-`)
    .replace(/\n/g, '');
}

/** An axis in the report's tones. */
export function axis(option: object): object {
  return {
    axisLine: { lineStyle: { color: tone('line') } },
    axisTick: { lineStyle: { color: tone('line') } },
    axisLabel: { color: tone('quiet') },
    nameTextStyle: { color: tone('quiet') },
    splitLine: { lineStyle: { color: tone('line') } },
    ...option,
  };
}

/** For a grid whose margins are those of its labels. */
export const CONTAINED = { outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' };

/** A legend above the drawing. */
export const LEGEND = {
  top: 0,
  left: 0,
  itemWidth: 22,
  itemHeight: 10,
  textStyle: { color: tone('ink') },
  inactiveColor: tone('quiet'),
};

/** Dashes that tell lines apart without colour. */
const DASHES = ['solid', [7, 4], [2, 3], [9, 3, 2, 3]];

/** A line, the k-th of several. Where a value is null it is broken. */
export function lineOf(name: string, data: readonly (readonly [number, number | null])[], k: number): object {
  const color = toneOf(k);
  return {
    type: 'line',
    name,
    data,
    showSymbol: data.length < 40,
    symbolSize: 4,
    itemStyle: { color },
    lineStyle: { color, width: 2, type: DASHES[k % DASHES.length] },
    silent: true,
  };
}

/** The 95 % band of the k-th line: from the lower to the upper value at each place, rising. */
export function band(data: readonly (readonly [x: number, low: number, high: number])[], k: number): object {
  return {
    type: 'custom',
    silent: true,
    z: 1,
    data: data.length > 1 ? [data.map(([x]) => x).slice(0, 1)] : [],
    renderItem: (_: unknown, api: { coord(point: number[]): number[] }) => ({
      type: 'polygon',
      shape: {
        points: [
          ...data.map(([x, low]) => api.coord([x, low])),
          ...data.toReversed().map(([x, , high]) => api.coord([x, high])),
        ],
      },
      style: { fill: toneOf(k), opacity: 0.18 },
    }),
  };
}
