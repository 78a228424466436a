import { useMemo } from 'preact/hooks';
import type uPlot from 'uplot';
import { plain, plusMinus } from '../core/plain-number.ts';
import { show } from './actions.ts';
import { curve } from './answers.ts';
import { axisOf, faint, Plot, toneNow } from './plot.tsx';
import type { CurveAnswer, CurveCrossing } from './protocol.ts';
import { Section, Select } from './section.tsx';
import { pair, rivalsOf, scenario } from './state.ts';

/** Cost of an image over the rate, and where the cheaper platform changes. */
export function Curve() {
  const answer = curve.value;
  const now = pair.value;
  if (!now) return null;
  const names = (scenario.value?.platforms ?? [])
    .map(({ name }) => name)
    .filter((name) => rivalsOf(name).length > 0);
  const choose = (a: string, b: string | undefined) => {
    const other = b !== undefined && rivalsOf(a).includes(b) ? b : rivalsOf(a)[0]!;
    show({ pair: [a, other] }, ['curve']);
  };
  return (
    <Section title="Cost over the rate" part="curve">
      {names.length > 2 && (
        <div class="row">
          <Select label="of" value={now[0]} options={names} onChoose={(a) => choose(a, now[1])} />
          <Select label="and" value={now[1]} options={rivalsOf(now[0])} onChoose={(b) => choose(now[0], b)} />
        </div>
      )}
      {answer ? <Drawn answer={answer} /> : <p class="quiet">…</p>}
    </Section>
  );
}

function Drawn({ answer }: { answer: CurveAnswer }) {
  const { names, crossings, formula_images_per_hour } = answer;
  const words = crossings.map((one) => crossingWords(one));
  const data = useMemo(() => dataOf(answer), [answer]);
  const options = useMemo(() => () => optionsOf(answer), [answer]);
  const none = crossings.length === 0 ? `No crossover of ${names[0]} and ${names[1]} in this range.` : '';
  return (
    <>
      <p>{[none, ...words].filter(Boolean).join(' ')}</p>
      <Plot
        options={options}
        data={data}
        height={280}
        label={`Cost of an image over requests an hour. ${none}${words.join(' ')}`}
      />
      <p class="quiet small">
        Both scales are logarithmic; bands and ± are 95 % intervals, of a shorter simulation at each rate.
        {formula_images_per_hour !== undefined &&
          ` By arithmetic, without queue and idle time: ${plain(formula_images_per_hour, 4)} images an hour.`}
      </p>
    </>
  );
}

function crossingWords({ rate_per_hour, high, below, above }: CurveCrossing): string {
  const rate =
    high === null
      ? `about ${plain(rate_per_hour, 3)}`
      : plusMinus(rate_per_hour, high - rate_per_hour).join(' ± ');
  if (above === 'neither') return `${below} serves up to ${rate} requests an hour; beyond, neither does.`;
  if (below === 'neither') return `From ${rate} requests an hour on ${above} serves; before, neither does.`;
  return `${below} is cheaper below ${rate} requests an hour, ${above} above.`;
}

function dataOf({ rates_per_hour, sides }: CurveAnswer): uPlot.AlignedData {
  return [[...rates_per_hour], ...sides.flatMap(({ value, low, high }) => [[...value], [...low], [...high]])];
}

function optionsOf({ names, crossings }: CurveAnswer): Omit<uPlot.Options, 'width' | 'height'> {
  const money = (value: number) => `$${plain(value, 2)}`;
  const series = names.flatMap((name, k): uPlot.Series[] => {
    const stroke = toneNow(`s${k}`);
    const edge = { stroke: 'transparent', points: { show: false }, label: `${name}, 95 %` };
    return [
      { label: name, stroke, width: 2, dash: k === 0 ? [] : [7, 4], points: { show: true, size: 5 } },
      edge,
      edge,
    ];
  });
  return {
    scales: { x: { time: false, distr: 3 }, y: { distr: 3 } },
    legend: { show: false },
    cursor: { show: false },
    axes: [axisOf('requests an hour', (value) => plain(value, 3), 40), axisOf('$ an image', money, 64)],
    series: [{}, ...series],
    bands: [
      { series: [3, 2], fill: faint(toneNow('s0')) },
      { series: [6, 5], fill: faint(toneNow('s1')) },
    ],
    hooks: { draw: [(plot) => drawMarks(plot, names, crossings)] },
  };
}

/** Names of the lines at their ends, and a line at each crossover. */
function drawMarks(plot: uPlot, names: readonly string[], crossings: readonly CurveCrossing[]): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.font = `${12 * ratio}px system-ui, sans-serif`;
  ctx.strokeStyle = ctx.fillStyle = toneNow('ink');
  ctx.lineWidth = ratio;
  ctx.setLineDash([4 * ratio, 3 * ratio]);
  ctx.textAlign = 'left';
  for (const { rate_per_hour } of crossings) {
    const x = plot.valToPos(rate_per_hour, 'x', true);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.fillText(`${plain(rate_per_hour, 3)}/h`, x + 4 * ratio, bbox.top + 12 * ratio);
  }
  ctx.textAlign = 'right';
  ctx.setLineDash([]);
  ctx.lineWidth = 4 * ratio;
  ctx.strokeStyle = toneNow('paper');
  for (const [k, name] of names.entries()) {
    const values = plot.data[1 + 3 * k]!;
    const place = values.findLastIndex((value) => value !== null);
    if (place < 0) continue;
    const isHigher = (plot.data[1 + 3 * (1 - k)]![place] ?? 0) < values[place]!;
    const x = plot.valToPos(plot.data[0][place]!, 'x', true) - 8 * ratio;
    const y = plot.valToPos(values[place]!, 'y', true) + (isHigher ? -12 : 20) * ratio;
    ctx.fillStyle = toneNow(`s${k}`);
    ctx.strokeText(name, x, y);
    ctx.fillText(name, x, y);
  }
  ctx.restore();
}
