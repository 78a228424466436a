import { plain, plusMinus } from '../core/plain-number.ts';
import type { Answer, PairedMean } from '../experiment/answer.ts';
import type { CellResult } from '../experiment/cells.ts';
import { type Axis, placeOf, type Setting, settingWords, valueWords } from '../experiment/grid.ts';
import type { Estimated } from '../measure/summary.ts';
import type { Slo } from '../scenario/slo.ts';
import { heatMap } from './heat-map.ts';
import { answerRow, type CellMark, cellMark } from './sweep-rows.ts';

/** A grid with its results. */
export interface SweepReport {
  readonly axes: readonly Axis[];
  readonly settings: readonly Setting[];
  /** Undefined for a cell that failed. */
  readonly cells: readonly (CellResult | undefined)[];
  /** One for each traffic that is served and of which no cell failed. */
  readonly answers: readonly Answer[];
  readonly slo: Slo;
  readonly replications: number;
  /** Whether every replication replays the same log. */
  readonly isReplay: boolean;
}

const MAPS: readonly { title: string; name: Estimated; factor: number }[] = [
  { title: '$/hour', name: 'cost_usd_per_hour', factor: 1 },
  { title: 'p95 in seconds', name: 'latency_p95_s', factor: 1 },
  { title: 'cold requests in %', name: 'cold_request_fraction', factor: 100 },
];

/** Rows and columns that a map shows at most. */
const MOST_LINES = 16;

/** The maps of a grid: of its first two axes, the others at the values of the best cell. */
export function sweepMaps(report: SweepReport, width: number): string[] {
  const { axes, settings, answers } = report;
  const [first] = answers;
  const anchor = settings[first?.best ?? first?.pareto[0] ?? 0]!.map((value, k) =>
    axes[k]!.values.indexOf(value),
  );
  const shown = axes.slice(0, 2).map(({ values }, k) => thinned(values.length, anchor[k]!));
  const [rows, columns] = axes.length > 1 ? shown : [[undefined], shown[0]!];
  const places = rows!.map((row) =>
    columns!.map((column) => {
      const start = row === undefined ? [column!] : [row, column!];
      return placeOf(axes, [...start, ...anchor.slice(start.length)]);
    }),
  );
  const [rowAxis, columnAxis] = axes.length > 1 ? [axes[0]!, axes[1]!] : [undefined, axes[0]!];
  const lines = MAPS.flatMap(({ title, name, factor }) =>
    heatMap(
      {
        title,
        rowName: rowAxis?.name ?? '',
        columnName: columnAxis.name,
        rows: rows!.map((row) => (row === undefined ? '' : valueWords(rowAxis!.values[row]))),
        columns: columns!.map((column) => valueWords(columnAxis.values[column!])),
        values: places.map((line) =>
          line.map((k) => {
            const value = report.cells[k]?.summary.estimates[name].value ?? null;
            return value === null ? undefined : value * factor;
          }),
        ),
        marks: places.map((line) => line.map((k) => markOf(answers, k))),
      },
      width,
    ),
  );
  const fixed = axes.slice(2).map(({ name, values }, k) => `${name} ${valueWords(values[anchor[k + 2]!])}`);
  const left = axes
    .slice(0, 2)
    .flatMap(({ name, values }, k) =>
      shown[k]!.length < values.length ? [`${shown[k]!.length} of ${values.length} values of ${name}`] : [],
    );
  const notes = [
    ...(fixed.length > 0 ? [`At ${fixed.join(', ')}:`] : []),
    ...(left.length > 0 ? [`Shown are ${left.join(' and ')}; sweep.csv has all.`] : []),
  ];
  return notes.length > 0 ? [...notes, ...lines] : lines.slice(1);
}

/** Positions out of so many, both ends and one that matters among them. */
function thinned(count: number, wanted: number): number[] {
  if (count <= MOST_LINES) return [...Array(count).keys()];
  const even = Array.from({ length: MOST_LINES - 1 }, (_, k) =>
    Math.round((k * (count - 1)) / (MOST_LINES - 2)),
  );
  return [...new Set([...even, wanted])].sort((a, b) => a - b);
}

const MARKS: Readonly<Record<CellMark, string>> = {
  best: '*',
  tied: '~',
  unsure: '?',
  missed: '!',
  none: '',
};

function markOf(answers: readonly Answer[], k: number): string {
  const answer = answers.find(({ cells }) => cells.includes(k));
  return answer === undefined ? '' : MARKS[cellMark(answerRow(answer, k, answer.cells.indexOf(k)))];
}

/** What the marks mean; only those that are there. */
export function sweepLegend({ answers, slo, cells }: SweepReport): string {
  const bound = Object.keys(slo).length > 0;
  const marks = new Set(cells.map((_, k) => markOf(answers, k)));
  const isBlank = cells.some((cell) =>
    MAPS.some(({ name }) => (cell?.summary.estimates[name].value ?? null) === null),
  );
  const each = answers.length > 1 ? ' for its traffic' : '';
  return [
    marks.has('*') ? `* cheapest${each}${bound ? ' that surely meets the SLO' : ''}` : '',
    marks.has('~') ? '~ meets it too, at a cost that cannot be told apart' : '',
    marks.has('?') ? '? whether it meets the SLO is not sure' : '',
    marks.has('!') ? `! ${bound ? 'misses the SLO' : 'does not serve its traffic'}` : '',
    isBlank ? '– no value' : '',
  ]
    .filter((part) => part !== '')
    .join('; ');
}

/** The most lines of a list. */
const MOST_LISTED = 8;

/** The answers in sentences; of a single traffic also the cells that no other beats. */
export function sweepAnswer(report: SweepReport): string[] {
  const { answers, replications, isReplay } = report;
  if (answers.length === 0) return [];
  const lines = answers.flatMap((answer) => answerWords(report, answer));
  if (isReplay && replications > 1)
    lines.push('Every replication replays the same log: the intervals hold for this log only.');
  if (replications === 1) lines.push('One run has no intervals: differences may be chance.');
  if (answers.length > 1)
    return [`The cells serve ${answers.length} different traffics, which are not compared:`, ...lines];
  if (answers[0]!.pareto.length === 0) return lines;
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

function tiedWords(report: SweepReport, { tied, best, stands, cells }: Answer): string[] {
  const others = tied.filter((k) => k !== best);
  if (others.length === 0)
    return report.replications > 1 ? ['At 95 %, no other cell can be cheaper and meet it.'] : [];
  const meets = (k: number) => stands[cells.indexOf(k)] === 'met';
  const [alike, unsure] = [others.filter(meets), others.filter((k) => !meets(k))];
  return [
    ...(alike.length > 0 ? [`At 95 %, these meet it too and may be as cheap: ${named(report, alike)}.`] : []),
    ...(unsure.length > 0
      ? [
          `As cheap or cheaper, but whether they meet it is not sure at 95 %: ${named(report, unsure)}. More replications may tell.`,
        ]
      : []),
  ];
}

function named({ axes, settings }: SweepReport, cells: readonly number[]): string {
  const names = cells.slice(0, MOST_LISTED).map((k) => settingWords(axes, settings[k]!));
  const more = cells.length > MOST_LISTED ? `; and ${cells.length - MOST_LISTED} more` : '';
  return `${names.join('; ')}${more}`;
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

function cellWords({ axes, settings, cells, answers }: SweepReport, k: number): string {
  const { cost_usd_per_hour, latency_p95_s } = cells[k]!.summary.estimates;
  const shown = (value: number | null, high: number | null) => {
    if (value === null) return '–';
    return high === null ? plain(value, 4) : plusMinus(value, high - value).join(' ± ');
  };
  const cost = shown(cost_usd_per_hour.value, cost_usd_per_hour.high);
  const p95 = shown(latency_p95_s.value, latency_p95_s.high);
  const answer = answers.find((one) => one.cells.includes(k));
  const beyond = k === answer?.best ? undefined : answer?.beyond[answer.cells.indexOf(k)];
  const difference = beyond ? ` (${beyondWords(beyond)})` : '';
  return `${settingWords(axes, settings[k]!)}: $${cost} an hour${difference}, p95 ${p95} s`;
}

/** As `$0.91 ± 0.02 more`: beside the best cell, on the same requests. */
function beyondWords({ mean, half }: PairedMean): string {
  const size = half === null ? plain(Math.abs(mean), 3) : plusMinus(Math.abs(mean), half).join(' ± ');
  return `$${size} ${mean < 0 ? 'less' : 'more'}`;
}
