#!/usr/bin/env node
import './here.ts';
import yargs, { type Argv } from 'yargs';
import { hideBin } from 'yargs/helpers';
import { BrokenInvariant } from '../core/assert.ts';
import { didYouMean } from '../core/suggest.ts';
import { ScenarioError } from '../scenario/problem.ts';
import { COMMANDS, type Command, nameOf } from './commands.ts';
import { EXIT, FileError, Interrupted, UsageError } from './exit-code.ts';
import { systemMessage } from './system-message.ts';
import { version } from './version.ts';

const NAMES = COMMANDS.map(nameOf);

async function main(words: readonly string[]): Promise<void> {
  const unknown = words[0] !== undefined && !words[0].startsWith('-') && !NAMES.includes(words[0]);
  if (unknown) {
    const hint = /\.ya?ml$/.test(words[0]!)
      ? `; did you mean warmpool run ${words[0]}?`
      : didYouMean(words[0], NAMES);
    throw new UsageError(`unknown command "${words[0]}"${hint}; commands: ${NAMES.join(', ')}`);
  }
  if (words.includes('-'))
    throw new UsageError('a scenario is not read from standard input (-): name a file');
  const called = COMMANDS.find((one) => nameOf(one) === words[0]);
  const cli = called ? await cliOf(called, words.slice(1)) : overview(words);
  await cli
    .detectLocale(false)
    .strict()
    .version(version())
    .help()
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
    })
    .wrap(Math.min(100, process.stdout.columns ?? 80))
    .exitProcess(false)
    .showHelpOnFail(false)
    .fail((message, error) => {
      if (error && error.name !== 'YError') throw error;
      throw new UsageError(usageMessage(message, words));
    })
    .parseAsync();
}

/** What warmpool can do. */
function overview(words: readonly string[]): Argv {
  const cli = yargs([...words])
    .scriptName('warmpool')
    .usage('$0 <command>\n\nWhat will it cost to serve your image model, and how long will your users wait?')
    .demandCommand(1, `give a command: ${NAMES.join(', ')}`);
  for (const { command, describe } of COMMANDS) cli.command(command, describe);
  return cli;
}

/** A command, which is all that there is to what reads its words. */
async function cliOf(called: Command, words: readonly string[]): Promise<Argv> {
  const { builder = (args) => args, handler } = await called.load();
  const name = nameOf(called);
  return yargs([...words])
    .scriptName(`warmpool ${name}`)
    .command(called.command.replace(name, '$0'), called.describe, builder, async (args) => {
      process.exitCode = await handler(args as never);
    });
}

const OPTIONS = [
  '--seed',
  '--replications',
  '--duration',
  '--set',
  '--out',
  '--threads',
  '--json',
  '--quiet',
  '--raw',
  '--requests',
  '--platform',
  '--precision',
  '--restart',
  '--yes',
  '--yaml',
  '--question',
  '--name',
  '--rate',
  '--model',
  '--variant',
  '--gpu',
  '--slo',
  '--log',
  '--time-column',
  '--time-format',
  '--work-column',
  '--images-column',
  '--out-scenario',
  '--force',
  '--stdout',
  '--report',
  '--port',
  '--export',
];

/** What a command expects, where that is not a scenario. */
const MISSING: Readonly<Record<string, string>> = {
  fit: 'expected a request log',
  report: 'expected at least one folder of results, as results/my-scenario',
  compare: 'expected two scenarios or folders of results, as my.yaml:replicate my.yaml:modal',
};

/** What yargs found wrong, with the nearest option. */
function usageMessage(message: string, words: readonly string[]): string {
  if (message.startsWith('Not enough non-option arguments'))
    return MISSING[words[0] ?? ''] ?? 'expected at least one scenario file';
  const [, option] = /^Not enough arguments following: (.*)$/.exec(message) ?? [];
  if (option !== undefined) return `--${option}: expected a value`;
  const [, names] = /^Unknown arguments?: (.*)$/.exec(message) ?? [];
  if (names === undefined)
    return `${message.charAt(0).toLowerCase()}${message.slice(1)}; warmpool --help tells more`;
  const [first] = names.split(', ');
  const written = [`--${first}`, `-${first}`].find((option) =>
    words.some((word) => word.split('=')[0] === option),
  );
  if (written === undefined) return `unexpected "${first}"; warmpool --help tells what each command takes`;
  return `unknown option ${written}${didYouMean(
    `--${first}`,
    OPTIONS.filter((option) => option !== written),
  )}; warmpool --help lists the options`;
}

function fail(error: unknown, words: readonly string[]): void {
  const say = (text: string) => process.stderr.write(`${text}\n`);
  if (error instanceof ScenarioError) {
    say(error.message);
    const count = error.problems.length;
    say(`${count} ${count === 1 ? 'problem' : 'problems'}; nothing was run`);
    process.exitCode = EXIT.wrongInput;
  } else if (error instanceof UsageError) {
    say(`error: ${error.message}`);
    process.exitCode = EXIT.wrongInput;
  } else if (error instanceof FileError) {
    say(`error: ${error.message}`);
    process.exitCode = EXIT.fileFailed;
  } else if (error instanceof Interrupted) {
    say(`interrupted; ${error.message} warmpool ${words.map(quoted).join(' ')}`);
    process.exitCode = EXIT.interrupted;
  } else {
    say(`error: a bug in warmpool ${version()}, please report it: ${String(error)}`);
    if (error instanceof BrokenInvariant || process.env.WARMPOOL_DEBUG) say(String((error as Error).stack));
    process.exitCode = EXIT.bug;
  }
}

function quoted(word: string): string {
  return /^[\w./=:,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Whoever reads our output has gone: nobody is left to tell. */
function quietOnClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(EXIT.done);
  process.stderr.write(`error: cannot write to standard output: ${systemMessage(error)}\n`);
  process.exit(EXIT.fileFailed);
}

process.stdout.on('error', quietOnClosedPipe);
// Nobody hears what we say of the work: it is done all the same.
process.stderr.on('error', () => {});
const words = hideBin(process.argv);
await main(words).catch((error) => fail(error, words));
