import { plain, plusMinus } from '../core/plain-number.ts';
import type { CellResult } from '../experiment/cells.ts';
import { type Axis, gridColumns, gridRow, settingWords } from '../experiment/grid.ts';
import { MARGIN, type Optimum } from '../experiment/optimum.ts';
import type { Swing } from '../experiment/sensitivity.ts';
import { type Columns, type Row, SUMMARY_COLUMNS } from '../measure/columns.ts';
import type { Slo } from '../scenario/slo.ts';
import { ANSWER_COLUMNS, answerRow } from './sweep-rows.ts';

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
    return [`None of the ${tried.length} settings that were tried surely meets ${goal}.${hint}`];
  }
  const surely = tried[best]!.result.costs.length > 1 ? ' surely' : ', by one run and so without intervals,';
  const lines = [
    `The cheapest of the ${tried.length} settings that were tried that${surely} meets ${goal}:`,
    `  ${words(best)}.`,
  ];
  const meets = (k: number) => answer.stands[answer.cells.indexOf(k)] === 'met';
  const others = tied.filter((k) => k !== best);
  const firstOf = (some: readonly number[]) => tried[some[0]!]!;
  const named = (some: readonly number[]) =>
    `${some.length === 1 ? 'one other' : `${some.length} others`}, as ${settingWords(firstOf(some).axes, firstOf(some).setting)}`;
  const [alike, unsure] = [others.filter(meets), others.filter((k) => !meets(k))];
  const begin = tried[best]!.result.costs.length > 1 ? 'At 95 %' : 'By that run';
  if (alike.length > 0) lines.push(`${begin}, as cheap may be ${named(alike)}.`);
  if (unsure.length > 0)
    lines.push(
      `${begin}, as cheap or cheaper, but not surely within the SLO: ${named(unsure)}. More replications may tell.`,
    );
  if (safer === best) lines.push(`It has ${100 * MARGIN} % to spare.`);
  else if (safer === undefined) lines.push(`No setting surely has ${100 * MARGIN} % to spare.`);
  else {
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

const BAR = 7;
const NAME = 34;
const DOLLARS = 18;

/** What the best setting costs if an assumption is wrong: a line each, with a bar to the left for less and to the right for more. */
export function tornadoLines(swings: readonly Swing[]): string[] {
  const most = Math.max(1e-9, ...swings.map(({ more }) => Math.abs(more.mean)));
  const lines = swings.map(({ name, change, more: { mean, half }, latency_p95_s, meets, best }) => {
    const isChance = half !== null && Math.abs(mean) <= half;
    const length = isChance ? 0 : Math.round((BAR * Math.abs(mean)) / most);
    const left = (mean < 0 ? '█'.repeat(length) : '').padStart(BAR);
    const right = (mean > 0 ? '█'.repeat(length) : '').padEnd(BAR);
    const size = half === null ? plain(Math.abs(mean), 3) : plusMinus(Math.abs(mean), half).join(' ± ');
    const p95 = latency_p95_s === null ? '–' : `${plain(latency_p95_s, 3)} s`;
    const marks = `${meets ? '' : ' !'}${best ? ' >' : ''}`;
    const dollars = `${mean >= 0 ? '+' : '-'}$${size}${isChance && mean !== 0 ? ' ?' : '  '}`;
    return `${`${name} ${change}`.padEnd(NAME)}${left}|${right}${dollars.padStart(DOLLARS)}${p95.padStart(8)}${marks}`;
  });
  const has = (test: (swing: Swing) => boolean) => swings.some(test);
  return [
    `${'If this setting is kept, and'.padEnd(NAME)}${'costs'.padStart(BAR)} ${'an hour'.padEnd(BAR)}${''.padStart(DOLLARS)}${'p95'.padStart(8)}`,
    ...lines,
    ...(has(({ meets }) => !meets) ? ['! the SLO is then no longer surely met'] : []),
    ...(has(({ best }) => Boolean(best))
      ? ['> another setting is then the cheapest that meets it: see optimize-tornado.csv']
      : []),
    ...(has(({ more: { mean, half } }) => half !== null && mean !== 0 && Math.abs(mean) <= half)
      ? ['? the difference may be chance (95 % interval)']
      : []),
  ];
}

/** optimize-tornado.csv: a row an assumption. */
export const TORNADO_COLUMNS: Columns = {
  assumption: 'text',
  change: 'text',
  cost_difference_usd_per_hour: 'usd',
  cost_difference_usd_per_hour_ci_low: 'usd',
  cost_difference_usd_per_hour_ci_high: 'usd',
  latency_p95_s: 'seconds',
  slo: 'text',
  cheapest_then: 'text',
};

/** @param rivals positions of the settings that were run under each assumption */
export function tornadoRows(swings: readonly Swing[], { tried }: Optimum, rivals: readonly number[]): Row[] {
  return swings.map(({ name, change, more: { mean, half }, latency_p95_s, meets, best }) => ({
    assumption: name,
    change,
    cost_difference_usd_per_hour: mean,
    cost_difference_usd_per_hour_ci_low: half === null ? null : mean - half,
    cost_difference_usd_per_hour_ci_high: half === null ? null : mean + half,
    latency_p95_s,
    slo: meets ? 'met' : 'not surely met',
    cheapest_then:
      best === undefined
        ? 'none of those tried'
        : best === 0
          ? 'the same'
          : settingWords(tried[rivals[best]!]!.axes, tried[rivals[best]!]!.setting),
  }));
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
  return { ...gridColumns(axesOf(tried)), ...SUMMARY_COLUMNS, ...ANSWER_COLUMNS };
}

/** optimize.csv: a row a setting; a key that was left as it is is empty. */
export function optimumRows({ tried, answer }: Optimum): Row[] {
  return tried.map(({ axes, setting, result }, k) => ({
    ...result.summary.row,
    ...answerRow(answer, k, k),
    ...gridRow(axes, setting),
  }));
}
