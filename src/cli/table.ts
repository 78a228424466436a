import Table from 'cli-table3';
import pc from 'picocolors';
import { plain, plusMinus } from '../core/plain-number.ts';
import { seconds } from '../core/time.ts';
import { cheapestOf } from '../experiment/compare.ts';
import type { Option } from '../experiment/option.ts';
import { optionsOf, type RunResult } from '../experiment/run.ts';
import { sloAnswer } from '../measure/slo.ts';
import type { Estimated } from '../measure/summary.ts';
import { type TrafficRecord, trafficFacts } from '../measure/traffic-meter.ts';
import { SLO_QUANTITIES, type SloQuantity } from '../scenario/slo.ts';
import type { Estimate } from '../stats/estimate.ts';

interface Line {
  readonly label: string;
  readonly name: Estimated;
  readonly unit: string;
  /** Multiplies the value, as 100 for a percentage. */
  readonly factor: number;
}

const LINES: readonly Line[] = [
  { label: '$/hour', name: 'cost_usd_per_hour', unit: '', factor: 1 },
  { label: '$/image', name: 'cost_usd_per_image', unit: '', factor: 1 },
  { label: 'p50', name: 'latency_p50_s', unit: ' s', factor: 1 },
  { label: 'p95', name: 'latency_p95_s', unit: ' s', factor: 1 },
  { label: 'p99', name: 'latency_p99_s', unit: ' s', factor: 1 },
  { label: 'cold requests', name: 'cold_request_fraction', unit: ' %', factor: 100 },
  { label: 'GPU utilization', name: 'gpu_utilization', unit: ' %', factor: 100 },
];

/** The table that a person sees: platforms and plans side by side, as many as fit the width, the cheapest marked. */
export function summaryTable(result: RunResult, width: number): string {
  const labels = [''];
  const columns = columnsOf(result, labels);
  const lengthOf = (cells: readonly string[]) => Math.max(...cells.map((cell) => cell.length)) + 2;
  const labelWidth = lengthOf(labels);
  const cellWidth = Math.max(...columns.map(lengthOf));
  const perBlock = Math.max(1, Math.floor((width - labelWidth - 2) / (cellWidth + 1)));
  const blocks: string[] = [];
  for (let first = 0; first < columns.length; first += perBlock) {
    blocks.push(block(labels, columns.slice(first, first + perBlock), labelWidth, cellWidth));
  }
  return [heading(result, width), ...blocks].join('\n');
}

/** What the marks in the table mean. */
export function legend(result: RunResult): string {
  const cheapest = cheapestOf(result);
  const parts = [
    cheapest.length === 1 ? '* cheapest' : cheapest.length > 1 ? '* cheapest, not to be told apart' : '',
    result.scenario.replications > 1 ? '± 95 % interval' : '',
    optionsOf(result).some(({ isShared }) => isShared) ? '† of the whole shared pool' : '',
  ];
  return parts.filter((part) => part !== '').join('; ');
}

/** A text in lines of at most `width` letters, broken between words. */
export function wrapped(text: string, width: number): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!;
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines.join('\n');
}

/** A line in lines of at most `width` letters; what belongs to an item of a list is set in under it. */
export function hanging(line: string, width: number): string {
  if (!line.startsWith('  ')) return wrapped(line, width);
  return `  ${wrapped(line.trim(), width - 4).replaceAll('\n', '\n    ')}`;
}

function heading(result: RunResult, width: number): string {
  const { scenario, traffic } = result;
  const hours = seconds(scenario.duration_us) / 3600;
  const requests = traffic.reduce((sum, record) => sum + record.count, 0);
  const perHour = requests / hours / scenario.replications;
  const runs = scenario.replications === 1 ? 'one run' : `${scenario.replications} replications`;
  const first = `${pc.bold(scenario.name)}: ${plain(perHour, 4)} requests an hour for ${plain(hours, 6)} h, ${runs}`;
  return [first, ...arrivalLines(result).map((line) => wrapped(line, width))].join('\n');
}

/** More sources than this are told of together. */
const MOST_SOURCES = 4;

/** What the arrivals were like that were really drawn, a line a source. */
function arrivalLines({ scenario, traffic, trafficOfSources }: RunResult): string[] {
  const { sources, duration_us } = scenario;
  const line = (name: string, records: readonly TrafficRecord[], isOnlyOne: boolean) => {
    const facts = trafficFacts(records, duration_us);
    const words = (value: number | null, before: string, after = '') =>
      value === null ? [] : [`${before} ${plain(Math.round(value * 1000) / 1000, 3)}${after}`];
    const parts = [
      ...(isOnlyOne ? [] : [`${plain(facts.rate_per_hour, 4)}/h`]),
      ...words(facts.interarrival_cv, 'gap cv'),
      ...words(facts.dispersion_60s, 'dispersion', ' by the minute'),
      ...words(facts.dispersion_3600s, facts.dispersion_60s === null ? 'dispersion' : '', ' by the hour'),
    ];
    return parts.length === 0 ? [] : [`${name}: ${parts.map((part) => part.trim()).join(', ')}`];
  };
  if (sources.length === 1 || sources.length > MOST_SOURCES) return line('arrivals', traffic, true);
  return sources.flatMap(({ name }, k) => line(name, trafficOfSources[k]!, false));
}

/** The sources that an option serves, or how many where their names are long. */
function servedWords({ sources }: Option, scenario: RunResult['scenario']): string {
  const all = scenario.sources.length;
  if (sources.length === all) return 'all';
  const names = sources.map((k) => scenario.sources[k]!.name).join(', ');
  return names.length <= 16 ? names : `${sources.length} of ${all} sources`;
}

function trainingCell(one: Option): string {
  if (one.servesImages) return '–';
  const { cost_usd_per_request: value, cost_usd_per_request_ci_high: high } = one.summary.row;
  return showEstimate(
    { value: value as number, low: null, high: high as number | null },
    { unit: '', factor: 1 },
  );
}

/** The cells of every option from top to bottom; adds the labels of the lines that are there. */
function columnsOf(result: RunResult, labels: string[]): string[][] {
  const { scenario } = result;
  const options = optionsOf(result);
  const columns = options.map(({ name }) => [name]);
  const add = (label: string, cell: (one: Option) => string) => {
    labels.push(label);
    for (const [i, one] of options.entries()) columns[i]!.push(cell(one));
  };
  const cheapest = cheapestOf(result);
  if (new Set(options.map(({ sources }) => sources.join())).size > 1)
    add('serves', (one) => servedWords(one, scenario));
  if (options.some((one) => one.summary.stability.status === 'unstable')) {
    add('status', ({ summary }) => summary.stability.status);
  }
  for (const line of LINES) {
    add(line.label, (one) => lineCell(one, line, cheapest.includes(one)));
    if (line.name === 'cost_usd_per_image' && options.some(({ servesImages }) => !servesImages))
      add('$/training', trainingCell);
  }
  if (options.some(({ summary }) => summary.turnedAway > 0)) {
    add('not served', ({ summary }) => `${plain(100 * summary.turnedAway, 3)} %`);
  }
  for (const quantity of SLO_QUANTITIES) {
    const bound_s = scenario.slo[quantity];
    if (bound_s === undefined) continue;
    add(
      `${SLO_LABELS[quantity]} <= ${plain(bound_s, 4)} s`,
      ({ summary, servesImages }) =>
        (servesImages ? sloAnswer(summary, quantity, bound_s) : undefined) ?? '–',
    );
  }
  return columns;
}

const SLO_LABELS: Record<SloQuantity, string> = {
  latency_p50: 'p50',
  latency_p95: 'p95',
  latency_p99: 'p99',
  latency_mean: 'mean',
  wait_mean: 'wait',
};

function block(
  labels: string[],
  columns: readonly string[][],
  labelWidth: number,
  cellWidth: number,
): string {
  const rows = labels.map((label, i) => [label, ...columns.map((column) => coloured(column[i]!, i === 0))]);
  const table = new Table({
    head: rows[0]!,
    colWidths: [labelWidth, ...columns.map(() => cellWidth)],
    colAligns: ['left', ...columns.map(() => 'right' as const)],
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows.slice(1));
  return table.toString();
}

function coloured(cell: string, isHead: boolean): string {
  if (isHead) return pc.bold(cell);
  if (cell.startsWith('* ')) return pc.green(cell);
  return cell === 'unstable' ? pc.red(cell) : cell;
}

function lineCell(one: Option, line: Line, isCheapest: boolean): string {
  const text = showEstimate(one.summary.estimates[line.name], line);
  if (line.name === 'cost_usd_per_hour' && isCheapest) return `* ${text}`;
  return line.name === 'gpu_utilization' && one.isShared ? `${text} †` : text;
}

/** `2.490 ±0.031`, or the value alone when there is no interval. */
function showEstimate({ value, high }: Estimate, { unit, factor }: Pick<Line, 'unit' | 'factor'>): string {
  if (value === null) return '–';
  if (high === null) return `${plain(value * factor, 4)}${unit}`;
  const [x, half] = plusMinus(value * factor, (high - value) * factor);
  return `${x}${unit} ±${half}`;
}
