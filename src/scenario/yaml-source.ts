import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
} from 'yaml';
import { shown } from '../core/fields.ts';
import type { Problem } from './problem.ts';

type Path = readonly PropertyKey[];

/** Limits that keep a hostile file from costing time or memory; far above any real scenario. */
const LONGEST_TEXT = 256 * 1024;
const DEEPEST = 64;
const MOST_ENTRIES = 10_000;
const MOST_ALIASES = 100;

/** A value given on the command line in place of the file's. */
export interface Override {
  /** The option as it was written, for messages. */
  readonly option: string;
  readonly path: readonly string[];
  readonly value: unknown;
}

/** A scenario file as it was written: its value, and the place of each part of it. */
export class YamlSource {
  readonly file: string;
  readonly value: unknown;
  readonly problems: Problem[] = [];
  readonly #lines: string[];
  readonly #counter = new LineCounter();
  readonly #document: Document | undefined;
  readonly #overrides: Override[] = [];

  constructor(text: string, file: string) {
    this.file = file;
    this.#lines = text.split(/\r?\n/);
    const refusal = refusalOf(text);
    if (refusal) {
      this.problems.push({ level: 'error', file, path: '', ...refusal });
      return;
    }
    this.#document = parseDocument(text, { lineCounter: this.#counter, prettyErrors: false });
    for (const error of this.#document.errors)
      this.#report(error.pos[0], '', yamlMessage(error.code, error.message));
    if (this.problems.length > 0) return;
    this.#checkKeys();
    if (this.problems.length > 0) return;
    this.value = this.#plain();
  }

  /** Replaces a part of the value. Alias keys that mean the same are removed first. */
  override(override: Override, twins: readonly string[]): void {
    let at = this.value as Record<string, unknown>;
    for (const step of override.path.slice(0, -1)) at = at[step] as Record<string, unknown>;
    for (const twin of twins) delete at[twin];
    at[override.path.at(-1)!] = override.value;
    this.#overrides.push(override);
  }

  /** A problem at a path of the value: the place is that of the deepest part of it that exists. */
  problem(level: Problem['level'], path: Path, message: string, isKey = false): Problem {
    const words = path.map(String).join('.');
    const set = this.#overrides.find((one) => one.path.every((step, i) => String(path[i]) === step));
    if (set) return { level, file: set.option, path: words, message };
    const offset = this.#offsetOf(path, isKey);
    if (offset === undefined) return { level, file: this.file, path: words, message };
    return { level, file: this.file, path: words, message, ...this.#place(offset) };
  }

  #report(offset: number, path: string, message: string): void {
    this.problems.push({ level: 'error', file: this.file, path, message, ...this.#place(offset) });
  }

  #place(offset: number): Pick<Problem, 'line' | 'column' | 'frame'> {
    const { line, col } = this.#counter.linePos(offset);
    return { line, column: col, frame: (this.#lines[line - 1] ?? '').slice(0, 200) };
  }

  /** Keys must be plain texts, and none that means something to the language. */
  #checkKeys(): void {
    visit(this.#document!, {
      Pair: (_, pair: Pair) => {
        const key = pair.key as Node | null;
        const offset = key?.range?.[0] ?? 0;
        if (!isScalar(key)) this.#report(offset, '', 'expected a plain text as key');
        else if (['__proto__', 'constructor', 'prototype', '<<'].includes(String(key.value))) {
          this.#report(offset, '', `unknown key ${shown(String(key.value))}`);
        }
      },
    });
  }

  #plain(): unknown {
    if (this.#document!.contents === null) {
      this.#report(
        0,
        '',
        'expected a scenario, here an empty file; `warmpool schema` prints what one looks like',
      );
      return undefined;
    }
    try {
      return this.#document!.toJS({ maxAliasCount: MOST_ALIASES });
    } catch (error) {
      this.#report(0, '', `too many aliases: ${(error as Error).message}`);
      return undefined;
    }
  }

  #offsetOf(path: Path, isKey: boolean): number | undefined {
    let node: unknown = this.#document?.contents;
    let offset = rangeOf(node);
    for (const [i, step] of path.entries()) {
      if (isAlias(node)) node = node.resolve(this.#document!);
      if (isMap(node)) {
        const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
        if (!pair) return offset;
        const keyOffset = rangeOf(pair.key);
        offset = isKey && i === path.length - 1 ? keyOffset : (rangeOf(pair.value) ?? keyOffset);
        if (i < path.length - 1 && isMap(pair.value)) offset = keyOffset;
        node = pair.value;
      } else {
        node = (node as { items?: unknown[] } | null | undefined)?.items?.[Number(step)];
        if (node === undefined) return offset;
        offset = rangeOf(node) ?? offset;
      }
    }
    return offset;
  }
}

function rangeOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}

/** What must not reach the parser. */
function refusalOf(text: string): { message: string; line?: number; column?: number } | undefined {
  if (text.length > LONGEST_TEXT) {
    return {
      message: `expected at most ${LONGEST_TEXT / 1024} KB, here ${Math.ceil(text.length / 1024)} KB`,
    };
  }
  const control = /[^\P{Cc}\t\n\r\f\v]|\ufffd/u.exec(text);
  if (control) return { message: 'expected YAML text in UTF-8, here a binary file', line: 1, column: 1 };
  const deep = deepLine(text);
  if (deep) return { message: `expected at most ${DEEPEST} levels of nesting`, line: deep, column: 1 };
  const entries = text.match(/[,:]|^\s*-/gm)?.length ?? 0;
  if (entries > 2 * MOST_ENTRIES)
    return { message: `expected at most ${MOST_ENTRIES} entries, here about ${entries}` };
  return undefined;
}

/** The first line whose nesting, by brackets, dashes and indents, is too deep. */
function deepLine(text: string): number | undefined {
  let brackets = 0;
  const indents: number[] = [];
  for (const [i, line] of text.split('\n').entries()) {
    const indent = line.search(/\S/);
    if (indent >= 0) {
      while (indents.length > 0 && indents.at(-1)! >= indent) indents.pop();
      indents.push(indent);
    }
    const dashes = /^[\s\-?:]*/.exec(line)![0].replace(/[^-?:]/g, '').length;
    if (indents.length + dashes > DEEPEST) return i + 1;
    for (const letter of line) {
      if (letter === '[' || letter === '{') brackets++;
      else if (letter === ']' || letter === '}') brackets = Math.max(0, brackets - 1);
      if (brackets > DEEPEST) return i + 1;
    }
  }
  return undefined;
}

function yamlMessage(code: string, message: string): string {
  if (code === 'TAB_AS_INDENT') return 'tabs cannot indent YAML: use spaces';
  if (code === 'DUPLICATE_KEY') return 'this key is given twice';
  if (code === 'MULTIPLE_DOCS') return 'expected one scenario a file: the line --- begins a second one';
  return message.charAt(0).toLowerCase() + message.slice(1);
}
