import type { EChartsCoreOption } from 'echarts/core';
import { init, setPlatformAPI } from './echarts.ts';
import { themed, tone, toneOf } from './palette.ts';

/** A drawing, and what it shows for those who do not see it. */
export interface Chart {
  readonly svg: string;
  readonly label: string;
}

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
const FONT_SIZE = 12;
/** Mean width of a letter by the size of its font, and a little more: there is no browser to measure it. */
const LETTER = 0.6;

setPlatformAPI({
  measureText: (text, font) => ({
    width: text.length * LETTER * Number.parseFloat(/(\d+)px/.exec(font ?? '')?.[1] ?? `${FONT_SIZE}`),
  }),
});

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

const LONGEST_NAME = 26;
/** Width of a legend's entry beside its letters, and height of a row. */
const ENTRY = 40;
const ROW = 22;

/** A name that fits: names that are alike at their beginnings often differ at their ends. */
export function fittedName(name: string): string {
  const half = (LONGEST_NAME - 1) / 2;
  return name.length <= LONGEST_NAME ? name : `${name.slice(0, half)}…${name.slice(-half)}`;
}

/** A legend above the drawing, and the height that it takes. */
export function legendOf(names: readonly string[]): { legend: object; height: number } {
  let rows = 1;
  let used = 0;
  for (const name of names) {
    const width = ENTRY + fittedName(name).length * LETTER * FONT_SIZE;
    if (used > 0 && used + width > WIDTH) {
      rows++;
      used = 0;
    }
    used += width;
  }
  const legend = {
    top: 0,
    left: 0,
    itemWidth: 26,
    itemHeight: 10,
    data: [...names],
    formatter: fittedName,
    textStyle: { color: tone('ink') },
    inactiveColor: tone('quiet'),
  };
  return { legend, height: ROW * rows };
}

/** A place, a value and its interval; null where there is none. */
export interface Point {
  readonly x: number;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** Dashes and marks that tell lines apart without colour: no two of eight have both alike. */
const DASHES = ['solid', [7, 4], [2, 3], [9, 3, 2, 3]];
const MARKS = ['circle', 'triangle'];

/** A line and its 95 % band, the k-th of several. Where there is no value both are broken. */
export function linesOf(name: string, points: readonly Point[], k: number): object[] {
  const color = toneOf(k);
  const line = {
    type: 'line',
    name,
    data: points.map(({ x, value }) => [x, value]),
    symbol: MARKS[Math.floor(k / DASHES.length) % MARKS.length],
    showSymbol: points.length < 40 || k >= DASHES.length,
    symbolSize: k < DASHES.length ? 4 : 7,
    itemStyle: { color },
    lineStyle: { color, width: 2, type: DASHES[k % DASHES.length] },
    silent: true,
  };
  const stretches = stretchesOf(points);
  const band = {
    type: 'custom',
    silent: true,
    clip: true,
    z: 1,
    data: stretches.map(([first]) => [first!.x, first!.low]),
    renderItem: ({ dataIndex }: { dataIndex: number }, api: { coord(point: number[]): number[] }) => ({
      type: 'polygon',
      shape: {
        points: [
          ...stretches[dataIndex]!.map(({ x, low }) => api.coord([x, low!])),
          ...stretches[dataIndex]!.toReversed().map(({ x, high }) => api.coord([x, high!])),
        ],
      },
      style: { fill: color, opacity: 0.18 },
    }),
  };
  return [band, line];
}

/** Neighbours that have an interval, of two or more. */
function stretchesOf(points: readonly Point[]): Point[][] {
  const stretches: Point[][] = [[]];
  for (const point of points) {
    if (point.low === null || point.high === null) stretches.push([]);
    else stretches.at(-1)!.push(point);
  }
  return stretches.filter((stretch) => stretch.length > 1);
}
