/** Something about a scenario that the user should know: where it is, and what to do about it. */
export interface Problem {
  readonly level: 'error' | 'warning';
  /** The file; for an override, the option that set it, as `--set path=value`. */
  readonly file: string;
  /** Counted from 1; absent when it is about no place in particular. */
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  /** Where in the scenario, as `platforms.modal.keep_warm`. */
  readonly path: string;
  readonly message: string;
  /** The line of text, to be shown with a caret below the column. */
  readonly frame?: string | undefined;
  /** How much of the line is left out before the frame. */
  readonly frameFrom?: number | undefined;
}

/** Problems beyond these are only counted. */
const MOST_SHOWN = 50;

/** All that is wrong with the input, at once. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const more = problems.length > MOST_SHOWN ? [`and ${problems.length - MOST_SHOWN} more`] : [];
    super([...problems.slice(0, MOST_SHOWN).map(formatProblem), ...more].join('\n'));
    this.problems = problems;
  }
}

/** `file:line:column: error: path: message`, and the line with a caret. */
export function formatProblem(problem: Problem): string {
  const { file, line, column, level, path, message, frame, frameFrom = 0 } = problem;
  const place = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
  const head = `${place}: ${level}: ${path === '' ? '' : `${path}: `}${message}`;
  if (frame === undefined || line === undefined) return printable(head);
  const number = String(line);
  const caret = ' '.repeat(Math.max(0, (column ?? 1) - 1 - frameFrom));
  return printable(`${head}\n  ${number} | ${frame}\n  ${' '.repeat(number.length)} | ${caret}^`);
}

/** Control characters and direction marks of a file must not reach a terminal. */
function printable(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}
