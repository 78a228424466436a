import { expect } from 'vitest';
import { overridesOf } from '../../src/cli/options.ts';
import { formatProblem, type Problem, ScenarioError } from '../../src/scenario/problem.ts';
import { ScenarioReader } from '../../src/scenario/read.ts';

export const FILE = 'my scenario.yaml';

/** A scenario without a mistake. */
export const SCENARIO = `name: t
duration: 1h
replications: 2
traffic:
  - name: images
    process: poisson
    rate: 60/h
platforms:
  modal:
    kind: modal
    usd_per_second: 0.0007
    seconds_per_image: 6
    keep_warm: 1
`;

/** The scenario with one text in place of another. */
export function changed(from: string, to: string, text = SCENARIO): string {
  if (!text.includes(from)) throw new Error(`the scenario has no ${from}`);
  return text.replace(from, () => to);
}

/** The scenario with a line below: a key of the platform if it is indented by four, else of the scenario. */
export function added(line: string, text = SCENARIO): string {
  return `${text}${line}\n`;
}

/** The errors of a text, in the order in which they are shown. */
export function problemsOf(text: string, set: string[] = []): readonly Problem[] {
  try {
    ScenarioReader.of(text, FILE, overridesOf({ set })).finish();
    return [];
  } catch (error) {
    if (error instanceof ScenarioError) return error.problems;
    throw error;
  }
}

/** What a person sees of them. */
export function shownOf(problems: readonly Problem[]): string {
  return problems.map(formatProblem).join('\n');
}

/** Words of the libraries underneath, and stack traces: nothing that helps the person who wrote the file. */
const NOT_FOR_PEOPLE =
  /\n\s+at |ZodError|Invalid input|received |undefined|\[object|block-seq-ind|node_modules|"type":"Buffer"/;

/**
 * Expects one mistake at each ▸ in a text, in this order; `words` must all be in what is shown. The marks are removed
 * before the text is read.
 */
export function expectMistakes(marked: string, words: readonly string[]): void {
  const problems = problemsOf(marked.replaceAll('▸', ''));
  const shown = shownOf(problems);
  expect(problems.map(({ line, column }) => `${line}:${column}`)).toEqual(placesOf(marked));
  for (const problem of problems) expect(problem.file).toBe(FILE);
  for (const word of words) expect(shown).toContain(word);
  expect(shown).not.toMatch(NOT_FOR_PEOPLE);
}

function placesOf(marked: string): string[] {
  return marked.split('\n').flatMap((line, i) => {
    const places: string[] = [];
    let before = 0;
    for (let at = line.indexOf('▸'); at >= 0; at = line.indexOf('▸', at + 1))
      places.push(`${i + 1}:${at + 1 - before++}`);
    return places;
  });
}

/** Milliseconds of work since `began`, of process.cpuUsage(): what other programs do meanwhile does not count. */
export function workSince_ms(began: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}
