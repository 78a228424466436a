import type { Slo } from '../scenario/slo.ts';
import { type Answer, answerOf } from './answer.ts';
import type { CellResult } from './cells.ts';
import type { Axis, Setting } from './grid.ts';

/** A setting that was tried. */
export interface Tried {
  readonly axes: readonly Axis[];
  readonly setting: Setting;
  readonly result: CellResult;
}

/** What was found among all settings that were tried. */
export interface Optimum {
  readonly tried: readonly Tried[];
  readonly answer: Answer;
  /** The cheapest that surely meets the SLO with a margin, which may be the best itself; undefined if there is none. */
  readonly safer: number | undefined;
}

/** One notch safer: every bound is kept with so much to spare. */
export const MARGIN = 0.1;

export function optimumOf(tried: readonly Tried[], slo: Slo): Optimum {
  const cells = tried.map(({ result }) => result);
  const answer = answerOf(cells, slo);
  const tighter = Object.fromEntries(
    Object.entries(slo).map(([quantity, bound_s]) => [quantity, bound_s * (1 - MARGIN)]),
  );
  return { tried, answer, safer: answerOf(cells, tighter).best };
}

/** The position of the setting that the second look should lie around: the best, or where none meets the SLO the fastest. */
export function anchorOf(answer: Answer): number | undefined {
  return answer.best ?? answer.pareto.at(-1);
}
