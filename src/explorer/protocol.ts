import type { Cell, Row } from '../measure/columns.ts';
import type { Scenario } from '../scenario/scenario.ts';

/** What the page shows, a part each. */
export const PARTS = ['summary', 'pool', 'curve', 'map'] as const;
export type Part = (typeof PARTS)[number];

/** What the page asks of the engine. A newer request takes the place of one that is under way. */
export interface Request {
  readonly id: number;
  /** Undefined: nothing is asked any more. */
  readonly scenario: Scenario | undefined;
  readonly parts: readonly Part[];
  /** Positions of the two platforms whose costs are compared over the rate; undefined: none can be. */
  readonly pair: readonly [number, number] | undefined;
  /** Position of the platform whose settings are tried; undefined: none has any. */
  readonly tuned: number | undefined;
  /** The hour whose containers are drawn, from 0. */
  readonly hour: number;
}

/** Results of a run: the rows of summary.csv, and what they mean. */
export interface SummaryAnswer {
  readonly kind: 'summary';
  /** Whether less was simulated than the scenario asks for, to answer at once. */
  readonly isCoarse: boolean;
  readonly rows: readonly Row[];
  readonly verdict: string;
  readonly warnings: readonly string[];
}

/** How far the whole simulation is, 0 to 1. */
export interface ProgressAnswer {
  readonly kind: 'progress';
  readonly share: number;
}

/** What the containers of a platform do in one hour, at even steps. */
export interface PoolTrack {
  readonly name: string;
  /** Containers, and requests that wait, a mean or a last value of each step. */
  readonly busy: readonly number[];
  readonly idle: readonly number[];
  readonly starting: readonly number[];
  readonly waiting: readonly number[];
}

export interface PoolAnswer {
  readonly kind: 'pool';
  readonly hour: number;
  /** Seconds from the beginning of the hour to the middle of each step. */
  readonly at_s: readonly number[];
  readonly platforms: readonly PoolTrack[];
}

/** Cost over the rate of requests, of two platforms. */
export interface CurveAnswer {
  readonly kind: 'curve';
  readonly names: readonly [string, string];
  readonly rates_per_hour: readonly number[];
  /** Cost of an image of each side and its interval at each rate; null where it does not serve. */
  readonly sides: readonly [CurveSide, CurveSide];
  readonly crossings: readonly CurveCrossing[];
  /** N* = 3600 M / R, if one side charges by the image and the other by the second. */
  readonly formula_images_per_hour: number | undefined;
}

export interface CurveSide {
  readonly value: readonly (number | null)[];
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

export interface CurveCrossing {
  readonly rate_per_hour: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly below: string;
  readonly above: string;
}

/** Cells of keep_warm x idle window, as far as they are known. */
export interface MapAnswer {
  readonly kind: 'map';
  readonly name: string;
  /** Containers kept warm, a row each, and windows in seconds, a column each. */
  readonly keepWarm: readonly number[];
  readonly windows_s: readonly number[];
  /** By row and column; rows that are not known yet are missing. */
  readonly cells: readonly (readonly MapCell[])[];
}

export interface MapCell {
  readonly cost_usd_per_hour: Cell;
  readonly latency_p95_s: Cell;
  readonly cold_request_fraction: Cell;
  readonly slo: 'met' | 'missed' | 'open';
  /** Known once all cells are. */
  readonly isBest: boolean;
}

/** What is wrong with the engine itself. */
export interface FaultAnswer {
  readonly kind: 'fault';
  readonly message: string;
}

export interface DoneAnswer {
  readonly kind: 'done';
}

export type Answer =
  | SummaryAnswer
  | ProgressAnswer
  | PoolAnswer
  | CurveAnswer
  | MapAnswer
  | FaultAnswer
  | DoneAnswer;

/** An answer, and the request that it is for. */
export interface Reply {
  readonly id: number;
  readonly answer: Answer;
}
