import { join } from 'node:path';
import type { Argv } from 'yargs';
import { seconds } from '../../core/time.ts';
import type { Replication } from '../../experiment/replication.ts';
import { OUTCOMES } from '../../experiment/request-log.ts';
import { optionsOf, type RunResult, replicationRowsOf, runResult, standsOf } from '../../experiment/run.ts';
import { verdict } from '../../experiment/sentence.ts';
import {
  HOURLY_COLUMNS,
  REPLICATION_COLUMNS,
  REQUEST_COLUMNS,
  type Row,
  SUMMARY_COLUMNS,
} from '../../measure/columns.ts';
import { csvLines, jsonRow } from '../../render/csv.ts';
import { formatProblem, type Problem, ScenarioError } from '../../scenario/problem.ts';
import type { SourceSpec } from '../../workload/source.ts';
import { firstAdapters } from '../../workload/workload.ts';
import { replications } from '../execute.ts';
import { EXIT, UsageError } from '../exit-code.ts';
import { heard, interruption } from '../interruption.ts';
import { type LoadedScenario, loadScenario } from '../load-scenario.ts';
import { manifestFile } from '../manifest.ts';
import { type OverrideArgs, once, overrideOptions, overridesOf, threadsOf } from '../options.ts';
import { type OutputFile, probeFolder, removeFile, writeFiles } from '../output.ts';
import { makeReport, probeReport } from '../own-report.ts';
import { progressBar } from '../progress.ts';
import { REPORT } from '../report-file.ts';
import { legend, summaryTable, wrapped } from '../table.ts';

export function builder<T>(args: Argv<T>) {
  return overrideOptions(args)
    .positional('files', { type: 'string', array: true, demandOption: true, describe: 'scenario files' })
    .option('out', { type: 'string', requiresArg: true, describe: 'folder for results [default: results]' })
    .option('threads', { type: 'string', requiresArg: true, describe: 'worker threads [default: the cores]' })
    .option('json', { type: 'boolean', describe: 'print the summary as JSON lines and nothing else' })
    .option('quiet', { type: 'boolean', describe: 'print no table and no progress' })
    .option('raw', { type: 'boolean', describe: 'write replications.csv: the hours of each replication' })
    .option('report', { type: 'boolean', describe: 'write report.html: a page to be sent round' })
    .option('requests', { type: 'boolean', describe: 'write requests.csv: the fate of every request' })
    .example('$0 scenarios/flux-dev-crossover.yaml', 'the article’s crossover')
    .example('$0 my.yaml --set platforms.modal.keep_warm=2', 'the same with two warm containers');
}

export interface RunArgs extends OverrideArgs {
  files: string[];
  out?: string | string[] | undefined;
  threads?: string | string[] | undefined;
  json?: boolean | undefined;
  quiet?: boolean | undefined;
  raw?: boolean | undefined;
  requests?: boolean | undefined;
  report?: boolean | undefined;
}

/** @returns the exit code */
export async function handler(args: RunArgs): Promise<number> {
  const out = once('out', args.out) ?? 'results';
  if (out === '') throw new UsageError('--out: expected a folder');
  const threads = threadsOf(once('threads', args.threads));
  const { signal, release } = interruption();
  try {
    const loaded = await loadAll(args, signal);
    for (const { scenario, warnings } of loaded) {
      for (const warning of warnings) process.stderr.write(`${formatProblem(warning)}\n`);
      probeFolder(join(out, scenario.name));
      if (args.report) probeReport(join(out, scenario.name), 'manifest.json');
    }
    let isUnstable = false;
    for (const one of loaded) {
      const { result, files } = await simulate(one, args, threads, join(out, one.scenario.name), signal);
      isUnstable ||= result.platforms.some(({ summary }) => summary.stability.status === 'unstable');
      report(result, args, `${join(out, one.scenario.name)}/{${files.join(',')}}`);
      await heard(signal);
    }
    return isUnstable ? EXIT.doubtful : EXIT.done;
  } finally {
    release();
  }
}

/** All files are checked before any is worked on. */
async function loadAll(args: RunArgs, signal: AbortSignal): Promise<LoadedScenario[]> {
  if (args.files.length === 0) throw new UsageError('expected at least one scenario file');
  const overrides = overridesOf(args);
  const loaded: LoadedScenario[] = [];
  const problems: Problem[] = [];
  for (const file of args.files) {
    try {
      loaded.push(await loadScenario(file, overrides, signal));
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new ScenarioError(problems);
  const names = loaded.map(({ scenario }) => scenario.name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new UsageError(`two of the files are named "${twice}": their results would share a folder`);
  return loaded;
}

/** Runs a scenario and writes what came out. */
async function simulate(
  loaded: LoadedScenario,
  args: RunArgs,
  threads: number,
  folder: string,
  signal: AbortSignal,
): Promise<Written> {
  const { scenario } = loaded;
  const progress = progressBar(scenario.name, args.quiet ?? false);
  const runs = await replications(scenario, {
    threads,
    requests: args.requests ?? false,
    onProgress: progress.update,
    signal,
  }).finally(progress.stop);
  await heard(signal);
  const result = runResult(scenario, runs);
  const files = write(loaded, result, runs, args, folder);
  if (args.report) await makeReport(folder);
  return { result, files };
}

interface Written {
  readonly result: RunResult;
  /** Names of the files. */
  readonly files: readonly string[];
}

function write(
  loaded: LoadedScenario,
  result: RunResult,
  runs: readonly Replication[],
  args: RunArgs,
  folder: string,
): string[] {
  const summaries = optionsOf(result).map(({ summary }) => summary.row);
  const hourly = optionsOf(result).flatMap(({ hourly: rows }) => rows);
  const files: OutputFile[] = [
    { name: 'hourly.csv', pieces: csvLines(HOURLY_COLUMNS, hourly) },
    { name: 'summary.csv', pieces: csvLines(SUMMARY_COLUMNS, summaries) },
  ];
  if (args.raw)
    files.push({
      name: 'replications.csv',
      pieces: csvLines(REPLICATION_COLUMNS, replicationRowsOf(result)),
    });
  if (args.requests)
    files.push({ name: 'requests.csv', pieces: csvLines(REQUEST_COLUMNS, requestRows(result, runs)) });
  const own = {
    options: { raw: args.raw ?? false, requests: args.requests ?? false },
    stands: standsOf(result),
  };
  writeFiles(folder, files, (hashes) =>
    manifestFile('manifest.json', loaded, args, {
      command: 'run',
      answer: [verdict(result)].filter((words) => words !== ''),
      warnings: result.warnings,
      own,
      files: hashes,
    }),
  );
  const names = [...files.map(({ name }) => name), 'manifest.json'];
  if (args.report) names.push(REPORT);
  // A page of earlier results beside these would be taken for theirs.
  for (const name of ['replications.csv', 'requests.csv', REPORT])
    if (!names.includes(name)) removeFile(folder, name);
  return names;
}

function* requestRows({ scenario, platforms }: RunResult, runs: readonly Replication[]): Generator<Row> {
  for (const [k, { platform }] of platforms.entries()) {
    for (const [replication, { requests }] of runs.entries()) {
      const log = requests![k]!;
      for (let i = 0; i < log.arrival_us.length; i++) {
        const start_us = log.start_us[i]!;
        yield {
          platform: platform.name,
          replication,
          source: scenario.sources[log.source[i]!]!.name,
          arrival_s: seconds(log.arrival_us[i]!),
          start_s: seconds(start_us),
          end_s: seconds(start_us + log.service_us[i]!),
          size: log.size[i]!,
          images: log.images[i]!,
          cold: log.cold[i]!,
          outcome: OUTCOMES[log.outcome[i]!]!,
          adapter: adapterName(scenario.sources, log.source[i]!, log.adapter[i]!),
        };
      }
    }
  }
}

/** The name of an adapter in its source's log; else its number there; null for none. */
function adapterName(sources: readonly SourceSpec[], source: number, adapter: number): string | null {
  if (adapter < 0) return null;
  const local = adapter - firstAdapters(sources)[source]!;
  const { process } = sources[source]!;
  return (process.process === 'trace' ? process.rows?.adapterNames?.[local] : undefined) ?? String(local);
}

function report(result: RunResult, args: RunArgs, written: string): void {
  for (const warning of result.warnings) process.stderr.write(`warning: ${warning}\n`);
  if (args.json) {
    for (const { summary } of optionsOf(result))
      process.stdout.write(`${jsonRow(SUMMARY_COLUMNS, summary.row)}\n`);
    return;
  }
  if (args.quiet) return;
  const meaning = verdict(result);
  const width = process.stdout.isTTY ? process.stdout.columns : 80;
  process.stdout.write(`${summaryTable(result, width)}\n`);
  const marks = legend(result);
  if (marks) process.stdout.write(`${marks}\n`);
  if (meaning) process.stdout.write(`${wrapped(meaning, width)}\n`);
  process.stdout.write(`Wrote ${written}\n`);
}
