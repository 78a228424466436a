import { sloAnswer, TURNED_AWAY_SHARE } from '../measure/slo.ts';
import type { Summary } from '../measure/summary.ts';
import { SLO_QUANTITIES, type Slo } from '../scenario/slo.ts';
import { meanOf, standardError } from '../stats/mean.ts';
import { studentT } from '../stats/student-t.ts';
import type { CellResult } from './cells.ts';

/** What the cells of a grid that serve the same traffic say: positions of cells. */
export interface Answer {
  readonly cells: readonly number[];
  /** Cells that no other beats in both cost and p95, the cheapest first. */
  readonly pareto: readonly number[];
  /** The cheapest cell that surely meets the SLO (without one: that serves its traffic). */
  readonly best: number | undefined;
  /** Cells that may be the cheapest that meets it, for all that is known at 95 %; `best` among them. */
  readonly tied: readonly number[];
  /** How each of the cells stands to the SLO, in their order. */
  readonly stands: readonly Stand[];
  /** What each costs an hour beyond `best`, run by run on the same requests; undefined without a best. */
  readonly beyond: readonly (PairedMean | undefined)[];
}

/** A mean of differences, and half of its 95 % interval: null with a single one. */
export interface PairedMean {
  readonly mean: number;
  readonly half: number | null;
}

/** Surely meets the SLO, surely misses it, or neither is sure. */
export type Stand = 'met' | 'missed' | 'open';

/** Chance that the tied cells do not hold the best: half for its SLO, half for its cost. */
const MISS = 0.05;

/** @param places the cells that are compared: those that serve the same traffic; each has a result */
export function answerOf(
  all: readonly (CellResult | undefined)[],
  slo: Slo,
  places = [...all.keys()],
): Answer {
  const cells = places.map((place) => all[place]!);
  const stands = cells.map(({ summary }) => standOf(summary, slo));
  const byCost = (a: number, b: number) => costOf(cells[a]!) - costOf(cells[b]!) || a - b;
  const met = [...cells.keys()].filter((k) => stands[k] === 'met').sort(byCost);
  const [best] = met;
  const possible = [...cells.keys()].filter((k) => mayMeet(cells[k]!, slo, cells.length)).sort(byCost);
  const tied =
    best === undefined
      ? []
      : possible.filter((k) => k === best || !isSurelyDearer(cells[k]!, cells[best]!, cells.length - 1));
  const beyond = cells.map((cell) => (best === undefined ? undefined : costBeyond(cell, cells[best]!)));
  const placed = (some: readonly number[]) => some.map((k) => places[k]!);
  return {
    cells: places,
    pareto: placed(paretoOf(cells)),
    best: best === undefined ? undefined : places[best],
    tied: placed(tied),
    stands,
    beyond,
  };
}

export function costOf({ summary }: CellResult): number {
  return summary.estimates.cost_usd_per_hour.value ?? Number.POSITIVE_INFINITY;
}

function p95Of({ summary }: CellResult): number {
  return summary.estimates.latency_p95_s.value ?? Number.POSITIVE_INFINITY;
}

function serves({ stability, turnedAway }: Summary): boolean {
  return stability.status === 'ok' && turnedAway <= TURNED_AWAY_SHARE;
}

function standOf(summary: Summary, slo: Slo): Stand {
  if (!serves(summary)) return 'missed';
  const answers = SLO_QUANTITIES.flatMap((quantity) =>
    slo[quantity] === undefined ? [] : [sloAnswer(summary, quantity, slo[quantity]) ?? 'met'],
  );
  if (answers.includes('missed')) return 'missed';
  return answers.every((answer) => answer === 'met') ? 'met' : 'open';
}

/**
 * Whether no bound of the SLO is surely missed, when so many cells are asked at once: one-sided intervals by Bonferroni.
 */
function mayMeet({ summary, costs }: CellResult, slo: Slo, cells: number): boolean {
  if (!serves(summary)) return false;
  const n = costs.length;
  const bounds = SLO_QUANTITIES.filter((quantity) => slo[quantity] !== undefined);
  return bounds.every((quantity) => {
    const { value, low } = summary.estimates[`${quantity}_s`];
    if (value === null || low === null) return value === null || value <= slo[quantity]!;
    const level = 1 - MISS / 2 / (cells * bounds.length);
    const wider = studentT(level, n - 1) / studentT(0.975, n - 1);
    return value - wider * (value - low) <= slo[quantity]!;
  });
}

/**
 * Whether a cell costs surely more than another: a paired one-sided t-interval by Bonferroni, as the cells serve the
 * same requests (screening to the best: Nelson, Swann, Goldsman and Song, Operations Research 49, 2001).
 */
function isSurelyDearer(cell: CellResult, best: CellResult, others: number): boolean {
  const { mean, half } = costBeyond(cell, best);
  if (half === null) return mean > 0;
  const n = cell.costs.length;
  return mean > (studentT(1 - MISS / 2 / others, n - 1) / studentT(0.975, n - 1)) * half;
}

/** What a cell costs an hour beyond another, replication by replication. */
export function costBeyond(cell: CellResult, best: CellResult): PairedMean {
  const differences = cell.costs.map((cost, r) => cost - best.costs[r]!);
  const mean = meanOf(differences);
  const n = differences.length;
  return { mean, half: n < 2 ? null : studentT(0.975, n - 1) * standardError(differences) };
}

/** Cells that serve their traffic and that no other beats in both; of equal ones all. */
function paretoOf(cells: readonly CellResult[]): number[] {
  const serving = [...cells.keys()].filter((k) => serves(cells[k]!.summary));
  const order = serving.sort(
    (a, b) => costOf(cells[a]!) - costOf(cells[b]!) || p95Of(cells[a]!) - p95Of(cells[b]!),
  );
  const pareto: number[] = [];
  for (const k of order) {
    const last = pareto.at(-1);
    const isEqual =
      last !== undefined &&
      costOf(cells[k]!) === costOf(cells[last]!) &&
      p95Of(cells[k]!) === p95Of(cells[last]!);
    if (last === undefined || isEqual || p95Of(cells[k]!) < p95Of(cells[last]!)) pareto.push(k);
  }
  return pareto;
}
