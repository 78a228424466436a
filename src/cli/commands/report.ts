import { join, resolve } from 'node:path';
import type { Argv } from 'yargs';
import { EXIT, UsageError } from '../exit-code.ts';
import { once } from '../options.ts';
import { writeReport } from '../write-report.ts';

export function builder<T>(args: Argv<T>) {
  return args
    .positional('results', {
      type: 'string',
      array: true,
      demandOption: true,
      describe: 'folders that run, sweep or crossover wrote',
    })
    .option('out', {
      type: 'string',
      requiresArg: true,
      describe: 'the page [default: report.html in the folder, of several in the one they are in]',
    })
    .option('quiet', { type: 'boolean', describe: 'print nothing but errors' })
    .example('$0 results/flux-dev-crossover', 'one page, to be sent round')
    .example('$0 results/*/ --out all.html', 'several scenarios in one page');
}

export interface ReportArgs {
  results: string[];
  out?: string | string[] | undefined;
  quiet?: boolean | undefined;
}

/** @returns the exit code */
export function handler(args: ReportArgs): number {
  const [first, ...others] = args.results;
  if (first === undefined) throw new UsageError('expected at least one folder of results');
  const twice = args.results.find(
    (folder, k) => args.results.findIndex((one) => resolve(one) === resolve(folder)) < k,
  );
  if (twice !== undefined) throw new UsageError(`${twice} is named twice`);
  const out = once('out', args.out) ?? join(first, ...(others.length > 0 ? ['..'] : []), 'report.html');
  if (!/\.html?$/i.test(out)) throw new UsageError(`--out ${out}: expected a file name that ends in .html`);
  writeReport(args.results, resolve(out));
  if (!args.quiet) process.stdout.write(`Wrote ${out}\n`);
  return EXIT.done;
}
