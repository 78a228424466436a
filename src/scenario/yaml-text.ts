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
  type YAMLError,
  type YAMLMap,
} from 'yaml';
import { shown } from '../core/shown.ts';
import type { Problem } from './problem.ts';
import { refusalOf } from './refusal.ts';

export type Path = readonly PropertyKey[];

const MOST_ALIASES = 100;
/** Of a long line, this much is shown, from so much before the column. */
const FRAME_LENGTH = 160;
const FRAME_BEFORE = 120;

/** A text in YAML as it was written: its value, and the place of each part of it. */
export class YamlText {
  readonly file: string;
  readonly value: unknown;
  readonly problems: Problem[] = [];
  readonly #lines: string[];
  readonly #counter = new LineCounter();
  readonly #document: Document | undefined;
  readonly #pairs = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();

  constructor(text: string, file: string) {
    this.file = file;
    this.#lines = text.split(/\r?\n/);
    const refusal = refusalOf(text);
    if (refusal) {
      this.problems.push({ level: 'error', file, path: '', ...refusal });
      return;
    }
    this.#document = parseDocument(text, {
      lineCounter: this.#counter,
      prettyErrors: false,
      uniqueKeys: false,
      logLevel: 'error',
    });
    for (const error of this.#document.errors) {
      this.#report(this.#openingOf(error), '', yamlMessage(error.code, error.message));
    }
    if (this.problems.length > 0) return;
    this.#checkNodes();
    if (this.problems.length > 0) return;
    this.value = this.#plain();
  }

  /** A problem at a path of the value: the place is that of the deepest part of it that exists. */
  problem(level: Problem['level'], path: Path, message: string, isKey = false): Problem {
    const words = path.map(String).join('.');
    const offset = this.#offsetOf(path, isKey);
    if (offset === undefined) return { level, file: this.file, path: words, message };
    return { level, file: this.file, path: words, message, ...this.#place(offset) };
  }

  #report(offset: number, path: string, message: string): void {
    this.problems.push({ level: 'error', file: this.file, path, message, ...this.#place(offset) });
  }

  #place(offset: number): Pick<Problem, 'line' | 'column' | 'frame' | 'frameFrom'> {
    const { line, col } = this.#counter.linePos(offset);
    const text = this.#lines[line - 1] ?? '';
    const from = Math.max(0, col - FRAME_BEFORE);
    return { line, column: col, frame: text.slice(from, from + FRAME_LENGTH), frameFrom: from };
  }

  /** Where a mistake begins: an unclosed quote at its opening, and not at the end of the file. */
  #openingOf(error: YAMLError): number {
    let offset = error.pos[0];
    if (!/closing .*quote/.test(error.message)) return offset;
    visit(this.#document!, {
      Scalar: (_, node) => {
        const [from = 0, to = 0] = node.range ?? [];
        if (from < error.pos[0] && error.pos[0] <= to) offset = from;
      },
    });
    return offset;
  }

  /** Keys must be plain texts, each once, none that means something to the language; aliases must name what is there. */
  #checkNodes(): void {
    visit(this.#document!, {
      Map: (_, map) => {
        const seen = new Set<unknown>();
        for (const { key } of map.items) {
          if (isScalar(key) && seen.has(key.value))
            this.#report(rangeOf(key) ?? 0, '', 'this key is given twice');
          if (isScalar(key)) seen.add(key.value);
        }
      },
      Pair: (_, pair: Pair) => {
        const key = pair.key as Node | null;
        const offset = key?.range?.[0] ?? 0;
        if (!isScalar(key)) this.#report(offset, '', 'expected a plain text as key');
        else if (['__proto__', 'constructor', 'prototype', '<<'].includes(String(key.value))) {
          this.#report(offset, '', `unknown key ${shown(String(key.value))}`);
        }
      },
      Alias: (_, alias, path) => {
        const target = alias.resolve(this.#document!);
        const offset = rangeOf(alias) ?? 0;
        if (target === undefined) this.#report(offset, '', `nothing is named &${alias.source}`);
        else if ((path as readonly unknown[]).includes(target))
          this.#report(offset, '', `*${alias.source} stands within itself`);
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
      return unshared(this.#document!.toJS({ maxAliasCount: MOST_ALIASES }));
    } catch (error) {
      this.#report(0, '', `too many aliases: ${(error as Error).message}`);
      return undefined;
    }
  }

  /** The pairs of a map by key, found once. */
  #pairsOf(map: YAMLMap): ReadonlyMap<string, Pair> {
    const known = this.#pairs.get(map);
    if (known) return known;
    const pairs = new Map(
      map.items.flatMap((item) => (isScalar(item.key) ? [[String(item.key.value), item]] : [])),
    );
    this.#pairs.set(map, pairs);
    return pairs;
  }

  #offsetOf(path: Path, isKey: boolean): number | undefined {
    let node: unknown = this.#document?.contents;
    let offset = rangeOf(node);
    for (const [i, step] of path.entries()) {
      if (isAlias(node)) node = node.resolve(this.#document!);
      if (isMap(node)) {
        const pair = this.#pairsOf(node).get(String(step));
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

/** A copy of a value whose parts stand in one place each, also where the file names one part twice by an alias. */
export function unshared(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unshared);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, unshared(part)]));
}

function yamlMessage(code: string, message: string): string {
  if (code === 'TAB_AS_INDENT') return 'tabs cannot indent YAML: use spaces';
  if (code === 'MULTIPLE_DOCS') return 'expected one scenario a file: the line --- begins a second one';
  return message.charAt(0).toLowerCase() + message.slice(1);
}
