import Table from 'cli-table3';
import pc from 'picocolors';
import { seconds } from '../core/time.ts';
import type { PlatformResult, RunResult } from '../experiment/run.ts';
import type { Estimated } from '../measure/summary.ts';
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

const LABEL_WIDTH = 17;
const CELL_WIDTH = 20;

/** The table that a person sees: platforms side by side, as many as fit the width, the cheapest marked. */
export function summaryTable(result: RunResult, width: number): string {
  const perBlock = Math.max(1, Math.floor((width - LABEL_WIDTH - 2) / (CELL_WIDTH + 1)));
  const cheapest = cheapestOf(result.platforms);
  const blocks: string[] = [];
  for (let first = 0; first < result.platforms.length; first += perBlock) {
    blocks.push(block(result.platforms.slice(first, first + perBlock), cheapest));
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

function block(platforms: readonly PlatformResult[], cheapest: PlatformResult | undefined): string {
  const table = new Table({
    head: ['', ...platforms.map(({ platform }) => pc.bold(shortened(platform.name)))],
    colWidths: [LABEL_WIDTH, ...platforms.map(() => CELL_WIDTH)],
    colAligns: ['left', ...platforms.map(() => 'right' as const)],
    style: { head: [], border: [], compact: true },
  });
  const isUnstable = platforms.some((one) => one.summary.stability.status === 'unstable');
  if (isUnstable) table.push(['status', ...platforms.map((one) => statusCell(one))]);
  for (const line of LINES) {
    const cells = platforms.map((one) => {
      const text = showEstimate(one.summary.estimates[line.name], line);
      const isBest = line.name === 'cost_usd_per_hour' && one === cheapest;
      return isBest ? pc.green(`* ${text}`) : text;
    });
    table.push([line.label, ...cells]);
  }
  return table.toString();
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
  const stable = platforms.filter((one) => one.summary.stability.status === 'ok');
  return (stable.length > 0 ? stable : platforms).reduce((best, one) =>
    cost(one) < cost(best) ? one : best,
  );
}

/** `2.490 ±0.031`: as many decimals as two digits of the interval's half have. */
function showEstimate({ value, high }: Estimate, { unit, factor }: Pick<Line, 'unit' | 'factor'>): string {
  if (value === null) return '–';
  const x = value * factor;
  if (high === null) return `${plain(x, 4)}${unit}`;
  const half = high * factor - x;
  if (half < 1e-9 * Math.max(1, Math.abs(x))) return `${plain(x, 4)}${unit} ±0`;
  const decimals = Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(half))));
  return `${x.toFixed(decimals)}${unit} ±${half.toFixed(decimals)}`;
}

/** So many significant digits, never an exponent. */
function plain(x: number, digits: number): string {
  return Number(x.toPrecision(digits)).toLocaleString('en-US', {
    useGrouping: false,
    maximumFractionDigits: 9,
  });
}
