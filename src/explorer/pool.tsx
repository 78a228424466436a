import { useMemo } from 'preact/hooks';
import uPlot from 'uplot';
import { plain } from '../core/plain-number.ts';
import { show } from './actions.ts';
import { pool } from './answers.ts';
import { axisOf, Plot, toneNow } from './plot.tsx';
import type { PoolAnswer, PoolTrack } from './protocol.ts';
import { Section } from './section.tsx';
import { scenario, state } from './state.ts';

/** The states of a container, as they are stacked from below, with their tones. */
const STATES = [
  ['busy', 's0'],
  ['starting', 's1'],
  ['idle', 's7'],
] as const;

/** An hour of each platform's containers. */
export function PoolHour() {
  const answer = pool.value;
  if (!scenario.value) return null;
  const hours = Math.ceil(scenario.value.duration_us / 3600e6);
  return (
    <Section title="An hour of the containers" part="pool">
      <label class="inline">
        hour{' '}
        <input
          type="number"
          min={0}
          max={hours - 1}
          value={Math.min(state.value.hour, hours - 1)}
          onInput={(event) => {
            const hour = event.currentTarget.valueAsNumber;
            if (Number.isInteger(hour) && hour >= 0 && hour < hours && hour !== state.value.hour)
              show({ hour }, ['pool']);
          }}
        />{' '}
        of 0 to {hours - 1}
      </label>
      <ul class="legend">
        {STATES.map(([name, tone]) => (
          <li key={name}>
            <span class="swatch" style={{ background: `var(--${tone})` }} /> {name}
          </li>
        ))}
        <li>
          <span class="swatch line" /> requests that wait (right axis)
        </li>
      </ul>
      {answer?.platforms.map((track) => (
        <Track key={track.name} answer={answer} track={track} />
      ))}
    </Section>
  );
}

function Track({ answer, track }: { answer: PoolAnswer; track: PoolTrack }) {
  const data = useMemo(() => dataOf(answer, track), [answer, track]);
  const most = Math.max(...track.waiting);
  const mean = (values: readonly number[]) => plain(values.reduce((sum, x) => sum + x, 0) / values.length, 3);
  const label = `${track.name}, hour ${answer.hour} of the first run: on average ${mean(track.busy)} containers busy, ${mean(track.starting)} starting, ${mean(track.idle)} idle; at most ${plain(most, 4)} requests wait at the ends of the steps.`;
  return (
    <div>
      <h3>{track.name}</h3>
      <Plot options={optionsOf} data={data} height={170} label={label} />
    </div>
  );
}

/** Minutes; the stack, the highest first, so that lower ones are drawn over it; requests that wait. */
function dataOf({ at_s }: PoolAnswer, track: PoolTrack): uPlot.AlignedData {
  const stacked = STATES.map((_, upTo) =>
    track.busy.map((_, step) =>
      STATES.slice(0, upTo + 1).reduce((sum, [name]) => sum + (track[name][step] ?? 0), 0),
    ),
  ).toReversed();
  return [at_s.map((second) => second / 60), ...stacked, [...track.waiting]];
}

function optionsOf(): Omit<uPlot.Options, 'width' | 'height'> {
  const paths = uPlot.paths.stepped!({ align: 1 });
  const areas = STATES.toReversed().map(
    ([name, tone]): uPlot.Series => ({
      label: name,
      fill: toneNow(tone),
      stroke: toneNow(tone),
      width: 0,
      points: { show: false },
      paths,
    }),
  );
  return {
    scales: {
      x: { time: false, range: [0, 60] },
      y: { range: (_, __, most) => [0, Math.max(1, most * 1.1)] },
      waiting: { range: (_, __, most) => [0, Math.max(1, most * 1.1)] },
    },
    legend: { show: false },
    cursor: { show: false },
    axes: [
      { ...axisOf('minute', (value) => plain(value, 3), 40), splits: () => [0, 10, 20, 30, 40, 50, 60] },
      axisOf('containers', (value) => plain(value, 3)),
      {
        ...axisOf('requests that wait', (value) => plain(value, 3)),
        side: 1,
        scale: 'waiting',
        grid: { show: false },
      },
    ],
    series: [
      {},
      ...areas,
      {
        label: 'waiting',
        scale: 'waiting',
        stroke: toneNow('ink'),
        width: 1.5,
        points: { show: false },
        paths,
      },
    ],
  };
}
