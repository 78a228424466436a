import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { shown } from '../core/shown.ts';
import type { EmpiricalSpec } from '../random/distributions/empirical.ts';
import type { FilePart } from '../scenario/files.ts';
import { type Problem, ScenarioError } from '../scenario/problem.ts';
import { ScenarioReader } from '../scenario/read.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Override } from '../scenario/yaml-source.ts';
import { YamlText } from '../scenario/yaml-text.ts';
import type { AttributesSpec } from '../workload/attributes.ts';
import { GrowingArray, sharedArray } from '../workload/growing-array.ts';
import type { TraceSpec } from '../workload/processes/trace.ts';
import { TraceReader } from '../workload/trace-reader.ts';
import { Interrupted } from './exit-code.ts';
import { readTable } from './read-table.ts';
import { systemMessage } from './system-message.ts';
import { BadTable, type TableHandler } from './table-handler.ts';

export interface LoadedScenario {
  /** Where it was read, as it was named. */
  readonly file: string;
  readonly scenario: Scenario;
  readonly warnings: readonly Problem[];
  /** SHA-256 of the scenario's text. */
  readonly sha256: string;
  /** The scenario as plain values, with what was put in place of its parts. */
  readonly written: unknown;
  /** The other files it was made from, as the scenario names them. */
  readonly inputs: readonly { file: string; sha256: string }[];
}

/** Files of data that were read, by the specs that name them: the scenarios of a grid share their rows. */
export type PartCache = Map<string, { spec: FilePart['spec']; sha256: string }>;

/** Problems shown of one file of data; a wrong column is wrong in every row. */
const MOST_LINES_SHOWN = 5;
const LARGEST_FILE = 1 << 20;

/**
 * Reads a scenario file and the files it names.
 * @param overrides values given in place of the file's
 * @param signal ends the reading when it is aborted
 * @throws {ScenarioError} with all that is wrong
 */
export async function loadScenario(
  file: string,
  overrides: readonly Override[] = [],
  signal?: AbortSignal,
): Promise<LoadedScenario> {
  return loadText(readText(file), file, overrides, signal);
}

/**
 * Reads a scenario whose text is at hand, and the files it names.
 * @param file where it stands, or will stand
 */
export async function loadText(
  text: string,
  file: string,
  overrides: readonly Override[] = [],
  signal?: AbortSignal,
): Promise<LoadedScenario> {
  return loadWritten(writtenText(text, file), overrides, signal);
}

/** A scenario whose YAML was read once, for as many readings as are wanted. */
export interface WrittenText {
  readonly yaml: YamlText;
  readonly sha256: string;
}

export function writtenText(text: string, file: string): WrittenText {
  return { yaml: new YamlText(text, file), sha256: createHash('sha256').update(text).digest('hex') };
}

/** @param cache files of data that were read already */
export async function loadWritten(
  { yaml, sha256 }: WrittenText,
  overrides: readonly Override[] = [],
  signal?: AbortSignal,
  cache: PartCache = new Map(),
): Promise<LoadedScenario> {
  const { file } = yaml;
  const reader = new ScenarioReader(yaml, overrides);
  const inputs = new Map<string, string>();
  readPrices(reader, file, inputs);
  for (const part of reader.files) {
    const path = isAbsolute(part.spec.file) ? part.spec.file : join(dirname(file), part.spec.file);
    const into = {
      problems: reader.problems,
      problemOf: (message: string) => reader.problemOf(part, message),
    };
    const key = JSON.stringify(part.spec);
    const known = cache.get(key);
    if (known) Object.assign(part.spec, known.spec);
    const hash = known ? known.sha256 : await readPart(part, path, into, signal);
    if (hash === undefined) continue;
    inputs.set(part.spec.file, hash);
    cache.set(key, { spec: part.spec, sha256: hash });
  }
  return {
    file,
    ...reader.finish(),
    sha256,
    written: reader.written,
    inputs: Array.from(inputs, ([name, sha256]) => ({ file: name, sha256 })),
  };
}

/** Reads the file of prices that a scenario names. */
function readPrices(reader: ScenarioReader, file: string, inputs: Map<string, string>): void {
  const { priceFile } = reader;
  if (priceFile === undefined) return;
  const path = isAbsolute(priceFile) ? priceFile : join(dirname(file), priceFile);
  try {
    const text = readAtMost(path, LARGEST_FILE)
      .toString('utf8')
      .replace(/^\ufeff/, '');
    inputs.set(priceFile, createHash('sha256').update(text).digest('hex'));
    reader.usePrices(text, path);
  } catch (error) {
    reader.refusePrices(`${shown(priceFile)} cannot be read: ${systemMessage(error)}`);
  }
}

/** The text of a small file. */
export function readText(file: string): string {
  const refuse = (message: string) => new ScenarioError([{ level: 'error', file, path: '', message }]);
  try {
    const bytes = readAtMost(file, LARGEST_FILE);
    if (bytes.length === LARGEST_FILE) throw refuse('expected a scenario of at most 256 KB');
    return bytes.toString('utf8').replace(/^\ufeff/, '');
  } catch (error) {
    if (error instanceof ScenarioError) throw error;
    throw refuse(`cannot be read: ${systemMessage(error)}`);
  }
}

/** The first bytes of a file, which may be a pipe that never ends. */
function readAtMost(file: string, most: number): Buffer {
  const buffer = Buffer.alloc(most);
  const handle = openSync(file, 'r');
  try {
    let length = 0;
    for (let read = -1; read !== 0 && length < most; length += read)
      read = readSync(handle, buffer, length, most - length, null);
    return buffer.subarray(0, length);
  } finally {
    closeSync(handle);
  }
}

/** A file of data that is being read. */
interface DataFile {
  readonly path: string;
  /** Notes what is wrong in a line. */
  report(line: number, message: string): void;
  readonly signal: AbortSignal | undefined;
}

/** Reads a file of data into the spec that names it; what is wrong goes to the reader's problems. */
async function readPart(
  part: FilePart,
  path: string,
  { problems, problemOf }: { problems: Problem[]; problemOf: (message: string) => Problem },
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const { spec } = part;
  let wrong = 0;
  const report = (line: number, message: string) => {
    if (++wrong <= MOST_LINES_SHOWN)
      problems.push({ level: 'error', file: path, line, column: 1, path: '', message });
  };
  const file: DataFile = { path, report, signal };
  try {
    const isCount = ['images', 'size'].includes(
      String(part.path.findLast((step) => typeof step === 'string')),
    );
    const sha256 =
      'distribution' in spec ? await readSample(spec, file, isCount) : await readRows(spec, file);
    if (wrong > MOST_LINES_SHOWN) {
      problems.push({
        level: 'error',
        file: path,
        path: '',
        message: `and ${wrong - MOST_LINES_SHOWN} more lines`,
      });
    }
    return sha256;
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    if (error instanceof BadTable) report(error.line, error.message);
    else problems.push(problemOf(`${shown(spec.file)} cannot be read: ${systemMessage(error)}`));
    return undefined;
  }
}

async function readRows(
  spec: TraceSpec | AttributesSpec,
  { path, report, signal }: DataFile,
): Promise<string> {
  const reader = new TraceReader(spec, report);
  const sha256 = await readTable(path, reader, signal);
  spec.rows = reader.finish();
  return sha256;
}

async function readSample(
  spec: EmpiricalSpec,
  { path, report, signal }: DataFile,
  isCount: boolean,
): Promise<string> {
  const expected = isCount ? 'a whole number of at least 1' : 'a number of at least 0';
  const values = new GrowingArray();
  let place = -1;
  const handler: TableHandler = {
    header(cells) {
      place = cells.indexOf(spec.column);
      if (place < 0)
        report(1, `no column ${shown(spec.column)}: the header has ${cells.slice(0, 20).join(', ')}`);
    },
    row(cells, line) {
      if (place < 0) return;
      const value = cells[place]!.trim() === '' ? Number.NaN : Number(cells[place]);
      const isRight = isCount ? Number.isInteger(value) && value >= 1 : value >= 0;
      if (isRight && value <= 1e9) values.push(value);
      else report(line, `column ${spec.column}: expected ${expected}, here ${shown(cells[place])}`);
    },
    broken: (message, line) => report(line, message),
  };
  const sha256 = await readTable(path, handler, signal);
  if (place >= 0 && values.length === 0) report(1, 'expected at least one row below the header');
  spec.values = sharedArray(values.length);
  spec.values.set(values.view());
  return sha256;
}
