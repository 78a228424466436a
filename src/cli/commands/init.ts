import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import type { Argv } from 'yargs';
import { didYouMean } from '../../core/suggest.ts';
import { type Answers, QUESTIONS, type Question, starterText } from '../../render/starter.ts';
import { ScenarioError } from '../../scenario/problem.ts';
import { EXIT, Interrupted, UsageError } from '../exit-code.ts';
import { loadText } from '../load-scenario.ts';
import { once } from '../options.ts';
import { asNamedIn, refuseToOverwrite, writeScenarioFile } from '../scenario-file.ts';

const NAMES = Object.keys(QUESTIONS) as Question[];
const LISTED = NAMES.map((name) => `  ${name.padEnd(9)}  ${QUESTIONS[name]}`).join('\n');
/** What every flag is when it is not given. */
const DEFAULTS = { rate: '83/h', model: 'flux-dev', variant: 'bf16', gpu: 'H100', slo: '15s' } as const;

export function builder<T>(args: Argv<T>) {
  const option = (describe: string) => ({ type: 'string', requiresArg: true, describe }) as const;
  return args
    .positional('file', { type: 'string', describe: 'where to write it [default: the name.yaml]' })
    .option('question', option(`one of ${NAMES.join(', ')}`))
    .option('name', option('name of the scenario [default: my-, and the question]'))
    .option('rate', option(`requests, as ${DEFAULTS.rate}`))
    .option('model', option(`the model, as ${DEFAULTS.model}`))
    .option('variant', option(`how it runs, as ${DEFAULTS.variant}`))
    .option('gpu', option(`the GPU, as ${DEFAULTS.gpu}`))
    .option('slo', option(`bound on the p95, as ${DEFAULTS.slo}`))
    .option('log', option('for the question log: the request log, a CSV file'))
    .option('time-column', option('for the question log: the column of the arrival times'))
    .option('force', { type: 'boolean', describe: 'write over a file that is there' })
    .option('stdout', { type: 'boolean', describe: 'print it instead of writing it' })
    .example('$0 --question compare --rate 200/h', 'what is cheapest at 200 images an hour');
}

type Flag = 'question' | 'name' | 'rate' | 'model' | 'variant' | 'gpu' | 'slo' | 'log' | 'time-column';
export type InitArgs = {
  file?: string | undefined;
  force?: boolean | undefined;
  stdout?: boolean | undefined;
} & {
  [Name in Flag]?: string | string[] | undefined;
};

/** @returns the exit code */
export async function handler(args: InitArgs): Promise<number> {
  const given = (name: Flag) => once(name, args[name]);
  const isQuestion = NAMES.some((one) => one === args.file);
  if (given('question') === undefined && isQuestion)
    throw new UsageError(`${args.file} is a question: did you mean --question ${args.file}?`);
  const asked = given('question') === undefined ? await dialogue(given) : undefined;
  const question = asked?.question ?? questionNamed(given('question')!);
  checkFlags(question, given);
  const name = given('name') ?? nameOf(args.file) ?? `my-${question}`;
  const file = args.file ?? `${name}.yaml`;
  const log = given('log') ?? asked?.log ?? '';
  const answers: Answers = {
    file: /\s/.test(file) ? `'${file}'` : file,
    name,
    ...DEFAULTS,
    log: log === '' ? log : asNamedIn(file, log),
    timeColumn: given('time-column') ?? 'time',
    ...Object.fromEntries(
      (['rate', 'model', 'variant', 'gpu', 'slo'] as const).flatMap((flag) => {
        const value = given(flag) ?? (flag === 'rate' ? asked?.rate : undefined);
        return value === undefined ? [] : [[flag, value]];
      }),
    ),
  };
  if (question === 'log' && log === '')
    throw new UsageError(
      '--question log: expected --log with the name of the request log, as --log requests.csv',
    );
  const text = starterText(question, answers);
  await check(text, file);
  if (args.stdout) process.stdout.write(text);
  else {
    refuseToOverwrite(file, args.force);
    writeScenarioFile(file, text);
  }
  return EXIT.done;
}

/** Asks on a terminal; elsewhere the question must be given. */
async function dialogue(
  given: (name: Flag) => string | undefined,
): Promise<{ question: Question; rate?: string; log?: string }> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new UsageError(`expected --question, one of\n${LISTED}\nas in: warmpool init --question compare`);
  }
  const { ask, close } = asker();
  try {
    process.stderr.write(
      `What do you want to know?\n${NAMES.map((name, i) => `  ${i + 1}  ${QUESTIONS[name]}`).join('\n')}\n`,
    );
    let question: Question | undefined;
    while (question === undefined) {
      const answer = (await ask('Number [1]: ')) || '1';
      question = NAMES[Number(answer) - 1] ?? NAMES.find((name) => name === answer);
      if (question === undefined) process.stderr.write(`expected a number from 1 to ${NAMES.length}\n`);
    }
    if (question === 'log') return { question, log: given('log') ?? (await ask('Request log (CSV): ')) };
    const rate = given('rate') ?? ((await ask(`Requests [${DEFAULTS.rate}]: `)) || DEFAULTS.rate);
    return { question, rate };
  } finally {
    close();
  }
}

/** Asks one question after the other; lines that were typed ahead answer the next ones. */
function asker() {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const lines: string[] = [];
  let isOpen = true;
  let wake = () => {};
  terminal.on('line', (line) => {
    lines.push(line);
    wake();
  });
  terminal.on('close', () => {
    isOpen = false;
    wake();
  });
  terminal.on('SIGINT', () => terminal.close());
  const ask = async (words: string): Promise<string> => {
    terminal.setPrompt(words);
    terminal.prompt();
    while (lines.length === 0) {
      if (!isOpen) throw new Interrupted();
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return lines.shift()!.trim();
  };
  return { ask, close: () => terminal.close() };
}

function questionNamed(name: string): Question {
  const found = NAMES.find((one) => one === name);
  if (found) return found;
  throw new UsageError(`--question ${name}: expected one of\n${LISTED}${didYouMean(name, NAMES)}`);
}

/** Flags that do not belong to a question would be forgotten silently. */
function checkFlags(question: Question, given: (name: Flag) => string | undefined): void {
  for (const flag of ['log', 'time-column'] as const) {
    if (question !== 'log' && given(flag) !== undefined)
      throw new UsageError(`--${flag} is for --question log, here ${question}`);
  }
  if (question === 'log' && given('rate') !== undefined)
    throw new UsageError('--rate: a log has the rate that it has; change rate_scale in the scenario');
}

/** The name of a file, where it can be the name of a scenario. */
function nameOf(file: string | undefined): string | undefined {
  const name = file && basename(file).replace(/\.ya?ml$/, '');
  return name && /^[a-z0-9-]{1,64}$/.test(name) ? name : undefined;
}

/** The text must be right before it is written, with the log that it names; what is wrong is one of the answers. */
async function check(text: string, file: string): Promise<void> {
  try {
    await loadText(text, file);
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    const told = error.problems.map(({ path, message, line, file: where }) =>
      path === '' ? `${where}:${line ?? 1}: ${message}` : `${path}: ${message}`,
    );
    throw new UsageError(`${told.join('\n')}\nnothing was written`);
  }
}
