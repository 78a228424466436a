import Table from 'cli-table3';
import pc from 'picocolors';
import { seconds } from '../core/time.ts';
import { type PlatformResult, type RunResult, stablePlatforms } from '../experiment/run.ts';
import { sloAnswer } from '../measure/slo.ts';
import type { Estimated } from '../measure/summary.ts';
import { SLO_QUANTITIES, type Slo } from '../scenario/slo.ts';
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

/** More would not fit the cell. */
const MOST_DECIMALS = 5;
const LABEL_WIDTH = 17;
const CELL_WIDTH = 19;

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

/** What the marks in the table mean. */
export function legend({ platforms, scenario }: RunResult): string {
  const parts = [
    platforms.length > 1 ? '* cheapest' : '',
    scenario.replications > 1 ? '± 95 % interval' : '',
  ];
  if (platforms.some(({ platform }) => platform.background)) parts.push('† of the whole shared pool');
  return parts.filter((part) => part !== '').join('; ');
}

/** The table that a person sees: platforms side by side, as many as fit the width, the cheapest marked. */
export function summaryTable(result: RunResult, width: number): string {
  const perBlock = Math.max(1, Math.floor((width - LABEL_WIDTH - 2) / (CELL_WIDTH + 1)));
  const cheapest = cheapestOf(result.platforms);
  const blocks: string[] = [];
  for (let first = 0; first < result.platforms.length; first += perBlock) {
    blocks.push(block(result.platforms.slice(first, first + perBlock), cheapest, result.scenario.slo));
  }
  return [heading(result), ...blocks].join('\n');
}

function heading({ scenario, traffic }: RunResult): string {
  const hours = seconds(scenario.duration_us) / 3600;
  const requests = traffic.reduce((sum, record) => sum + record.count, 0);
  const perHour = requests / hours / scenario.replications;
  const runs = scenario.replications === 1 ? 'one run' : `${scenario.replications} replications`;
  return `${pc.bold(scenario.name)}: ${perHour.toPrecision(4)} requests an hour for ${Number(hours.toPrecision(6))} h, ${runs}`;
}

function block(platforms: readonly PlatformResult[], cheapest: PlatformResult | undefined, slo: Slo): string {
  const table = new Table({
    head: ['', ...platforms.map(({ platform }) => pc.bold(shortened(platform.name)))],
    colWidths: [LABEL_WIDTH, ...platforms.map(() => CELL_WIDTH)],
    colAligns: ['left', ...platforms.map(() => 'right' as const)],
    style: { head: [], border: [], compact: true },
  });
  const isUnstable = platforms.some((one) => one.summary.stability.status === 'unstable');
  if (isUnstable) table.push(['status', ...platforms.map((one) => statusCell(one))]);
  for (const line of LINES)
    table.push([line.label, ...platforms.map((one) => lineCell(one, line, one === cheapest))]);
  if (platforms.some((one) => turnedAway(one) > 0)) {
    table.push(['not served', ...platforms.map((one) => `${plain(100 * turnedAway(one), 3)} %`)]);
  }
  for (const quantity of SLO_QUANTITIES) {
    const bound_s = slo[quantity];
    if (bound_s === undefined) continue;
    const label = `${quantity.replace('latency_', '').replace('_', ' ')} <= ${plain(bound_s, 4)} s`;
    table.push([
      label,
      ...platforms.map((one) => sloAnswer(one.summary.estimates, quantity, bound_s) ?? '–'),
    ]);
  }
  return table.toString();
}

function lineCell(one: PlatformResult, line: Line, isCheapest: boolean): string {
  const text = showEstimate(one.summary.estimates[line.name], line);
  if (line.name === 'cost_usd_per_hour' && isCheapest) return pc.green(`* ${text}`);
  return line.name === 'gpu_utilization' && one.platform.background ? `${text} †` : text;
}

/** Share of the requests that were rejected or left. */
function turnedAway({ summary: { row } }: PlatformResult): number {
  const requests = Number(row.requests);
  return requests > 0 ? (Number(row.rejected) + Number(row.aborted)) / requests : 0;
}

function shortened(name: string): string {
  return name.length <= CELL_WIDTH - 2 ? name : `${name.slice(0, CELL_WIDTH - 3)}…`;
}

function statusCell({ summary }: PlatformResult): string {
  const { status } = summary.stability;
  return status === 'unstable' ? pc.red(status) : status;
}

function cheapestOf(platforms: readonly PlatformResult[]): PlatformResult | undefined {
  if (platforms.length < 2) return undefined;
  const cost = (one: PlatformResult) =>
    one.summary.estimates.cost_usd_per_hour.value ?? Number.POSITIVE_INFINITY;
  return stablePlatforms(platforms).reduce((best, one) => (cost(one) < cost(best) ? one : best));
}

/**
 * `2.490 ±0.031`: as many decimals as two digits of the interval's half have, but at most five digits of the value; the
 * half is rounded up, so that no interval is shown narrower than it is.
 */
function showEstimate({ value, high }: Estimate, { unit, factor }: Pick<Line, 'unit' | 'factor'>): string {
  if (value === null) return '–';
  const x = value * factor;
  const half = high === null ? null : high * factor - x;
  if (half === null) return `${plain(x, 4)}${unit}`;
  if (half < 1e-9 * Math.max(1, Math.abs(x))) return `${plain(x, 4)}${unit} ±0`;
  const decimals = Math.max(0, Math.min(decimalsOf(half, 2), decimalsOf(x, 5), MOST_DECIMALS));
  const up = Math.ceil(half * 10 ** decimals) / 10 ** decimals;
  return `${x.toFixed(decimals)}${unit} ±${up.toFixed(decimals)}`;
}

/** Decimals that show so many significant digits. */
function decimalsOf(x: number, digits: number): number {
  return x === 0 ? digits : digits - 1 - Math.floor(Math.log10(Math.abs(x)));
}

/** So many significant digits, never an exponent. */
function plain(x: number, digits: number): string {
  return Number(x.toPrecision(digits)).toLocaleString('en-US', {
    useGrouping: false,
    maximumFractionDigits: 9,
  });
}
