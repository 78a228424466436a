import type { Argv } from 'yargs';

/** What a command's module exports. Arguments are what its builder makes of the words. */
export interface CommandModule {
  builder?(args: Argv): Argv;
  /** @returns the exit code */
  handler(args: never): number | Promise<number>;
}

/** A command of warmpool: its module is loaded only when it is called, which keeps the others' start quick. */
export interface Command {
  /** As yargs writes it: the name, and what it expects. */
  readonly command: string;
  readonly describe: string;
  load(): Promise<CommandModule>;
}

export const COMMANDS: readonly Command[] = [
  {
    command: 'run <files..>',
    describe: 'simulate scenarios; write hourly.csv, summary.csv and manifest.json for each',
    load: () => import('./commands/run.ts'),
  },
  {
    command: 'sweep <file>',
    describe: 'run a grid of settings; write sweep.csv; find the cheapest that meets the SLO',
    load: () => import('./commands/sweep.ts'),
  },
  {
    command: 'crossover <file>',
    describe: 'find the rate at which two platforms cost the same; write crossover.csv',
    load: () => import('./commands/crossover.ts'),
  },
  {
    command: 'optimize <file>',
    describe: 'find the cheapest setting of a platform that meets the SLO, and what it hangs on',
    load: () => import('./commands/optimize.ts'),
  },
  {
    command: 'compare <a> <b>',
    describe: 'set two scenarios, platforms or results side by side, with the interval of each difference',
    load: () => import('./commands/compare.ts'),
  },
  {
    command: 'report <results..>',
    describe: 'make one self-contained page of results, to be sent round',
    load: () => import('./commands/report.ts'),
  },
  {
    command: 'explore [file]',
    describe: 'open a page in which traffic and settings can be moved and the answer follows',
    load: () => import('./commands/explore.ts'),
  },
  {
    command: 'verify',
    describe: 'compare the simulator with exact values, on this machine',
    load: () => import('./commands/verify.ts'),
  },
  {
    command: 'validate <files..>',
    describe: 'check scenarios, and the files they name, without running them',
    load: () => import('./commands/validate.ts'),
  },
  {
    command: 'init [file]',
    describe: 'write a commented scenario for a question',
    load: () => import('./commands/init.ts'),
  },
  {
    command: 'fit <log>',
    describe: 'tell what a request log is like, and fit arrival processes to it',
    load: () => import('./commands/fit.ts'),
  },
  {
    command: 'prices [book]',
    describe: 'print the price books, with dates and sources',
    load: () => import('./commands/prices.ts'),
  },
  {
    command: 'schema',
    describe: 'print a JSON Schema (draft-7) of scenario files, for completion in an editor',
    load: () => import('./commands/schema.ts'),
  },
];

export function nameOf({ command }: Command): string {
  return command.split(' ')[0]!;
}
