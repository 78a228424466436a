import { TURNED_AWAY_SHARE } from '../measure/slo.ts';
import type { Summary } from '../measure/summary.ts';
import type { PlatformSpec } from '../platforms/table.ts';
import { SLO_QUANTITIES, type Slo } from '../scenario/slo.ts';
import { meanOf, standardError } from '../stats/mean.ts';
import { studentT } from '../stats/student-t.ts';
import type { CellResult } from './cells.ts';

/** One of the platforms, with the settings that it may take; the first is as the scenario has it. */
export interface Side {
  readonly name: string;
  readonly settings: readonly PlatformSpec[];
}

/**
 * Which settings are compared: as they are written; at each rate the cheapest; at each rate the cheapest that meets the
 * SLO, which both platforms must.
 */
export const CROSSOVER_KINDS = ['fixed', 'best-setting', 'equal-slo'] as const;
export type CrossoverKind = (typeof CROSSOVER_KINDS)[number];

/** What one side costs at a rate; undefined: it cannot serve that, or not within the SLO. */
export interface Offer {
  /** Position among the settings. */
  readonly setting: number;
  readonly result: CellResult;
}

/** Both sides at a rate. */
export interface Point {
  readonly rate_per_hour: number;
  readonly offers: readonly [Offer | undefined, Offer | undefined];
}

/** @param results an entry a setting, those of the first side first */
export function pointOf(
  [first, second]: readonly [Side, Side],
  kind: CrossoverKind,
  bounds: Slo,
  rate_per_hour: number,
  results: readonly CellResult[],
): Point {
  const slo = kind === 'equal-slo' ? bounds : {};
  const offerOf = (begin: number, { settings }: Side) => {
    const some = results.slice(begin, begin + (kind === 'fixed' ? 1 : settings.length));
    return cheapest(some, slo);
  };
  return { rate_per_hour, offers: [offerOf(0, first), offerOf(first.settings.length, second)] };
}

/** The cheapest of some settings that serve their traffic, and by their values meet the SLO. */
function cheapest(results: readonly CellResult[], slo: Slo): Offer | undefined {
  let best: Offer | undefined;
  for (const [setting, result] of results.entries())
    if (isFit(result.summary, slo) && (!best || meanOf(result.costs) < meanOf(best.result.costs)))
      best = { setting, result };
  return best;
}

function isFit(summary: Summary, slo: Slo): boolean {
  if (summary.stability.status !== 'ok' || summary.turnedAway > TURNED_AWAY_SHARE) return false;
  return SLO_QUANTITIES.every((quantity) => {
    const bound_s = slo[quantity];
    if (bound_s === undefined) return true;
    const { value } = summary.estimates[`${quantity}_s`];
    return value === null || value <= bound_s;
  });
}

/** The cost an hour of the first side less that of the second, by replication; undefined if one cannot serve. */
export function differences({ offers: [a, b] }: Point): number[] | undefined {
  return a && b && a.result.costs.map((cost, r) => cost - b.result.costs[r]!);
}

/** Below 0 where the first side is cheaper by its mean, or alone can serve; 0 where neither can, or both cost the same. */
export function signOf(point: Point): number {
  const [a, b] = point.offers;
  const apart = differences(point);
  if (apart) return Math.sign(meanOf(apart));
  return a ? -1 : b ? 1 : 0;
}

/** Chance that two sides which cost the same are told apart at a rate. */
const CHANCE = 0.01;

/** The same, but 0 also where the costs cannot be told apart: within a paired t-interval of 99 %. */
export function sureSignOf(point: Point): number {
  const apart = differences(point);
  if (apart && apart.length > 1) {
    const reach = studentT(1 - CHANCE / 2, apart.length - 1) * standardError(apart);
    if (Math.abs(meanOf(apart)) <= reach) return 0;
  }
  return signOf(point);
}

/** The cheaper side, or the only one that serves; `neither`; undefined where the costs cannot be told apart. */
export function stateOf(point: Point): 0 | 1 | 'neither' | undefined {
  if (!point.offers[0] && !point.offers[1]) return 'neither';
  const sign = sureSignOf(point);
  return sign === 0 ? undefined : sign < 0 ? 0 : 1;
}

/** Images an hour at so many requests an hour, from what the runs at a point completed. */
export function imagesPerHour({ offers }: Point, requests_per_hour: number): number {
  const { row } = (offers[0] ?? offers[1])!.result.summary;
  return (requests_per_hour * Number(row.images)) / Math.max(1, Number(row.completed));
}
