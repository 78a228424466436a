import { plain, plusMinus } from '../core/plain-number.ts';
import type { Answer } from '../experiment/answer.ts';
import type { CellResult } from '../experiment/cells.ts';
import { type Axis, type Setting, settingWords, valueWords } from '../experiment/grid.ts';
import type { Estimated } from '../measure/summary.ts';
import type { Slo } from '../scenario/slo.ts';
import { heatMap } from './heat-map.ts';

/** A grid with its results. */
export interface SweepReport {
  readonly axes: readonly Axis[];
  readonly settings: readonly Setting[];
  readonly cells: readonly CellResult[];
  /** One for each traffic that is served. */
  readonly answers: readonly Answer[];
  readonly slo: Slo;
  readonly replications: number;
}

const MAPS: readonly { title: string; name: Estimated; factor: number }[] = [
  { title: '$/hour', name: 'cost_usd_per_hour', factor: 1 },
  { title: 'p95 in seconds', name: 'latency_p95_s', factor: 1 },
  { title: 'cold requests in %', name: 'cold_request_fraction', factor: 100 },
];

/** The maps of a grid: of its first two axes, the others at the values of the best cell. */
export function sweepMaps(report: SweepReport, width: number): string[] {
  const { axes, settings, answers } = report;
  const [first] = answers;
  const anchor = settings[first!.best ?? first!.pareto[0] ?? 0]!;
  const [rowAxis, columnAxis] = axes.length > 1 ? [axes[0]!, axes[1]!] : [undefined, axes[0]!];
  const rest = axes.slice(2);
  const fixed = rest.map((axis, k) => `${axis.name} ${valueWords(anchor[k + 2])}`);
  const cellAt = (row: unknown, column: unknown) => {
    const wanted = [...(rowAxis ? [row] : []), column, ...anchor.slice(2)];
    return settings.findIndex((setting) => setting.every((value, k) => value === wanted[k]));
  };
  const rows = rowAxis?.values ?? [undefined];
  const places = rows.map((row) => columnAxis.values.map((column) => cellAt(row, column)));
  const lines = MAPS.flatMap(({ title, name, factor }) =>
    heatMap(
      {
        title,
        rowName: rowAxis?.name ?? '',
        columnName: columnAxis.name,
        rows: rows.map((row) => (row === undefined ? '' : valueWords(row))),
        columns: columnAxis.values.map(valueWords),
        values: places.map((line) =>
          line.map((k) => {
            const { value } = report.cells[k]!.summary.estimates[name];
            return value === null ? undefined : value * factor;
          }),
        ),
        marks: places.map((line) => line.map((k) => markOf(answers, k))),
      },
      width,
    ),
  );
  return fixed.length > 0 ? [`At ${fixed.join(', ')}:`, ...lines] : lines.slice(1);
}

function markOf(answers: readonly Answer[], k: number): string {
  const { best, tied, stands, cells } = answers.find((answer) => answer.cells.includes(k))!;
  if (k === best) return '*';
  if (tied.includes(k)) return '~';
  return stands[cells.indexOf(k)] === 'missed' ? '!' : '';
}

/** What the marks mean; only those that are there. */
export function sweepLegend({ answers, slo, cells }: SweepReport): string {
  const bound = Object.keys(slo).length > 0;
  const isBlank = cells.some(({ summary }) =>
    MAPS.some(({ name }) => summary.estimates[name].value === null),
  );
  const each = answers.length > 1 ? ' for its traffic' : '';
  return [
    answers.some(({ best }) => best !== undefined)
      ? `* cheapest${each}${bound ? ' that surely meets the SLO' : ''}`
      : '',
    answers.some(({ tied }) => tied.length > 1) ? '~ cannot be told apart from it' : '',
    answers.some(({ stands }) => stands.includes('missed'))
      ? `! ${bound ? 'misses the SLO' : 'does not serve its traffic'}`
      : '',
    isBlank ? '– no value' : '',
  ]
    .filter((part) => part !== '')
    .join('; ');
}

/** The most lines of a list. */
const MOST_LISTED = 8;

/** The answers in sentences; of a single traffic also the cells that no other beats. */
export function sweepAnswer(report: SweepReport): string[] {
  const { answers, replications } = report;
  const lines = answers.flatMap((answer) => answerWords(report, answer));
  if (replications === 1) lines.push('One run has no intervals: differences may be chance.');
  if (answers.length > 1)
    return [`The cells serve ${answers.length} different traffics, which are not compared:`, ...lines];
  return [
    ...lines,
    'No other cell is both cheaper and faster than these:',
    ...listed(report, answers[0]!.pareto),
  ];
}

function answerWords(report: SweepReport, answer: Answer): string[] {
  const { slo, answers, replications } = report;
  // A cell that is alone in its traffic has nothing to be chosen from.
  if (answers.length > 1 && answer.cells.length === 1) return [`  ${cellWords(report, answer.cells[0]!)}`];
  const bounds = Object.entries(slo).map(([name, bound]) => `${name.replace('latency_', '')} <= ${bound} s`);
  const goal = bounds.length > 0 ? `meets ${bounds.join(' and ')}` : 'serves the traffic';
  if (answer.best !== undefined) {
    const surely = replications > 1 ? ' surely' : '';
    return [
      `The cheapest that${surely} ${goal}: ${cellWords(report, answer.best)}.`,
      ...tiedWords(report, answer),
    ];
  }
  const open = answer.stands.filter((stand) => stand === 'open').length;
  const hint =
    open > 0
      ? ` ${open} of ${answer.cells.length} cells are too close to call: more replications may tell.`
      : '';
  return [`No cell surely ${goal}.${hint}`];
}

function tiedWords(report: SweepReport, { tied, best }: Answer): string[] {
  const others = tied.filter((k) => k !== best);
  if (others.length === 0)
    return report.replications > 1 ? ['At 95 %, no other cell can be cheaper and meet it.'] : [];
  const names = others.slice(0, MOST_LISTED).map((k) => settingWords(report.axes, report.settings[k]!));
  const more = others.length > MOST_LISTED ? `; and ${others.length - MOST_LISTED} more` : '';
  return [`At 95 %, these may be as cheap: ${names.join('; ')}${more}.`];
}

function listed(report: SweepReport, cells: readonly number[]): string[] {
  const step = Math.max(1, (cells.length - 1) / (MOST_LISTED - 1));
  const some =
    cells.length <= MOST_LISTED
      ? cells
      : Array.from({ length: MOST_LISTED }, (_, k) => cells[Math.round(k * step)]!);
  const more = cells.length > some.length ? [`  ... ${cells.length} in all, in sweep.csv`] : [];
  return [...some.map((k) => `  ${cellWords(report, k)}`), ...more];
}

function cellWords({ axes, settings, cells }: SweepReport, k: number): string {
  const { cost_usd_per_hour, latency_p95_s } = cells[k]!.summary.estimates;
  const shown = (value: number | null, high: number | null) => {
    if (value === null) return '–';
    return high === null ? plain(value, 4) : plusMinus(value, high - value).join(' ± ');
  };
  const cost = shown(cost_usd_per_hour.value, cost_usd_per_hour.high);
  const p95 = shown(latency_p95_s.value, latency_p95_s.high);
  return `${settingWords(axes, settings[k]!)}: $${cost} an hour, p95 ${p95} s`;
}
