import { Lexer } from 'yaml';

/** Limits that keep a hostile file from costing time or memory; far above any real scenario. */
const LONGEST_TEXT = 256 * 1024;
const MOST_LINES = 20_000;
const MOST_ENTRIES = 10_000;
const DEEPEST = 64;

/** What the lexer puts before documents, plain texts and errors; no letters of the file. */
const MARKS = ['\u0002', '\u001f', '\u0018'];

export interface TextRefusal {
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

/** Why a text must not reach the YAML parser, whose work can grow with the square of it; undefined if it may. */
export function refusalOf(text: string): TextRefusal | undefined {
  if (text.length > LONGEST_TEXT) {
    return {
      message: `expected at most ${LONGEST_TEXT / 1024} KB, here ${Math.ceil(text.length / 1024)} KB`,
    };
  }
  const control = /[^\P{Cc}\t\n\r\f\v]|\ufffd/u.exec(text);
  if (control) {
    const before = text.slice(0, control.index).split('\n');
    const place = { line: before.length, column: before.at(-1)!.length + 1 };
    return { message: 'expected YAML text in UTF-8, here a binary file or another encoding', ...place };
  }
  const structure = structureRefusal(text);
  if (structure) return structure;
  const lines = text.split('\n').length;
  return lines > MOST_LINES ? { message: `expected at most ${MOST_LINES} lines, here ${lines}` } : undefined;
}

/** Counts nesting and entries by the words of YAML, so that comments and quoted texts do not count. */
function structureRefusal(text: string): TextRefusal | undefined {
  let line = 1;
  let column = 0;
  let brackets = 0;
  let dashes = 0;
  let entries = 0;
  let isLineStart = true;
  const indents: number[] = [];
  for (const word of new Lexer().lex(text)) {
    if (word === '[' || word === '{') brackets++;
    else if (word === ']' || word === '}') brackets = Math.max(0, brackets - 1);
    else if (word === '-' || word === '?') dashes++;
    if (word === '-' || word === ':' || word === ',') entries++;
    if (isLineStart && !/^[ \t\n\r#\ufeff]/.test(word) && !MARKS.includes(word)) {
      while (indents.length > 0 && indents.at(-1)! >= column) indents.pop();
      indents.push(column);
      isLineStart = false;
    }
    if (Math.max(brackets, dashes) + indents.length > DEEPEST) {
      return { message: `expected at most ${DEEPEST} levels of nesting`, line, column: 1 };
    }
    const newlines = word.split('\n').length - 1;
    if (newlines > 0) {
      line += newlines;
      column = 0;
      dashes = 0;
      isLineStart = true;
    } else if (!MARKS.includes(word.charAt(0))) column += word.length;
  }
  return entries > MOST_ENTRIES
    ? { message: `expected at most ${MOST_ENTRIES} entries, here about ${entries}` }
    : undefined;
}
