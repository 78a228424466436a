import type { Scenario } from '../scenario/scenario.ts';
import { expectedRate } from '../workload/source.ts';
import type { CellResult } from './cells.ts';
import { type Crossing, crossing, type Look } from './crossing.ts';
import { type CrossoverKind, type Offer, type Point, pointOf, type Side, stateOf } from './offers.ts';

/** Two platforms whose costs are compared over a range of rates. */
export interface CrossoverPlan {
  readonly scenario: Scenario;
  readonly sides: readonly [Side, Side];
  /** Position of the source whose rate is varied; undefined: all of them together. */
  readonly source: number | undefined;
  /** Requests an hour of what is varied. */
  readonly from_per_hour: number;
  readonly to_per_hour: number;
  /** Rates that are looked at before the search, evenly spread in their logarithm; default CURVE_POINTS. */
  readonly points?: number;
}

/** Runs both sides with all their settings at each rate; an entry a setting, those of the first side first. */
export type Evaluate = (scenarios: readonly Scenario[]) => Promise<CellResult[][]>;

/** What was found of one kind. */
export interface Crossover {
  readonly kind: CrossoverKind;
  readonly crossings: readonly Crossing[];
  /** Rising in rate, over the whole range. */
  readonly curve: readonly Point[];
}

const CURVE_POINTS = 17;
/** The scenario at a rate: every setting of both sides, under their own names. */
export function scenarioAt(plan: CrossoverPlan, rate_per_hour: number): Scenario {
  const { scenario, sides } = plan;
  const varied = variedSources(plan);
  const scale = rate_per_hour / baseRate_per_hour(scenario, varied);
  const sources = scenario.sources.map((one, k) =>
    varied.includes(k) ? { ...one, rate_scale: one.rate_scale * scale } : one,
  );
  return { ...scenario, sources, platforms: sides.flatMap(({ settings }) => settings), plans: [] };
}

/** Positions of the sources whose rate is varied: one, or all that the sides serve. */
export function variedSources({ sides, source }: Pick<CrossoverPlan, 'sides' | 'source'>): readonly number[] {
  return source === undefined ? sides[0].settings[0]!.sources : [source];
}

/** Requests an hour that a scenario asks for, of some sources. */
export function baseRate_per_hour({ sources, duration_us }: Scenario, some: readonly number[]): number {
  return some.reduce((sum, k) => sum + expectedRate(sources[k]!, duration_us) * 3600, 0);
}

/** Requests an hour of all sources that the sides serve, where those that are varied come at a rate. */
export function allRequests_per_hour(plan: CrossoverPlan, rate_per_hour: number): number {
  const varied = variedSources(plan);
  const others = plan.sides[0].settings[0]!.sources.filter((k) => !varied.includes(k));
  return rate_per_hour + baseRate_per_hour(plan.scenario, others);
}

/** Finds where the cheaper side changes, for each kind. All kinds and all rates share their random numbers. */
export async function crossovers(
  plan: CrossoverPlan,
  kinds: readonly CrossoverKind[],
  evaluate: Evaluate,
): Promise<Crossover[]> {
  const known = new Map<number, CellResult[]>();
  const at = async (rates: readonly number[]) => {
    const missing = rates.filter((rate) => !known.has(rate));
    const results = await evaluate(missing.map((rate) => scenarioAt(plan, rate)));
    for (const [i, rate] of missing.entries()) known.set(rate, results[i]!);
    return rates.map((rate) => known.get(rate)!);
  };
  const found: Crossover[] = [];
  for (const kind of kinds) {
    const points = async (rates: readonly number[]) =>
      (await at(rates)).map((results, i) => pointOf(plan.sides, kind, plan.scenario.slo, rates[i]!, results));
    const likeAt: Look['likeAt'] = async (point, rates) =>
      (await at(rates)).map((results, i) => likePoint(plan, point, rates[i]!, results));
    const curve = await points(curveRates(plan));
    const crossings: Crossing[] = [];
    // Where the costs cannot be told apart the next rates decide.
    const sure = curve.filter((point) => stateOf(point) !== undefined);
    for (const [i, right] of sure.entries()) {
      const left = sure[i - 1];
      if (left && stateOf(left) !== stateOf(right))
        crossings.push(await crossing(left, right, { points, likeAt }));
    }
    found.push({ kind, crossings, curve });
  }
  return found;
}

/** Both sides at a rate, with the settings that they have at another. */
function likePoint(
  { sides }: CrossoverPlan,
  { offers }: Point,
  rate_per_hour: number,
  results: readonly CellResult[],
): Point {
  const like = (side: 0 | 1): Offer | undefined => {
    const setting = offers[side]?.setting;
    const begin = side === 0 ? 0 : sides[0].settings.length;
    return setting === undefined ? undefined : { setting, result: results[begin + setting]! };
  };
  return { rate_per_hour, offers: [like(0), like(1)] };
}

function curveRates({ from_per_hour, to_per_hour, points = CURVE_POINTS }: CrossoverPlan): number[] {
  return Array.from({ length: points }, (_, k) =>
    Number((from_per_hour * (to_per_hour / from_per_hour) ** (k / (points - 1))).toPrecision(6)),
  );
}
