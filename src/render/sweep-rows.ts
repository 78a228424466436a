import type { Answer } from '../experiment/answer.ts';
import type { CellResult } from '../experiment/cells.ts';
import { type Axis, gridColumns, gridRow, type Setting } from '../experiment/grid.ts';
import { type Columns, type Row, SUMMARY_COLUMNS } from '../measure/columns.ts';

/** What the answer says of a cell: its cost beyond the best cell's, whether it meets the SLO, and its place. */
export const ANSWER_COLUMNS: Columns = {
  cost_difference_usd_per_hour: 'usd',
  cost_difference_usd_per_hour_ci_low: 'usd',
  cost_difference_usd_per_hour_ci_high: 'usd',
  slo: 'text',
  pareto: 'text',
  answer: 'text',
};

/** The columns of sweep.csv. */
export function sweepColumns(axes: readonly Axis[]): Columns {
  return { ...gridColumns(axes), ...SUMMARY_COLUMNS, ...ANSWER_COLUMNS };
}

interface SweepRows {
  readonly axes: readonly Axis[];
  readonly settings: readonly Setting[];
  readonly cells: readonly (CellResult | undefined)[];
  readonly answers: readonly Answer[];
}

/** A row a cell, in the order of the grid. @param failed stands for what a cell that failed would have come to */
export function sweepRows({ axes, settings, cells, answers }: SweepRows, failed: Row): Row[] {
  const said = new Map(answers.flatMap((answer) => answer.cells.map((k, i) => [k, answerRow(answer, k, i)])));
  return settings.map((setting, k) => ({
    ...(cells[k]?.summary.row ?? failed),
    ...said.get(k),
    ...gridRow(axes, setting),
  }));
}

/** @param k the cell @param i its place among those of the answer */
export function answerRow({ best, tied, pareto, stands, beyond }: Answer, k: number, i: number): Row {
  const difference = beyond[i];
  const half = difference?.half ?? null;
  return {
    cost_difference_usd_per_hour: difference?.mean ?? null,
    cost_difference_usd_per_hour_ci_low: half === null ? null : difference!.mean - half,
    cost_difference_usd_per_hour_ci_high: half === null ? null : difference!.mean + half,
    slo: stands[i]!,
    pareto: pareto.includes(k) ? 'yes' : 'no',
    answer: k === best ? 'best' : tied.includes(k) ? 'tied' : '',
  };
}

/** What the answer comes to for a cell: the best; tied with it; open, or tied but open; a miss; nothing to say. */
export type CellMark = 'best' | 'tied' | 'unsure' | 'missed' | 'none';

/** @param row of sweep.csv, or what `answerRow` gives */
export function cellMark({ answer, slo }: Row): CellMark {
  if (answer === 'best') return 'best';
  if (answer === 'tied') return slo === 'met' ? 'tied' : 'unsure';
  if (slo === 'open') return 'unsure';
  return slo === 'missed' ? 'missed' : 'none';
}
