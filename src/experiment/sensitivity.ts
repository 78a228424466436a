import type { Scenario } from '../scenario/scenario.ts';
import type { Slo } from '../scenario/slo.ts';
import { answerOf, costBeyond, costOf, type PairedMean } from './answer.ts';
import { ASSUMPTIONS } from './assumptions.ts';
import type { CellResult } from './cells.ts';
import type { Optimum } from './optimum.ts';
import type { Trial } from './search.ts';

const MOST_RIVALS = 5;

/** The best, and others that might take its place: the safer one, those tied with it, the next cheapest that meet the SLO. */
export function rivalsOf({ answer, safer, tried }: Optimum): number[] {
  if (answer.best === undefined) return [];
  const met = answer.cells
    .filter((_, i) => answer.stands[i] === 'met')
    .sort((a, b) => costOf(tried[a]!.result) - costOf(tried[b]!.result));
  const all = [answer.best, ...(safer === undefined ? [] : [safer]), ...answer.tied, ...met];
  return [...new Set(all)].slice(0, MOST_RIVALS);
}

/** The best setting and its rivals under each other assumption. */
export async function sensitivity(
  { platform, evaluate }: Trial,
  { answer, tried }: Optimum,
  rivals: readonly Scenario[],
  slo: Slo,
): Promise<Swing[]> {
  if (answer.best === undefined) return [];
  const alone = rivals.map((scenario) => ({
    ...scenario,
    plans: [],
    platforms: scenario.platforms.filter(({ name }) => name === platform.name),
  }));
  const moved = ASSUMPTIONS.map((assumption) => alone.map((scenario) => assumption.apply(scenario)));
  // An assumption that means nothing to one of them, as the dispatch that it has already, is left out.
  const known = moved.map((some) => (some.includes(undefined) ? [] : (some as Scenario[])));
  const results = await evaluate(known.flat());
  const byAssumption = known.map((some, k) => {
    const from = known.slice(0, k).reduce((sum, one) => sum + one.length, 0);
    return some.length > 0 ? results.slice(from, from + some.length) : undefined;
  });
  return tornado(tried[answer.best]!.result, byAssumption, slo);
}

/** What becomes of some settings under another assumption. */
export interface Swing {
  readonly name: string;
  /** As `+20 %`. */
  readonly change: string;
  /** Of the best setting: dollars an hour more than under the assumptions of the scenario, run by run. */
  readonly more: PairedMean;
  readonly latency_p95_s: number | null;
  readonly meets: boolean;
  /** Position, among the settings, of the one that is then the cheapest that surely meets the SLO; undefined: none does. */
  readonly best: number | undefined;
}

/** Prices of everything that is paid for, up and down by this share: they scale the cost and nothing else. */
const PRICE_SHARE = 0.2;

/**
 * Sorted by how far the cost moves, those that break the SLO first.
 * @param base the best setting, under the assumptions of the scenario
 * @param results by assumption, in the order of ASSUMPTIONS: those of the settings, the best first
 */
export function tornado(
  base: CellResult,
  results: readonly (readonly CellResult[] | undefined)[],
  slo: Slo,
): Swing[] {
  const p95 = ({ summary }: CellResult) => summary.estimates.latency_p95_s.value;
  const swings = results.flatMap((cells, k): Swing[] => {
    if (cells === undefined) return [];
    const [cell] = cells as [CellResult];
    const { best, stands } = answerOf(cells, slo);
    const { name, change } = ASSUMPTIONS[k]!;
    return [
      {
        name,
        change,
        more: costBeyond(cell, base),
        latency_p95_s: p95(cell),
        meets: stands[0] === 'met',
        best,
      },
    ];
  });
  const prices = [-PRICE_SHARE, PRICE_SHARE].map((share): Swing => {
    const moved = { ...base, costs: base.costs.map((cost) => cost * (1 + share)) };
    const change = `${share > 0 ? '+' : '-'}${100 * PRICE_SHARE} %`;
    const more = costBeyond(moved, base);
    return { name: 'prices', change, more, latency_p95_s: p95(base), meets: true, best: 0 };
  });
  return [...swings, ...prices].sort(
    (a, b) => Number(a.meets) - Number(b.meets) || Math.abs(b.more.mean) - Math.abs(a.more.mean),
  );
}
