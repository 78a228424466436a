/** Tells how often 95 % intervals hold what they should: ten models, a thousand runs each with a seed of its own. */
import { completed } from '../src/core/completed.ts';
import { groupResults, runGroup } from '../src/experiment/cells.ts';
import { ScenarioReader } from '../src/scenario/read.ts';
import type { Estimate } from '../src/stats/estimate.ts';

/** What intervals are told of, in the words of summary.csv. */
export const COVERED = [
  'cost_usd_per_hour',
  'cost_usd_per_image',
  'latency_mean_s',
  'latency_p95_s',
  'gpu_utilization',
] as const;
export type Covered = (typeof COVERED)[number];

export interface Model {
  readonly name: string;
  readonly text: string;
}

const scenario = (traffic: string, platform: string, more = 'duration: 24h'): string => `name: coverage
${more}
replications: 10
seed: SEED
prices: article-2026-04
model: flux-dev
traffic:
  - { name: images, ${traffic} }
platforms:
  pool: { ${platform} }
`;
const MODAL = 'kind: modal, gpu: A100-80GB, max_containers: 10';

/** Ten models of at most 20,000 requests a replication. */
export const MODELS: readonly Model[] = [
  {
    name: 'Poisson, one container kept warm',
    text: scenario('process: poisson, rate: 83/h', `${MODAL}, keep_warm: 1`),
  },
  {
    name: 'Poisson, none kept warm',
    text: scenario('process: poisson, rate: 83/h', `${MODAL}, container_idle_timeout: 60s`),
  },
  {
    name: 'a thousand an hour',
    text: scenario(
      'process: poisson, rate: 1000/h',
      `${MODAL}, keep_warm: 2, container_idle_timeout: 20s`,
      'duration: 6h',
    ),
  },
  {
    name: 'bursts of five minutes',
    text: scenario('process: on-off, rate_on: 8/min, mean_on: 5m, mean_off: 25m', `${MODAL}, keep_warm: 1`),
  },
  { name: 'gamma gaps, cv 3', text: scenario('process: gamma, rate: 83/h, cv: 3', MODAL) },
  {
    name: 'log-normal sizes, cv 1',
    text: scenario(
      'process: poisson, rate: 200/h, work: { distribution: lognormal, cv: 1 }',
      `${MODAL}, keep_warm: 1`,
    ),
  },
  {
    name: 'one machine, load 0.8',
    text: scenario(
      'process: poisson, rate: 480/h, work: { distribution: exponential }',
      'kind: dedicated, machines: 1, usd_per_hour: 2, seconds_per_image: 6',
    ),
  },
  {
    name: 'a short queue, some rejected',
    text: scenario(
      'process: poisson, rate: 600/h',
      'kind: modal, gpu: A100-80GB, max_containers: 2, queue_limit: 2',
    ),
  },
  {
    name: 'Hawkes, branching 0.6',
    text: scenario('process: hawkes, base_rate: 40/h, branching: 0.6, decay: 60s', `${MODAL}, keep_warm: 1`),
  },
  {
    name: 'a day’s rhythm, from a first pass',
    text: scenario(
      'process: diurnal, rate: 120/h, amplitude: 0.8',
      `${MODAL}, keep_warm: {"00:00": 0, "08:00": 2}`,
      'duration: 24h\nstart: cycle',
    ),
  },
];

/** A percentile of many values is known to this share only; where half of all runs have a p95 of exactly 14 s, it counts. */
const SKETCH = 0.001;

export interface Coverage {
  readonly model: string;
  /** Mean requests of a replication. */
  readonly requests: number;
  /** Share of the runs whose interval holds the mean over all runs. */
  readonly held: Readonly<Record<Covered, number>>;
}

/** @param runs so many runs, each of ten replications and with a seed of its own */
export function coverageOf({ name, text }: Model, runs: number): Coverage {
  const found: Record<Covered, Estimate>[] = [];
  let requests = 0;
  for (let seed = 0; seed < runs; seed++) {
    const { scenario } = ScenarioReader.of(text.replace('SEED', String(seed)), name).finish();
    const replications = Array.from({ length: scenario.replications }, (_, replication) =>
      completed(runGroup(scenario, replication)),
    );
    const [cell] = groupResults(scenario, replications);
    found.push(cell!.summary.estimates);
    requests += Number(cell!.summary.row.requests) / scenario.replications / runs;
  }
  const held = Object.fromEntries(
    COVERED.map((quantity) => {
      const estimates = found.map((one) => one[quantity]);
      const mean = estimates.reduce((sum, { value }) => sum + value!, 0) / runs;
      const slack = quantity === 'latency_p95_s' ? SKETCH : 0;
      const count = estimates.filter(
        ({ low, high }) => low! <= mean * (1 + slack) && mean * (1 - slack) <= high!,
      ).length;
      return [quantity, count / runs];
    }),
  ) as Record<Covered, number>;
  return { model: name, requests, held };
}
