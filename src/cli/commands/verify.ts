import { createHash } from 'node:crypto';
import type { Argv } from 'yargs';
import type { GroupRun } from '../../experiment/cells.ts';
import { LAMBDA_POINTS, lambdaErrors } from '../../experiment/verification/aws-lambda.ts';
import { FINGERPRINT, FINGERPRINT_SCENARIO } from '../../experiment/verification/fingerprint.ts';
import { measured } from '../../experiment/verification/measured.ts';
import { CASES, comparisonsOf, plantedOf } from '../../experiment/verification/verdict.ts';
import { HOURLY_COLUMNS, SUMMARY_COLUMNS } from '../../measure/columns.ts';
import { csvLines } from '../../render/csv.ts';
import { isVerified, verifyLines, verifyWords } from '../../render/verify-report.ts';
import { ScenarioReader } from '../../scenario/read.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { run, runTasks } from '../execute.ts';
import { EXIT } from '../exit-code.ts';
import { interruption } from '../interruption.ts';
import { once, threadsOf } from '../options.ts';
import { progressBar } from '../progress.ts';
import { hanging } from '../table.ts';
import { version } from '../version.ts';

export function builder<T>(args: Argv<T>) {
  return args
    .option('threads', { type: 'string', requiresArg: true, describe: 'worker threads [default: the cores]' })
    .option('json', { type: 'boolean', describe: 'print one JSON object and nothing else' })
    .option('quiet', { type: 'boolean', describe: 'print only what it comes to' })
    .example('$0', 'against exact values, and the bytes of the release, on this machine');
}

export interface VerifyArgs {
  threads?: string | string[] | undefined;
  json?: boolean | undefined;
  quiet?: boolean | undefined;
}

/** @returns the exit code */
export async function handler(args: VerifyArgs): Promise<number> {
  const threads = threadsOf(once('threads', args.threads));
  const { signal, release } = interruption();
  const progress = progressBar('verify', args.quiet ?? false);
  try {
    const texts = [...CASES, ...LAMBDA_POINTS].map(({ scenario }) => scenario);
    const scenarios = texts.map((text) => ScenarioReader.of(text, 'verify').finish().scenario);
    const runs = scenarios.map((): GroupRun[] => []);
    const tasks = scenarios.flatMap(({ replications }, scenario) =>
      Array.from({ length: replications }, (_, replication) => ({ scenario, replication })),
    );
    const onProgress = (share: number) => progress.update(share);
    await runTasks(scenarios, tasks, { totalsOnly: true }, { threads, signal, onProgress }, (task, one) => {
      runs[task.scenario]![task.replication] = one;
    });
    const found = scenarios.map((scenario, k) => measured(scenario, runs[k]!));
    const faults = await sameBytes(threads, signal);
    progress.stop();
    const comparisons = CASES.flatMap((one, k) => comparisonsOf(one, found[k]!));
    const planted = CASES.flatMap((one, k) => plantedOf(one, found[k]!));
    const lambda = lambdaErrors(found.slice(CASES.length));
    const isRight = isVerified(comparisons, planted, lambda, faults);
    const words = verifyWords(comparisons, planted, lambda, faults);
    if (args.json) {
      process.stdout.write(
        `${JSON.stringify({ warmpool: version(), isRight, comparisons, planted, lambda, faults })}\n`,
      );
    } else {
      const width = process.stdout.isTTY ? process.stdout.columns : 80;
      const table = args.quiet ? [] : [...verifyLines(comparisons), ''];
      process.stdout.write(`${[...table, ...words.map((line) => hanging(line, width))].join('\n')}\n`);
    }
    return isRight ? EXIT.done : EXIT.bug;
  } finally {
    progress.stop();
    release();
  }
}

/** What is not as on the machine of the release; nothing, as it should be. */
async function sameBytes(threads: number, signal: AbortSignal): Promise<string[]> {
  const { scenario } = ScenarioReader.of(FINGERPRINT_SCENARIO, 'verify').finish();
  const [one, several] = [
    await fingerprintOf(scenario, 1, signal),
    await fingerprintOf(scenario, Math.max(2, threads), signal),
  ];
  return [
    ...(one === FINGERPRINT
      ? []
      : [`results differ from those of the release: ${one} in place of ${FINGERPRINT}`]),
    ...(one === several ? [] : ['several threads give other results than one']),
  ];
}

export async function fingerprintOf(
  scenario: Scenario,
  threads: number,
  signal?: AbortSignal,
): Promise<string> {
  const { platforms } = await run(scenario, { threads, signal });
  const hash = createHash('sha256');
  for (const piece of csvLines(
    SUMMARY_COLUMNS,
    platforms.map(({ summary }) => summary.row),
  ))
    hash.update(piece);
  for (const piece of csvLines(
    HOURLY_COLUMNS,
    platforms.flatMap(({ hourly }) => [...hourly]),
  ))
    hash.update(piece);
  return hash.digest('hex');
}
