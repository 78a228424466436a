import type { Slo } from '../scenario/slo.ts';
import { type Answer, answerOf } from './answer.ts';
import { ASSUMPTIONS, type Assumption } from './assumptions.ts';
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
  /** The cheapest that surely meets the SLO with a margin; undefined if there is none. */
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
  const safer = answerOf(cells, tighter).best;
  return { tried, answer, safer: safer === answer.best ? undefined : safer };
}

/** The position of the setting that the second look should lie around: the best, or where none meets the SLO the fastest. */
export function anchorOf(answer: Answer): number | undefined {
  return answer.best ?? answer.pareto.at(-1);
}

/** What became of the best setting under another assumption. */
export interface Swing {
  readonly assumption: Assumption;
  readonly result: CellResult;
  /** Dollars an hour more than under the assumptions of the scenario. */
  readonly cost_usd_per_hour: number;
  readonly meets: boolean;
}

/** Sorted by how far the cost moves, those that break the SLO first. @param results in the order of ASSUMPTIONS */
export function tornado(base: CellResult, results: readonly (CellResult | undefined)[], slo: Slo): Swing[] {
  const cost = ({ summary }: CellResult) => summary.estimates.cost_usd_per_hour.value ?? 0;
  return results
    .flatMap((result, k): Swing[] => {
      if (result === undefined) return [];
      const [stand] = answerOf([result], slo).stands;
      return [
        {
          assumption: ASSUMPTIONS[k]!,
          result,
          cost_usd_per_hour: cost(result) - cost(base),
          meets: stand === 'met',
        },
      ];
    })
    .sort(
      (a, b) =>
        Number(a.meets) - Number(b.meets) || Math.abs(b.cost_usd_per_hour) - Math.abs(a.cost_usd_per_hour),
    );
}
