import { useMemo } from 'preact/hooks';
import type uPlot from 'uplot';
import { plain, plusMinus } from '../core/plain-number.ts';
import { axisOf, faint, Plot, toneNow } from './plot.tsx';
import type { CurveAnswer, CurveCrossing } from './protocol.ts';
import { curve, pair, pairs, show } from './store.ts';

/** Cost of an image over the rate, and where the cheaper platform changes. */
export function Curve() {
  const answer = curve.value;
  if (pairs.value.length === 0) return null;
  return (
    <section aria-labelledby="curve-title">
      <h2 id="curve-title">Cost over the rate</h2>
      {pairs.value.length > 1 && (
        <label class="inline">
          of{' '}
          <select
            value={pair.value?.join()}
            onChange={(event) => show({ pair: event.currentTarget.value.split(',') as [string, string] })}
          >
            {pairs.value.map((one) => (
              <option key={one.join()} value={one.join()}>
                {one.join(' and ')}
              </option>
            ))}
          </select>
        </label>
      )}
      {answer ? <Drawn answer={answer} /> : <p class="quiet">…</p>}
    </section>
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
  for (const [k, name] of names.entries()) {
    const values = plot.data[1 + 3 * k]!;
    const place = values.findIndex((value) => value !== null);
    if (place < 0) continue;
    ctx.fillStyle = toneNow(`s${k}`);
    const y = plot.valToPos(values[place]!, 'y', true) - 8 * ratio;
    ctx.fillText(name, bbox.left + 6 * ratio, Math.max(y, bbox.top + 26 * ratio));
  }
  ctx.restore();
}
