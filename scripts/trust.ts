/** Makes docs/TRUST.md: what was verified, with figures. Long: some minutes. `npx tsx scripts/trust.ts [RUNS] [KILLS]` */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { plain } from '../src/core/plain-number.ts';
import { SEEDS } from '../test/long.ts';
import { COVERED, type Coverage, coverageOf, MODELS } from './coverage.ts';
import { type Kills, killAtRandom } from './kills.ts';

const ROOT = resolve(import.meta.dirname, '..');
/** Shares that an interval of 95 % should hold. */
const [LEAST, MOST] = [0.93, 0.97];

/** The table of the coverage of intervals. */
export function coverageTable(coverages: readonly Coverage[]): string {
  const names = ['cost/h', 'cost/image', 'mean latency', 'p95', 'utilization'];
  const cell = (share: number) => {
    const text = plain(100 * share, 3);
    return share < LEAST || share > MOST ? `**${text}**` : text;
  };
  return [
    `| model | requests a replication | ${names.join(' | ')} |`,
    `|---|--:|${names.map(() => '--:|').join('')}`,
    ...coverages.map(
      ({ model, requests, held }) =>
        `| ${model} | ${plain(requests, 3)} | ${COVERED.map((name) => cell(held[name])).join(' | ')} |`,
    ),
  ].join('\n');
}

interface Verified {
  readonly comparisons: readonly { z: number; isHeld: boolean }[];
  readonly planted: readonly { isHeld: boolean }[];
  readonly lambda: { coldShare: number; instances: number };
}

export function trustPage(
  verified: Verified,
  runs: number,
  coverages: readonly Coverage[],
  kills: Readonly<Record<'run' | 'sweep', Kills & { times: number }>>,
): string {
  const { comparisons, planted, lambda } = verified;
  const largest = Math.max(...comparisons.map(({ z }) => Math.abs(z)));
  const percent = (share: number) => `${plain(100 * share, 3)} %`;
  const killed = (command: 'run' | 'sweep') =>
    `${command}: killed at ${kills[command].kills} of ${kills[command].times} random moments, ${kills[command].faults.length} faults`;
  return `# What was verified

This page is made by \`npx tsx scripts/trust.ts\`; what it says of tests is what \`npm test\` runs. \`npx warmpool verify\` does the first part on your own machine, in half a
minute.

## Exact values

${comparisons.length} values of ${'queues, bursty arrivals, cold starts, idle windows, unlimited pools and varying load'} are known in closed form or as a
Markov chain (\`src/theory/\`, each with its source). All ${comparisons.filter(({ isHeld }) => isHeld).length} are held; the farthest is ${plain(largest, 2)} standard errors off.
Where a price is a container's second, cost is containers times a constant and no value of its own. ${planted.length} values planted that are 2 % off are refused, ${planted.filter(({ isHeld }) => !isHeld).length} of ${planted.length}. Beside 20 published measurements on AWS Lambda the share of
cold requests is off by ${percent(lambda.coldShare)} on average, the number of instances by ${percent(lambda.instances)}.

## The slow twin

The engine exists twice: once fast, once in plain objects and linear scans, written from the model and sharing no code
(\`test/twin/twin.ts\`). On 4,000 random worlds in the tests, full of ties, with every policy, they agree to the microsecond
on the fate of every request and on every hour; the engine's shorter way through quiet stretches, which follows no single
request, agrees on every hour and every latency. \`WORLDS=100000 npx vitest run test/pool/twin.test.ts\` tries more.

## Do 95 % intervals hold in 95 %?

Ten models, ${runs} runs each of 10 replications and with a seed of its own; an interval holds if the mean over all runs lies in
it. Bold: outside ${100 * LEAST} to ${100 * MOST} %. In % of the runs:

${coverageTable(coverages)}

A p95 counts as held within 0.1 %, to which the sketch of many latencies knows it. Where many requests take exactly as long,
as all who wait for a whole cold start, the p95 can lie on that value in every run (100 %: it is known exactly) or on it in
some replications and beside it in others; then the interval holds less often, and \`run\` says so in a warning.

## Interrupted, killed, fed with rubbish

- ${killed('run')}; ${killed('sweep')}. Each file that was left was the old one or the new one, whole, and the same command then wrote the new ones. (Most moments fall into the work: files are written in a few hundredths of a second, and put in place in less than a thousandth.)
- The readers of scenarios and of logs took or refused 20,000 mutated and random inputs in the tests, each within a second, each
  refusal with a place. \`FUZZ=1000000 npx vitest run test/fuzz\` tries more.
- A worker thread that dies ends a run with a clear error and nothing half written; it costs a sweep the cells at hand, and the same
  command goes on with them.
- Results do not depend on the number of threads, to the last byte, nor on the machine (\`verify\` compares with the release).

## Planted faults

\`npm run mutate\` plants more than two thousand faults into the engine, one after the other, and asks quick tests whether they see
it: [MUTATION.md](MUTATION.md) says how many they see, and lists those that live.

## What takes longer

\`npm test\` counts on ${SEEDS} seeds how often intervals and answers hold; \`npm run test:long\` counts on 200, tries five times the random
worlds, eight times the scenarios and five times the inputs, verifies all exact values, opens every preset of the explorer, and
gives every command a process of its own, which short ones of \`npm test\` share.

## What is not promised

- Intervals are for runs like these: this traffic, this duration, this start. They know nothing of how your traffic, a
  vendor's cold starts or prices will change. \`optimize\` tells which of them an answer hangs on.
- Replicate's shared pools are a model: other tenants' traffic and the number of warm instances are assumptions in the
  scenario, not facts about Replicate.
- A stop is instant, a failed start does not happen, a container serves one request at a time.
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const runs = Number(process.argv[2] ?? 1000);
  const times = Number(process.argv[3] ?? 200);
  const main = join(ROOT, 'dist/cli/main.js');
  const verified = JSON.parse(
    execFileSync(process.execPath, [main, 'verify', '--json'], { encoding: 'utf8' }),
  );
  const coverages = MODELS.map((model) => coverageOf(model, runs));
  const kills = {
    run: { times, ...(await killAtRandom('run', times, 7)) },
    sweep: { times, ...(await killAtRandom('sweep', times, 7)) },
  };
  const faults = [...kills.run.faults, ...kills.sweep.faults];
  if (faults.length > 0) throw new Error(faults.join('\n'));
  writeFileSync(join(ROOT, 'docs', 'TRUST.md'), trustPage(verified, runs, coverages, kills));
}
