import { plain, plusMinus } from '../core/plain-number.ts';
import type { CellResult } from '../experiment/cells.ts';
import { type Axis, gridColumns, gridRow, settingWords } from '../experiment/grid.ts';
import { MARGIN, type Optimum, type Swing } from '../experiment/optimum.ts';
import { type Columns, type Row, SUMMARY_COLUMNS } from '../measure/columns.ts';
import type { Slo } from '../scenario/slo.ts';

/** The answer in sentences. */
export function optimumWords({ tried, answer, safer }: Optimum, slo: Slo): string[] {
  const bounds = Object.entries(slo).map(([name, bound]) => `${name.replace('latency_', '')} <= ${bound} s`);
  const goal = bounds.join(' and ');
  const words = (k: number) =>
    `${settingWords(tried[k]!.axes, tried[k]!.setting)}: ${figures(tried[k]!.result)}`;
  const { best, tied, pareto } = answer;
  if (best === undefined) {
    const fastest = pareto.at(-1);
    const hint = fastest === undefined ? '' : ` The fastest is ${words(fastest)}.`;
    return [`None of ${tried.length} settings surely meets ${goal}.${hint}`];
  }
  const others = tied.length - 1;
  const lines = [`The cheapest of ${tried.length} settings that surely meets ${goal}:`, `  ${words(best)}.`];
  if (others > 0)
    lines.push(
      `At 95 %, ${others === 1 ? 'one other' : `${others} others`} may be as cheap, as ${settingWords(tried[tied.find((k) => k !== best)!]!.axes, tried[tied.find((k) => k !== best)!]!.setting)}.`,
    );
  if (safer !== undefined) {
    const more = costOf(tried[safer]!.result) - costOf(tried[best]!.result);
    lines.push(
      `With ${100 * MARGIN} % to spare it costs $${plain(more, 3)} an hour more:`,
      `  ${words(safer)}.`,
    );
  }
  return lines;
}

function costOf({ summary }: CellResult): number {
  return summary.estimates.cost_usd_per_hour.value ?? 0;
}

function figures({ summary }: CellResult): string {
  const shown = ({ value, high }: { value: number | null; high: number | null }) => {
    if (value === null) return '–';
    return high === null ? plain(value, 4) : plusMinus(value, high - value).join(' ± ');
  };
  const { cost_usd_per_hour, latency_p95_s } = summary.estimates;
  return `$${shown(cost_usd_per_hour)} an hour, p95 ${shown(latency_p95_s)} s`;
}

const BAR = 12;

/** What the best setting costs if an assumption is wrong: a line each, with a bar to the left for less and to the right for more. */
export function tornadoLines(swings: readonly Swing[]): string[] {
  const most = Math.max(1e-9, ...swings.map(({ cost_usd_per_hour }) => Math.abs(cost_usd_per_hour)));
  const lines = swings.map(({ assumption, cost_usd_per_hour: more, result, meets }) => {
    const length = Math.round((BAR * Math.abs(more)) / most);
    const left = (more < 0 ? '█'.repeat(length) : '').padStart(BAR);
    const right = (more > 0 ? '█'.repeat(length) : '').padEnd(BAR);
    const name = `${assumption.name} ${assumption.change}`.padEnd(34);
    const { value } = result.summary.estimates.latency_p95_s;
    const p95 = value === null ? '–' : `${plain(value, 3)} s`;
    return `${name} ${left}|${right} ${`${more >= 0 ? '+' : '-'}$${plain(Math.abs(more), 3)}`.padStart(8)} ${p95.padStart(7)}${meets ? '' : ' !'}`;
  });
  return [
    `${'If this setting is kept, and'.padEnd(34)} ${'costs'.padStart(BAR)} ${'an hour'.padEnd(BAR)} ${''.padStart(8)} ${'p95'.padStart(7)}`,
    ...lines,
    ...(swings.some(({ meets }) => !meets) ? ['! the SLO is then no longer surely met'] : []),
  ];
}

/** All axes of the settings that were tried, in their first order. */
function axesOf(tried: Optimum['tried']): Axis[] {
  const byName = new Map<string, Axis>();
  for (const { axes } of tried)
    for (const axis of axes)
      byName.set(axis.name, { ...axis, values: [...(byName.get(axis.name)?.values ?? []), ...axis.values] });
  return [...byName.values()];
}

export function optimumColumns({ tried }: Optimum): Columns {
  return { ...gridColumns(axesOf(tried)), ...SUMMARY_COLUMNS };
}

/** optimize.csv: a row a setting; a key that was left as it is is empty. */
export function optimumRows({ tried }: Optimum): Row[] {
  return tried.map(({ axes, setting, result }) => ({ ...result.summary.row, ...gridRow(axes, setting) }));
}
