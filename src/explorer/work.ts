import { HOUR_US, SECOND_US } from '../core/time.ts';
import { answerOf, type Stand } from '../experiment/answer.ts';
import { type CellResult, type GroupRun, groupResults, runGroup } from '../experiment/cells.ts';
import { baseRate_per_hour, type CrossoverPlan, crossovers } from '../experiment/crossover.ts';
import { formulaOf } from '../experiment/formula.ts';
import type { Offer } from '../experiment/offers.ts';
import { expectedWork, type Replication, replicate } from '../experiment/replication.ts';
import { optionsOf, runResult } from '../experiment/run.ts';
import { verdict } from '../experiment/sentence.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Estimate } from '../stats/estimate.ts';
import { within } from './budget.ts';
import type { Answer, CurveAnswer, CurveSide, MapAnswer, MapCell, PoolTrack, Request } from './protocol.ts';

/** Requests that all pools serve for an answer at once, for each row of the map, and for each rate of the curve. */
const AT_ONCE = 15_000;
const FOR_ROW = 100_000;
const FOR_RATE = 100_000;
/** A run of more requests than these is left for the last. */
const SHORT = 5e6;
/** Length of the steps in which an hour is drawn. */
const STEP_US = 15 * SECOND_US;
const KEEP_WARM = [0, 1, 2, 3, 4, 6, 8];
const WINDOWS_S = [2, 15, 30, 60, 120, 300, 600];
/** Rates of the curve, from so many times below that of the scenario to so many above, if it names no range. */
const CURVE_RATES = 13;
const AROUND = 12;

/** What is asked, of a scenario that there is. */
export type Question = Request & { readonly scenario: Scenario };

/**
 * Answers a request, the quickest part first: a coarse summary, an hour of the containers, the summary that the
 * command line would give, the curve, the map; a long run last. Gives way between any two steps.
 */
export async function* answers(request: Question, giveWay: () => Promise<void>): AsyncGenerator<Answer> {
  const { scenario, parts } = request;
  const coarse = within(scenario, AT_ONCE);
  const isWhole =
    coarse.replications === scenario.replications && coarse.duration_us === scenario.duration_us;
  const isAsked = parts.includes('summary');
  if (isAsked && !isWhole) yield summary(coarse, await replications(coarse, giveWay), true);
  if (parts.includes('pool')) yield await pool(scenario, request.hour, giveWay);
  const isShort = expectedWork(scenario) < SHORT;
  if (isAsked && isShort) yield* whole(scenario, giveWay);
  if (parts.includes('curve') && request.pair) yield await curve(scenario, request.pair, giveWay);
  if (parts.includes('map') && request.tuned !== undefined) yield* map(scenario, request.tuned, giveWay);
  if (isAsked && !isShort) yield* whole(scenario, giveWay);
}

/** The summary that the command line would give. */
async function* whole(scenario: Scenario, giveWay: () => Promise<void>): AsyncGenerator<Answer> {
  const runs: Replication[] = [];
  for (let r = 0; r < scenario.replications; r++) {
    yield { kind: 'progress', share: r / scenario.replications };
    runs.push(await completed(replicate(scenario, r), giveWay));
  }
  yield summary(scenario, runs, false);
}

/** The value of a generator that does a little at a time. */
async function completed<Value>(
  steps: Generator<number, Value>,
  giveWay: () => Promise<void>,
): Promise<Value> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await giveWay();
  }
}

async function replications(scenario: Scenario, giveWay: () => Promise<void>): Promise<Replication[]> {
  const runs: Replication[] = [];
  for (let r = 0; r < scenario.replications; r++) runs.push(await completed(replicate(scenario, r), giveWay));
  return runs;
}

function summary(scenario: Scenario, runs: readonly Replication[], isCoarse: boolean): Answer {
  const result = runResult(scenario, runs);
  return {
    kind: 'summary',
    isCoarse,
    rows: optionsOf(result).map((option) => option.summary.row),
    verdict: verdict(result),
    warnings: result.warnings,
  };
}

/** What the containers of each platform do in an hour of the first replication: the engine itself, with short hours. */
async function pool(scenario: Scenario, asked: number, giveWay: () => Promise<void>): Promise<Answer> {
  const hour = Math.min(asked, Math.ceil(scenario.duration_us / HOUR_US) - 1);
  const end_us = Math.min(scenario.duration_us, (hour + 1) * HOUR_US);
  const begin_us = Math.min(hour * HOUR_US, Math.max(0, end_us - HOUR_US));
  const until = {
    ...scenario,
    duration_us: scenario.start === 'cycle' ? scenario.duration_us : end_us,
    plans: [],
  };
  const run = await completed(replicate(until, 0, { hour_us: STEP_US, totalsOnly: true }), giveWay);
  const [from, to] = [Math.floor(begin_us / STEP_US), Math.ceil(end_us / STEP_US)];
  const at_s = Array.from({ length: to - from }, (_, k) => ((k + 0.5) * STEP_US) / SECOND_US);
  const platforms = scenario.platforms.map(({ name }, k): PoolTrack => {
    const hours = run.hours[k]!;
    const length_us = (step: number) => Math.min(STEP_US, end_us - step * STEP_US);
    const mean = (times: Float64Array) =>
      Array.from(times.subarray(from, to), (us, step) => us / length_us(from + step));
    return {
      name,
      busy: mean(hours.busy_us),
      idle: mean(hours.idle_us),
      starting: mean(hours.starting_us),
      waiting: Array.from(hours.backlog.subarray(from, to)),
    };
  });
  return { kind: 'pool', hour, at_s, platforms };
}

async function cells(scenario: Scenario, giveWay: () => Promise<void>): Promise<CellResult[]> {
  const runs: GroupRun[] = [];
  for (let r = 0; r < scenario.replications; r++) runs.push(await completed(runGroup(scenario, r), giveWay));
  return groupResults(scenario, runs);
}

/** Cost over the rate, of two platforms at their settings. */
async function curve(
  scenario: Scenario,
  [a, b]: readonly [number, number],
  giveWay: () => Promise<void>,
): Promise<CurveAnswer> {
  const [first, second] = [scenario.platforms[a]!, scenario.platforms[b]!];
  const sides = [first, second].map((platform) => ({ name: platform.name, settings: [platform] }));
  const base = baseRate_per_hour(scenario, first.sources);
  const plan: CrossoverPlan = {
    scenario,
    sides: sides as never,
    source: undefined,
    from_per_hour: (scenario.crossover?.from ?? base / AROUND / 3600) * 3600,
    to_per_hour: (scenario.crossover?.to ?? (base * AROUND) / 3600) * 3600,
    points: CURVE_RATES,
  };
  const evaluate = async (all: readonly Scenario[]) => {
    const found: CellResult[][] = [];
    for (const one of all) found.push(await cells(within(one, FOR_RATE), giveWay));
    return found;
  };
  const [found] = await crossovers(plan, ['fixed'], evaluate);
  const { curve: points, crossings } = found!;
  const names: [string, string] = [first.name, second.name];
  return {
    kind: 'curve',
    names,
    rates_per_hour: points.map(({ rate_per_hour }) => rate_per_hour),
    sides: [
      curveSide(points.map(({ offers }) => offers[0])),
      curveSide(points.map(({ offers }) => offers[1])),
    ],
    crossings: crossings.map(({ rate_per_hour, low, high, below, above }) => ({
      rate_per_hour,
      low,
      high,
      below: below === undefined ? 'neither' : names[below],
      above: above === undefined ? 'neither' : names[above],
    })),
    formula_images_per_hour: formulaOf([first, second])?.images_per_hour,
  };
}

function curveSide(offers: readonly (Offer | undefined)[]): CurveSide {
  const of = (pick: (estimate: Estimate) => number | null) =>
    offers.map((offer) => (offer ? pick(offer.result.summary.estimates.cost_usd_per_image) : null));
  return { value: of(({ value }) => value), low: of(({ low }) => low), high: of(({ high }) => high) };
}

/** The map, row by row; the best cell is known with the last one. */
async function* map(
  scenario: Scenario,
  tuned: number,
  giveWay: () => Promise<void>,
): AsyncGenerator<MapAnswer> {
  const platform = scenario.platforms[tuned]!;
  const { keep_warm, idle_window, max_containers } = platform.policy;
  const keepWarm = sorted([...KEEP_WARM, ...keep_warm.map(({ containers }) => containers)]).filter(
    (containers) => containers <= max_containers,
  );
  const own = idle_window.distribution === 'constant' ? [idle_window.value] : [];
  const windows_s = sorted([...WINDOWS_S, ...own.filter(Number.isFinite)]);
  const results: CellResult[] = [];
  const rows: CellResult[][] = [];
  for (const containers of keepWarm) {
    const settings = windows_s.map((value) => ({
      ...platform,
      policy: {
        ...platform.policy,
        keep_warm: [{ at_s: 0, containers }],
        idle_window: { distribution: 'constant' as const, value },
      },
    }));
    const row = await cells(within({ ...scenario, platforms: settings, plans: [] }, FOR_ROW), giveWay);
    rows.push(row);
    results.push(...row);
    const { stands, best } = answerOf(results, scenario.slo);
    const isLast = rows.length === keepWarm.length;
    yield {
      kind: 'map',
      name: platform.name,
      keepWarm,
      windows_s,
      cells: rows.map((line, i) =>
        line.map((cell, j) => {
          const place = i * windows_s.length + j;
          return mapCell(cell, stands[place]!, isLast && place === best);
        }),
      ),
    };
  }
}

function sorted(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

function mapCell({ summary: { row } }: CellResult, slo: Stand, isBest: boolean): MapCell {
  const { cost_usd_per_hour, latency_p95_s, cold_request_fraction } = row;
  return {
    cost_usd_per_hour: cost_usd_per_hour!,
    latency_p95_s: latency_p95_s!,
    cold_request_fraction: cold_request_fraction!,
    slo,
    isBest,
  };
}
