import { meanOf, standardError } from '../stats/mean.ts';
import { studentT } from '../stats/student-t.ts';
import { differences, type Point, signOf, sureSignOf } from './offers.ts';

/** A rate at which both cost the same. */
export interface Crossing {
  readonly rate_per_hour: number;
  /** 95 % interval; null for a single replication, and of a jump, which hangs on more than the costs. */
  readonly low: number | null;
  readonly high: number | null;
  /** The cheaper side below the rate, or the only one that serves; undefined: neither does. */
  readonly below: 0 | 1 | undefined;
  readonly above: 0 | 1 | undefined;
  /** At the rate, or next to it. */
  readonly point: Point;
  /** Whether costs do not meet there: one side stops to serve within the SLO, or has to take another setting. */
  readonly isJump: boolean;
}

/** What a search may ask. */
export interface Look {
  /** Both sides at some rates. */
  points(rates: readonly number[]): Promise<Point[]>;
  /** The same, with the settings that a point has. */
  likeAt(point: Point, rates: readonly number[]): Promise<Point[]>;
}

/** The search ends when the rate is known to this share, which is far below any interval. */
const CLOSE = 0.002;
const MOST_STEPS = 14;
/** The slope is taken over this share of the rate to either side. */
const SLOPE_SHARE = 0.1;

/** Narrows an interval of rates down to the crossing (regula falsi of the Illinois kind, in the logarithm of the rate). */
export async function crossing(begin: Point, end: Point, look: Look): Promise<Crossing> {
  let [left, right] = [begin, end];
  let weights: [number, number] = [1, 1];
  const sides = { below: sideOf(left), above: sideOf(right) };
  for (let step = 0; step < MOST_STEPS; step++) {
    const width = Math.log(right.rate_per_hour / left.rate_per_hour);
    if (width < CLOSE) break;
    const share = between(left, right, weights);
    const rate = Number((left.rate_per_hour * Math.exp(width * share)).toPrecision(7));
    const [middle] = await look.points([rate]);
    if (isWithinNoise(middle!)) return interval(middle!, middle!, sides, look);
    if (signOf(middle!) === signOf(left)) {
      left = middle!;
      weights = [1, weights[1] / 2];
    } else {
      right = middle!;
      weights = [weights[0] / 2, 1];
    }
  }
  return interval(left, right, sides, look);
}

/** A difference of less than this many standard errors is none: nearer the search need not come. */
const NOISE = 0.05;

function isWithinNoise(point: Point): boolean {
  const apart = differences(point);
  return apart !== undefined && Math.abs(meanOf(apart)) < NOISE * standardError(apart);
}

/** Where between two rates the difference is likely 0, as a share of their distance; the middle if it is not known. */
function between(left: Point, right: Point, [wl, wr]: readonly [number, number]): number {
  const [dl, dr] = [differences(left), differences(right)];
  if (!dl || !dr) return 0.5;
  const [a, b] = [Math.abs(meanOf(dl)) * wl, Math.abs(meanOf(dr)) * wr];
  return a + b > 0 ? Math.min(0.95, Math.max(0.05, a / (a + b))) : 0.5;
}

/**
 * The crossing within a narrow interval of rates. Its own interval is that of the difference there, over the slope of
 * the difference (delta method; Asmussen and Glynn, Stochastic Simulation, 2007, III.3).
 */
async function interval(
  left: Point,
  right: Point,
  sides: Pick<Crossing, 'below' | 'above'>,
  look: Look,
): Promise<Crossing> {
  const width = right.rate_per_hour - left.rate_per_hour;
  const apart = differences(left);
  const isJump = !apart || !differences(right) || (isOtherSetting(left, right) && areSure(left, right));
  const rate_per_hour = left.rate_per_hour + width * (isJump ? 0.5 : between(left, right, [1, 1]));
  const at = { rate_per_hour, ...sides, point: signOf(left) ? left : right, isJump };
  if (isJump) return { ...at, low: null, high: null };
  const n = apart.length;
  const rates = [rate_per_hour * (1 - SLOPE_SHARE), rate_per_hour * (1 + SLOPE_SHARE)];
  const [down, up] = (await look.likeAt(left, rates)).map(differences);
  const slope = down && up ? (meanOf(up) - meanOf(down)) / (2 * SLOPE_SHARE * rate_per_hour) : 0;
  if (n < 2 || slope === 0) return { ...at, low: null, high: null };
  const half = (studentT(0.975, n - 1) * standardError(apart)) / Math.abs(slope);
  return { ...at, low: Math.max(0, rate_per_hour - half), high: rate_per_hour + half };
}

function sideOf(point: Point): 0 | 1 | undefined {
  const sign = signOf(point);
  return sign === 0 ? undefined : sign < 0 ? 0 : 1;
}

function isOtherSetting(left: Point, right: Point): boolean {
  return left.offers.some((offer, side) => offer?.setting !== right.offers[side]?.setting);
}

/** Whether it is no chance that the cheaper side is another so near. */
function areSure(left: Point, right: Point): boolean {
  return sureSignOf(left) * sureSignOf(right) < 0;
}
