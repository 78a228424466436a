/** Makes docs/CLAIMS.md from the committed results of the shipped scenarios: what an article claims, and what came out. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { plusMinus } from '../src/core/plain-number.ts';
import { crossoverClaims } from './crossover-claims.ts';

const ROOT = resolve(import.meta.dirname, '..');

/** The article's numbers: $ a second of Modal's GPUs and of Replicate's H100, seconds an image, $ an image of Replicate. */
export const ARTICLE = {
  H100: { usd: 0.001097, seconds: 3.5, warm: 0.0038, cold: 0.0088 },
  A100: { usd: 0.000694, seconds: 6, warm: 0.0042, cold: 0.0056 },
  A10G: { usd: 0.000306, seconds: 13, warm: 0.004, cold: 0.0024 },
  replicateH100: 0.001528,
  price: 0.03,
} as const;

const GPUS = [
  ['H100', 'h100'],
  ['A100', 'a100'],
  ['A10G', 'a10g'],
] as const;

interface Value {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** A row of the committed summary of a scenario. */
function row(scenario: string, platform: string): Record<string, string> {
  const text = readFileSync(join(ROOT, 'results', scenario, 'summary.csv'), 'utf8');
  const rows = parse(text, { columns: true }) as Record<string, string>[];
  const found = rows.find((one) => one.platform === platform);
  if (found === undefined) throw new Error(`results/${scenario} has no ${platform}`);
  return found;
}

/** A value with its interval; of a single run the interval is the value. */
export function figure(scenario: string, platform: string, name: string): Value {
  const found = row(scenario, platform);
  const value = Number(found[name]);
  const bound = (end: string) => (found[`${name}_ci_${end}`] ? Number(found[`${name}_ci_${end}`]) : value);
  return { value, low: bound('low'), high: bound('high') };
}

function times({ value, low, high }: Value, factor: number): Value {
  return { value: value * factor, low: low * factor, high: high * factor };
}

function shown(one: Value): string {
  if (one.high === one.value) return String(Number(one.value.toPrecision(4)));
  return plusMinus(one.value, one.high - one.value).join(' ± ');
}

const cost = (scenario: string, platform: string) => figure(scenario, platform, 'cost_usd_per_hour');
const perImage = (scenario: string, platform: string) => figure(scenario, platform, 'cost_usd_per_image');
const p95 = (scenario: string, platform: string) => figure(scenario, platform, 'latency_p95_s');
const busy = (scenario: string, platform: string) =>
  times(figure(scenario, platform, 'gpu_utilization'), 100);

/** Whether one is below the other beyond what the intervals leave open. */
const isBelow = (a: Value, b: Value) => a.high < b.low;

export interface Claim {
  readonly number: number;
  readonly says: string;
  /** What came out, in sentences, with the scenario it came from. */
  readonly came: string;
  /** `holds`, `holds if ...` or `contradicted`. */
  readonly verdict: string;
}

function verdict(holds: boolean, words: string, otherwise = 'contradicted'): string {
  return holds ? words : otherwise;
}

/** Every claim, in the article's order. */
export function claims(): Claim[] {
  return [...runClaims(), ...crossoverClaims()].sort((a, b) => a.number - b.number);
}

/** The claims that runs and plans can show. */
function runClaims(): Claim[] {
  const warm = GPUS.map(([gpu, name]) => ({ gpu, one: perImage('back-to-back', name) }));
  const isWarmRight = warm.every(
    ({ gpu, one }) =>
      Math.abs(one.value - (ARTICLE[gpu].usd * ARTICLE[gpu].seconds) / 0.99) < 2e-3 * one.value,
  );
  const raw = perImage('back-to-back', 'replicate-raw');
  const cold = GPUS.map(([gpu, name]) => ({
    gpu,
    start:
      Number(row('one-at-a-time', `${name}-60s`).cost_starting_usd_per_hour) /
      rate('one-at-a-time', `${name}-60s`),
    extra: perImage('one-at-a-time', `${name}-60s`).value - ARTICLE[gpu].usd * ARTICLE[gpu].seconds,
  }));
  const isColdRight = cold.every(({ gpu, start }) => Math.abs(start - ARTICLE[gpu].cold) < 2.5e-4);
  const day = times(cost('quiet-day', 'a100'), 24);
  const [crossover, alone] = [busy('flux-dev-crossover', 'modal'), busy('sixty-percent', 'one-a100')];
  const ten = { replicate: cost('ten-a-minute', 'replicate'), modal: cost('ten-a-minute', 'modal') };
  const one = row('ten-a-minute', 'one-a100').status;
  const saved = 100 * (1 - ARTICLE.H100.usd / ARTICLE.replicateH100);
  const peak = (name: string) =>
    `$${shown(cost('peak-hours', name))} an hour, p95 ${shown(p95('peak-hours', name))} s`;
  const isTable =
    isBelow(cost('peak-hours', 'table'), cost('peak-hours', 'always-1')) &&
    isBelow(p95('peak-hours', 'table'), p95('peak-hours', 'always-0'));
  const plan = (name: string) => cost('brands-and-long-tail', name);
  const isBoth = isBelow(plan('both'), plan('modal')) && isBelow(plan('both'), plan('replicate'));
  const isOnePool = isBelow(plan('modal-one-pool'), plan('both'));
  const boots = (name: string) => p95('community-cold-boots', name);
  const training = (name: string) => figure('fine-tune-shop', name, 'cost_usd_per_request');
  return [
    {
      number: 1,
      says: 'A warm image costs $0.0038 on an H100, $0.0042 on an A100, $0.0040 on an A10G; $0.0054 of raw seconds on Replicate.',
      came: `One container of each, 99 % busy: ${warm.map(({ gpu, one }) => `$${shown(one)} on ${gpu}`).join(', ')}; $${shown(raw)} on Replicate (\`back-to-back\`). 1 % more than the arithmetic, since 1 % of the time is idle.`,
      verdict: verdict(isWarmRight, 'holds if the container never idles'),
    },
    {
      number: 2,
      says: 'A cold start adds $0.0088, $0.0056, $0.0024.',
      came: `8 s of start: ${cold.map(({ gpu, start }) => `$${start.toPrecision(3)} on ${gpu}`).join(', ')}. But an image that comes alone also pays the idle window of 60 s after it: ${cold.map(({ extra }) => `$${extra.toPrecision(3)}`).join(', ')} more than a warm one (\`one-at-a-time\`).`,
      verdict: verdict(isColdRight, 'holds if the idle window after it is not counted'),
    },
    {
      number: 3,
      says: 'keep_warm=1 costs about $60 a day on an A100.',
      came: `A day without traffic: $${day.value.toFixed(4)} (\`quiet-day\`).`,
      verdict: verdict(Math.abs(day.value - 86_400 * ARTICLE.A100.usd) < 1e-6, 'holds'),
    },
    {
      number: 5,
      says: 'The crossover of 83 images an hour is about 60 % utilization.',
      came: `At 83 an hour the containers are ${shown(crossover)} % busy (\`flux-dev-crossover\`); 83.28 x 6 / 3600 is 13.88 %. 60 % of one A100 is 360 an hour: ${shown(alone)} % (\`sixty-percent\`).`,
      verdict: verdict(crossover.high < 60, 'contradicted', 'holds'),
    },
    {
      number: 6,
      says: 'From 10 to 15 images a minute on, Modal with keep_warm=1 on an A100 is cheaper at the same SLA.',
      came: `At 10 a minute one A100 alone is ${one}; Modal that may start more costs $${shown(ten.modal)} an hour, Replicate $${shown(ten.replicate)}; their p95 is ${shown(p95('ten-a-minute', 'modal'))} and ${shown(p95('ten-a-minute', 'replicate'))} s (\`ten-a-minute\`).`,
      verdict: verdict(
        isBelow(ten.modal, ten.replicate),
        'holds if more than one container may run, and if the SLA allows the longer p95',
      ),
    },
    {
      number: 8,
      says: "Modal's raw seconds are 30 to 50 % cheaper.",
      came: `On the H100, 1 - 0.001097 / 0.001528 = ${saved.toFixed(1)} %; images of a busy one cost ${(100 * (1 - warm[0]!.one.value / raw.value)).toFixed(1)} % less (\`back-to-back\`).`,
      verdict: verdict(saved >= 30 && saved <= 50, 'holds'),
    },
    {
      number: 11,
      says: 'keep_warm 1 at peak hours and 0 overnight tunes cost against cold starts.',
      came: `Always 0: ${peak('always-0')}. Always 1: ${peak('always-1')}. By the table: ${peak('table')} (\`peak-hours\`).`,
      verdict: verdict(isTable, 'holds', 'contradicted: it is not between both'),
    },
    {
      number: 12,
      says: 'Run both: brands on Modal, the long tail on Replicate, costs less than either alone.',
      came: `Both $${shown(plan('both'))} an hour, Modal with a pool for each model of the tail $${shown(plan('modal'))}, Replicate $${shown(plan('replicate'))}; Modal with one pool for everything $${shown(plan('modal-one-pool'))} (\`brands-and-long-tail\`).`,
      verdict: verdict(
        isBoth && isOnePool,
        'holds if each model of the tail needs a pool of its own; not if one pool can serve all',
        verdict(isBoth, 'holds'),
      ),
    },
    {
      number: 13,
      says: 'Replicate Official absorbs the cold start; community models may take minutes.',
      came: `At 4 images an hour the p95 is ${shown(boots('official'))} s on an official model, ${shown(boots('alone'))} s on a community model that nobody else uses, ${shown(boots('with-others'))} s on one that others call 30 times an hour (\`community-cold-boots\`).`,
      verdict: verdict(
        boots('official').high < 10 && boots('alone').low > 120,
        'holds; other users of the community model shorten the wait',
      ),
    },
    {
      number: 14,
      says: 'Trainings: a managed call on Replicate against a Function and a Volume on Modal.',
      came: `A training of 20 minutes on an H100 costs $${shown(training('replicate-trainings'))} on Replicate and $${shown(training('modal-trainings'))} on Modal. With 60 images an hour beside them: Replicate $${shown(cost('fine-tune-shop', 'replicate'))} an hour, Modal $${shown(cost('fine-tune-shop', 'modal'))} (\`fine-tune-shop\`).`,
      verdict: verdict(
        isBelow(training('modal-trainings'), training('replicate-trainings')),
        'holds: the managed call costs more and saves the code; the images decide the bill',
        'holds: what a training costs cannot be told apart here',
      ),
    },
  ];
}

/** Requests an hour that were served. */
function rate(scenario: string, platform: string): number {
  return Number(row(scenario, platform).cold_starts) / 24;
}

export function claimsText(): string {
  const parts = claims().map(
    ({ number, says, came, verdict: answer }) =>
      `## ${number}. ${says}\n\n${came}\n\n**${answer.charAt(0).toUpperCase()}${answer.slice(1)}.**\n`,
  );
  return `# The article's claims, put to the test

An article of April 2026 compares Replicate and Modal for image generation. Here is what it says, what the shipped scenarios
say, each with its 95 % interval, and the verdict. The numbers are those of \`results/\`; \`npm run results\` makes this page
anew.

${parts.join('\n')}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(join(ROOT, 'docs/CLAIMS.md'), claimsText());
