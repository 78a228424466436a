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
  readonly answer: Answer;
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
  const { axes, settings, answer } = report;
  const anchor = settings[answer.best ?? answer.pareto[0] ?? 0]!;
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
        marks: places.map((line) => line.map((k) => markOf(answer, k))),
      },
      width,
    ),
  );
  return fixed.length > 0 ? [`At ${fixed.join(', ')}:`, ...lines] : lines.slice(1);
}

function markOf({ best, tied, stands }: Answer, k: number): string {
  if (k === best) return '*';
  if (tied.includes(k)) return '~';
  return stands[k] === 'missed' ? '!' : '';
}

/** What the marks mean; only those that are there. */
export function sweepLegend({ answer, slo, cells }: SweepReport): string {
  const bound = Object.keys(slo).length > 0;
  const isBlank = cells.some(({ summary }) =>
    MAPS.some(({ name }) => summary.estimates[name].value === null),
  );
  return [
    answer.best === undefined ? '' : `* cheapest${bound ? ' that surely meets the SLO' : ''}`,
    answer.tied.length > 1 ? '~ cannot be told apart from it' : '',
    answer.stands.includes('missed') ? `! ${bound ? 'misses the SLO' : 'does not serve its traffic'}` : '',
    isBlank ? '– no value' : '',
  ]
    .filter((part) => part !== '')
    .join('; ');
}

/** The most lines of a list. */
const MOST_LISTED = 8;

/** The answer in sentences, then the cells that no other beats. */
export function sweepAnswer(report: SweepReport): string[] {
  const { answer, slo } = report;
  const bounds = Object.entries(slo).map(
    ([quantity, bound]) => `${quantity.replace('latency_', '')} <= ${bound} s`,
  );
  const goal = bounds.length > 0 ? `meets ${bounds.join(' and ')}` : 'serves the traffic';
  const lines: string[] = [];
  if (answer.best === undefined) {
    const open = answer.stands.filter((stand) => stand === 'open').length;
    const hint =
      open > 0
        ? ` ${open} of ${report.cells.length} cells are too close to call: more replications may tell.`
        : '';
    lines.push(`No cell surely ${goal}.${hint}`);
  } else {
    const surely = report.replications > 1 ? ' surely' : '';
    lines.push(`The cheapest that${surely} ${goal}: ${cellWords(report, answer.best)}.`);
    lines.push(...tiedWords(report));
  }
  if (report.replications === 1) lines.push('One run has no intervals: differences may be chance.');
  lines.push('No other cell is both cheaper and faster than these:');
  lines.push(...listed(report, answer.pareto));
  return lines;
}

function tiedWords(report: SweepReport): string[] {
  const others = report.answer.tied.filter((k) => k !== report.answer.best);
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
