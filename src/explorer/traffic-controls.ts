import { plain } from '../core/plain-number.ts';
import { makeDistribution } from '../random/distributions/table.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { processKind } from '../workload/processes/table.ts';
import { expectedRate, isTraining, type SourceSpec } from '../workload/source.ts';
import { type Control, type ControlGroup, roundStops } from './control.ts';
import type { Change } from './link.ts';

/** Keys of a source that do not belong to its process. */
const KEPT = ['name', 'kind', 'images', 'work', 'duration', 'adapters', 'profile', 'attributes'];
/** What can be chosen in place of what is written, and the words for it. */
const PROCESSES = {
  poisson: 'Poisson',
  gamma: 'irregular gaps (gamma)',
  'on-off': 'bursts (on-off)',
  batch: 'batches',
} as const;
type Chosen = keyof typeof PROCESSES;
const MEAN_ON_S = 300;
const RATES = roundStops(1, 20_000);

/** A process as the controls know it: requests an hour, and how bursty, in the process's own measure. */
interface Flow {
  readonly process: Chosen;
  readonly rate_per_hour: number;
  /** gamma: cv of the gaps; on-off: share of the time that is on, 0 to 1; batch: requests of a batch. */
  readonly burst: number;
  readonly mean_on_s: number;
}

/** Process, rate and burstiness of each source. @param written the source's keys as they stand, an entry a source */
export function trafficControls(
  { sources, duration_us }: Scenario,
  written: readonly Readonly<Record<string, unknown>>[],
  changes: readonly Change[],
): ControlGroup[] {
  return sources.map((source, k) => ({
    title: sources.length > 1 ? `Traffic: ${source.name}` : 'Traffic',
    controls: controlsOf(source, k, duration_us, written[k]!, changes),
  }));
}

function controlsOf(
  source: SourceSpec,
  k: number,
  duration_us: number,
  written: Readonly<Record<string, unknown>>,
  changes: readonly Change[],
): Control[] {
  const path = ['traffic', String(k)];
  const isChosen = changes.some((change) => change.path.join('.') === path.join('.'));
  const rate_per_hour = expectedRate(source, duration_us) * 3600;
  /** Of a rhythm laid over it: what comes for each request of the bare process. */
  const pace = rate_per_hour / (processKind(source.process).meanRate(source.process, duration_us) * 3600);
  const flow = flowOf(source, rate_per_hour);
  const rewritten = (wanted: Partial<Flow>): Change[] => {
    const whole = { ...(flow ?? { process: 'poisson' as const, ...PLAIN, rate_per_hour }), ...wanted };
    return [
      {
        path,
        value: entryOf(written, {
          ...whole,
          rate_per_hour: (whole.rate_per_hour / pace) * source.rate_scale,
        }),
      },
    ];
  };
  const process: Control = {
    kind: 'choice',
    id: `${path.join('.')}.process`,
    label: 'arrivals',
    place: path,
    value: isChosen ? source.process.process : 'written',
    options: [
      { value: 'written', words: isChosen ? 'as written' : `as written (${source.process.process})` },
      ...Object.entries(PROCESSES).map(([value, words]) => ({ value, words })),
    ],
    set: (value) =>
      value === 'written' ? [] : rewritten({ process: value as Chosen, ...PLAIN_BURST[value as Chosen] }),
  };
  const scaled = (rate: number): Change[] => [
    {
      path: [...path, 'rate_scale'],
      value: Number(((rate / rate_per_hour) * source.rate_scale).toPrecision(6)),
    },
  ];
  const rate: Control = {
    kind: 'range',
    id: `${path.join('.')}.rate`,
    label: isTraining(source) ? 'trainings' : 'requests',
    unit: 'an hour',
    value: Number(rate_per_hour.toPrecision(4)),
    stops: RATES,
    least: 0.01,
    most: 1e6,
    set: (value) => {
      if (isChosen) return rewritten({ rate_per_hour: value });
      const hasRate =
        ['poisson', 'gamma'].includes(source.process.process) && pace === 1 && source.rate_scale === 1;
      return hasRate ? [{ path: [...path, 'rate'], value: `${plain(value, 6)}/h` }] : scaled(value);
    },
  };
  const burst = flow && BURSTS[flow.process];
  if (!flow || !burst) return [process, rate];
  return [
    process,
    rate,
    {
      kind: 'range',
      id: `${path.join('.')}.burst`,
      label: burst.label,
      unit: burst.unit,
      value: Number((flow.burst * burst.factor).toPrecision(4)),
      stops: burst.stops,
      isWhole: flow.process === 'batch',
      least: burst.stops[0]!,
      most: burst.stops.at(-1)!,
      set: (value) => rewritten({ burst: value / burst.factor }),
    },
  ];
}

const PLAIN = { burst: 1, mean_on_s: MEAN_ON_S };
/** How bursty a process is when it has just been chosen. */
const PLAIN_BURST: Readonly<Record<Chosen, Pick<Flow, 'burst' | 'mean_on_s'>>> = {
  poisson: PLAIN,
  gamma: { ...PLAIN, burst: 2 },
  'on-off': { ...PLAIN, burst: 0.25 },
  batch: { ...PLAIN, burst: 4 },
};

const BURSTS: Readonly<
  Partial<Record<Chosen, { label: string; unit: string; factor: number; stops: number[] }>>
> = {
  gamma: {
    label: 'irregularity',
    unit: 'cv of the gaps',
    factor: 1,
    stops: [0.2, 0.5, 0.8, 1, 1.5, 2, 3, 4, 6, 8],
  },
  'on-off': {
    label: 'bursts',
    unit: '% of the time',
    factor: 100,
    stops: [2, 5, 10, 15, 20, 25, 30, 40, 50, 60, 75, 90],
  },
  batch: { label: 'a batch', unit: 'requests', factor: 1, stops: [1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50] },
};

/** A source's process in the controls' terms; undefined for one that they do not know. */
function flowOf({ process }: SourceSpec, rate_per_hour: number): Flow | undefined {
  if (process.process === 'poisson') return { process: 'poisson', rate_per_hour, ...PLAIN };
  if (process.process === 'gamma') return { process: 'gamma', rate_per_hour, ...PLAIN, burst: process.cv };
  if (process.process === 'batch')
    return { process: 'batch', rate_per_hour, ...PLAIN, burst: makeDistribution(process.size).mean };
  if (process.process !== 'on-off' || process.rate_off > 0) return undefined;
  const { mean_on, mean_off } = process;
  return { process: 'on-off', rate_per_hour, burst: mean_on / (mean_on + mean_off), mean_on_s: mean_on };
}

/** A source of a scenario file: what is kept of the old one, and the process. */
function entryOf(written: Readonly<Record<string, unknown>>, flow: Flow): Record<string, unknown> {
  const kept = Object.fromEntries(Object.entries(written).filter(([key]) => KEPT.includes(key)));
  const { process, rate_per_hour, burst, mean_on_s } = flow;
  const perHour = (rate: number) => `${plain(rate, 6)}/h`;
  const own = {
    poisson: () => ({ rate: perHour(rate_per_hour) }),
    gamma: () => ({ rate: perHour(rate_per_hour), cv: burst }),
    'on-off': () => ({
      rate_on: perHour(rate_per_hour / burst),
      mean_on: `${plain(mean_on_s, 6)}s`,
      mean_off: `${plain(mean_on_s * (1 / burst - 1), 6)}s`,
    }),
    batch: () => ({ rate: perHour(rate_per_hour / Math.round(burst)), size: Math.round(burst) }),
  };
  return { ...kept, process, ...own[process]() };
}
