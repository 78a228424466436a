import type { Problem } from './problem.ts';
import { type Path, unshared, type YamlText } from './yaml-text.ts';

/** A value given in place of the file's: on the command line, or by a grid. */
export interface Override {
  /** The option as it was written, for messages. */
  readonly option: string;
  readonly path: readonly string[];
  /** Undefined: the part is left out. */
  readonly value: unknown;
  /** Where the value itself stands in the file, if it stands there. */
  readonly at?: Path | undefined;
}

/** The value of a scenario file, parts of which may be replaced. */
export class YamlSource {
  readonly value: unknown;
  readonly problems: readonly Problem[];
  readonly #text: YamlText;
  readonly #overrides: Override[] = [];

  /** @param text may be shared: it does not change */
  constructor(text: YamlText) {
    this.#text = text;
    this.problems = text.problems;
    this.value = unshared(text.value);
  }

  /** Replaces a part of the value. Alias keys that mean the same are removed first. */
  override(override: Override, twins: readonly string[]): void {
    let at = this.value as Record<string, unknown>;
    for (const step of override.path.slice(0, -1)) at = at[step] as Record<string, unknown>;
    for (const twin of twins) delete at[twin];
    const key = override.path.at(-1)!;
    if (override.value === undefined) delete at[key];
    else at[key] = override.value;
    this.#overrides.push(override);
  }

  /** A problem at a path of the value: where it stands in the file, or the option that gave it. */
  problem(level: Problem['level'], path: Path, message: string, isKey = false): Problem {
    const set = this.#overrides.findLast(
      (one) => one.value !== undefined && one.path.every((step, i) => String(path[i]) === step),
    );
    if (set?.at) return this.problem(level, set.at, message);
    if (set) return { level, file: set.option, path: path.map(String).join('.'), message };
    return this.#text.problem(level, path, message, isKey);
  }
}
