/** What the committed crossovers and sweeps say of the claims that ask at what rate two platforms cost the same. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { plain, plusMinus } from '../src/core/plain-number.ts';
import type { Claim } from './claims.ts';

const ROOT = resolve(import.meta.dirname, '..');

function rows(scenario: string, file: string): Record<string, string>[] {
  return parse(readFileSync(join(ROOT, 'results', scenario, file), 'utf8'), { columns: true });
}

export interface Crossing {
  readonly rate: number;
  readonly low: number;
  readonly high: number;
  readonly formula: number;
  readonly status: string;
}

/** A row of the committed crossover.csv of a GPU. */
export function crossing(gpu: string, kind: string): Crossing {
  const found = rows(`crossover-${gpu}`, 'crossover.csv').find((row) => row.kind === kind)!;
  return {
    rate: Number(found.rate_per_hour),
    low: Number(found.rate_per_hour_ci_low),
    high: Number(found.rate_per_hour_ci_high),
    formula: Number(found.formula_images_per_hour),
    status: found.status!,
  };
}

function shown({ rate, high }: Crossing): string {
  return plusMinus(rate, high - rate).join(' ± ');
}

const M = 0.000694;
/** Images an hour that the article's formula for Modal is asked for. */
const RATES = [83.28, 360, 600, 900];

/** The article's cost of an hour on Modal with keep_warm 1: 3600 M + max(0, N t - 3600) M. */
export function spreadsheet(rate: number): number {
  return 3600 * M + Math.max(0, rate * 6 - 3600) * M;
}

/** What the simulation says at the same rates. */
export function simulatedCosts(traffic: 'poisson' | 'bursty'): number[] {
  return rows(`spreadsheet-${traffic}`, 'sweep.csv').map((row) => Number(row.cost_usd_per_hour));
}

const holds = (is: boolean, words: string) => (is ? words : 'contradicted');

export function crossoverClaims(): Claim[] {
  const fixed = crossing('a100', 'fixed');
  const best = crossing('a100', 'best-setting');
  const slo = crossing('a100', 'equal-slo');
  const [h100, a10g] = [crossing('h100', 'fixed'), crossing('a10g', 'fixed')];
  const costs = (traffic: 'poisson' | 'bursty') =>
    simulatedCosts(traffic)
      .map((cost, k) => `$${plain(cost, 3)} for $${plain(spreadsheet(RATES[k]!), 3)}`)
      .join(', ');
  const least = Math.min(...simulatedCosts('poisson').map((cost, k) => cost / spreadsheet(RATES[k]!)));
  return [
    {
      number: 4,
      says: 'From N* = 3600 M / R = 83 images an hour on, Modal on an A100 is cheaper than Replicate.',
      came: `The formula gives ${plain(fixed.formula, 4)}. With keep_warm 1 and a window of 60 s both cost the same at ${shown(fixed)} images an hour: further containers start, boot and idle, all of it billed. With the cheapest setting that keeps a p95 of 12 s it is ${shown(slo)} (\`crossover-a100\`).`,
      verdict: holds(
        fixed.low > fixed.formula && slo.low <= slo.formula && slo.formula <= slo.high,
        'holds if idle windows are short; with the default of 60 s it is a fifth too low',
      ),
    },
    {
      number: 7,
      says: 'An hour on Modal costs 3600 M + max(0, N t - 3600) M.',
      came: `At ${RATES.join(', ')} images an hour, Poisson: ${costs('poisson')} (\`spreadsheet-poisson\`). The same in bursts: ${costs('bursty')} (\`spreadsheet-bursty\`). The formula queues all images before one container until it is full; a pool starts another one, which boots and idles.`,
      verdict:
        least > 1.1 ? `contradicted: it is at least ${plain(100 * (least - 1), 2)} % too low` : 'holds',
    },
    {
      number: 9,
      says: 'The crossover is lower on an A10G and higher on an H100.',
      came: `${shown(a10g)} images an hour on an A10G (formula ${plain(a10g.formula, 4)}), ${shown(fixed)} on an A100, ${shown(h100)} on an H100 (formula ${plain(h100.formula, 4)}) (\`crossover-a10g\`, \`crossover-a100\`, \`crossover-h100\`).`,
      verdict: holds(a10g.high < fixed.low && fixed.high < h100.low, 'holds'),
    },
    {
      number: 10,
      says: 'Below the crossover Replicate wins.',
      came: `With the cheapest setting at each rate there is no crossover from 10 to 400 images an hour (${best.status.replace('none: ', '')}): a window of 2 s and no warm container cost less than Replicate at any volume, at a p95 of 14 s. Where a p95 of 12 s is to be kept, Replicate is cheaper below ${shown(slo)} (\`crossover-a100\`).`,
      verdict: holds(!best.status.startsWith('none: modal'), 'holds').replace(
        'contradicted',
        'contradicted in cost alone; it holds where both must keep the same p95',
      ),
    },
  ];
}
