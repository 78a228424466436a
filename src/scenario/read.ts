import type { PriceBook } from '../platforms/prices/book.ts';
import { priceBooks } from '../platforms/prices/table.ts';
import type { PlatformSpec } from '../platforms/table.ts';
import { withNames } from '../workload/schema.ts';
import type { SourceSpec } from '../workload/source.ts';
import {
  cycleFaults,
  type Fault,
  type LocatedSource,
  nameFaults,
  serviceFaults,
  sizeFaults,
  sourceFaults,
} from './checks.ts';
import { DEFAULT_DURATION_US, durationOf } from './duration.ts';
import { type FilePart, fileParts } from './files.ts';
import { applyOverrides } from './overrides.ts';
import { NO_PARTS, type Parts, partsOf } from './parts.ts';
import { planFaults, plansOf } from './plans.ts';
import { adapterFaults, type PlatformSetting, resolvePlatform } from './platforms.ts';
import { readPriceFile } from './price-source.ts';
import { type Problem, ScenarioError } from './problem.ts';
import type { Scenario } from './scenario.ts';
import { PRICE_FILE } from './schema.ts';
import { axisFaults } from './sweep-checks.ts';
import { type Override, YamlSource } from './yaml-source.ts';
import { YamlText } from './yaml-text.ts';

const DEFAULT_REPLICATIONS = 20;

/** A scenario file that was parsed; the files it names are still to be read. */
export class ScenarioReader {
  /** Request logs and samples to be read into their specs before `finish`. */
  readonly files: readonly FilePart[];
  readonly problems: Problem[];
  readonly #source: YamlSource;
  readonly #parts: Parts;
  #ownBook: PriceBook | undefined;

  /** @param file the file's name, for messages */
  static of(text: string, file: string, overrides: readonly Override[] = []): ScenarioReader {
    return new ScenarioReader(new YamlText(text, file), overrides);
  }

  /** @param text a scenario that was parsed, from which many readers may start */
  constructor(text: YamlText, overrides: readonly Override[] = []) {
    this.#source = new YamlSource(text);
    this.problems = [...this.#source.problems];
    if (this.problems.length === 0) this.problems.push(...applyOverrides(this.#source, overrides));
    this.#parts =
      this.problems.length > 0
        ? NO_PARTS
        : partsOf(this.#source.value, ({ path, message, isKey }) => this.#error(path, message, isKey));
    this.files = [
      ...this.#parts.sources.flatMap(({ index, spec }) => fileParts(spec, ['traffic', index])),
      ...this.#parts.platforms.flatMap(({ name, input }) => fileParts(input, ['platforms', name])),
    ];
  }

  /** The scenario as it is written, with what was put in place of its parts. */
  get written(): unknown {
    return this.#source.value;
  }

  /** The file of prices that the scenario names, to be read and handed to `usePrices` before `finish`. */
  get priceFile(): string | undefined {
    const named = this.#parts.get('prices');
    return named !== undefined && PRICE_FILE.test(named) ? named : undefined;
  }

  /** @param file where the text came from, for messages */
  usePrices(text: string, file: string): void {
    try {
      this.#ownBook = readPriceFile(text, file);
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error;
      this.problems.push(...error.problems);
    }
  }

  /** The file of prices cannot be had. */
  refusePrices(message: string): void {
    this.#error(['prices'], message);
  }

  /** A problem of a part that lives in a file of its own, shown where the scenario names it. */
  problemOf(part: FilePart, message: string): Problem {
    return this.#source.problem('error', [...part.path, 'file'], message);
  }

  /**
   * @returns the scenario, and what the user should know of it
   * @throws {ScenarioError} with all that is wrong
   */
  finish(): { scenario: Scenario; warnings: Problem[] } {
    const scenario = this.#resolve();
    const byText = new Map(
      this.problems.map((problem) => [
        `${problem.file}:${problem.line}:${problem.column}: ${problem.message}`,
        problem,
      ]),
    );
    const ordered = [...byText.values()].sort(
      (a, b) =>
        (a.line ?? Number.MAX_SAFE_INTEGER) - (b.line ?? Number.MAX_SAFE_INTEGER) ||
        (a.column ?? 0) - (b.column ?? 0),
    );
    const errors = ordered.filter((problem) => problem.level === 'error');
    if (errors.length > 0 || scenario === undefined) throw new ScenarioError(errors);
    return { scenario, warnings: ordered.filter((problem) => problem.level === 'warning') };
  }

  #error(path: readonly PropertyKey[], message: string, isKey = false): void {
    this.problems.push(this.#source.problem('error', path, message, isKey));
  }

  #tell(faults: readonly Fault[]): void {
    for (const { path, message, level } of faults)
      this.problems.push(this.#source.problem(level ?? 'error', path, message));
  }

  #resolve(): Scenario | undefined {
    const { get, whole } = this.#parts;
    if (this.#parts === NO_PARTS || (this.priceFile !== undefined && this.#ownBook === undefined))
      return undefined;
    const sources = this.#sources();
    const platforms = this.#platforms(sources);
    const filesAreRead = this.problems.every((problem) => problem.level === 'warning');
    const duration_us = filesAreRead ? this.#duration(sources) : DEFAULT_DURATION_US;
    const isTrace = sources.length > 0 && sources.every((source) => source.process.process === 'trace');
    const replications = get('replications') ?? (isTrace ? 1 : DEFAULT_REPLICATIONS);
    const located = this.#located(platforms);
    const faults = [
      ...located.flatMap((one) => sourceFaults(one, duration_us)),
      ...platforms.flatMap((platform) => serviceFaults(platform, sources)),
      ...platforms.flatMap((platform) => adapterFaults(platform, sources)),
      ...planFaults(get('plans') ?? {}, this.#platformNames(), platforms, sources),
      ...cycleFaults(get('start') ?? 'warm', located, platforms, duration_us),
      ...sizeFaults(duration_us, replications * platforms.length, sources),
      ...nameFaults(get('sweep'), get('crossover'), this.#sourceNames(sources), this.#platformNames()),
      ...axisFaults(get('sweep'), this.#source.value),
    ];
    this.#tell(faults);
    if (!whole) return undefined;
    return {
      name: get('name')!,
      description: get('description'),
      duration_us,
      seed: get('seed') ?? 1,
      replications,
      start: get('start') ?? 'warm',
      prices: this.#book().name,
      sources,
      platforms,
      plans: plansOf(get('plans') ?? {}, platforms),
      slo: get('slo') ?? {},
      sweep: get('sweep'),
      crossover: get('crossover'),
    };
  }

  /** Every source, of ours and of other tenants, with its place in the file. */
  #located(platforms: readonly PlatformSpec[]): LocatedSource[] {
    const backgrounds = platforms.flatMap(({ name, background }) =>
      background ? [{ spec: background, path: ['platforms', name, 'background'] }] : [],
    );
    return [
      ...this.#parts.sources.map(({ index, spec }) => ({ spec, path: ['traffic', index] })),
      ...backgrounds,
    ];
  }

  /** Names of the sources, also of those that are wrong otherwise. */
  #sourceNames(sources: readonly SourceSpec[]): string[] {
    const traffic = (this.#source.value as { traffic?: unknown } | null)?.traffic;
    const written = Array.isArray(traffic) ? traffic.map((one) => String(one?.name ?? one?.process)) : [];
    return [...new Set([...sources.map((source) => source.name), ...written])];
  }

  #platformNames(): string[] {
    return Object.keys((this.#source.value as { platforms?: object } | undefined)?.platforms ?? {});
  }

  #book() {
    const name = this.#parts.get('prices');
    if (this.#ownBook) return this.#ownBook;
    return priceBooks.find((book) => book.name === name) ?? priceBooks[0]!;
  }

  #sources(): SourceSpec[] {
    const { sources } = this.#parts;
    const seen = new Set<string>();
    for (const { index, spec } of sources) {
      if (spec.name !== '' && seen.has(spec.name)) {
        this.#error(['traffic', index, 'name'], `the name "${spec.name}" is used twice`);
      }
      seen.add(spec.name);
    }
    return withNames(sources.map(({ spec }) => spec));
  }

  #platforms(sources: readonly SourceSpec[]): PlatformSpec[] {
    const { get, platforms } = this.#parts;
    const setting: PlatformSetting = {
      book: this.#book(),
      model: get('model'),
      variant: get('variant') ?? 'bf16',
      start: get('start') ?? 'warm',
      sources,
      sourceNames: this.#sourceNames(sources),
      tell: (fault) => this.#tell([fault]),
      scenarioError: (path, message) => this.#error(path, message),
    };
    return platforms.flatMap(({ name, input }) => resolvePlatform(name, input, setting));
  }

  #duration(sources: readonly SourceSpec[]): number {
    return durationOf(this.#parts.get('duration'), sources, (k, message) =>
      this.#error(['traffic', this.#parts.sources[k]!.index, 'file'], message),
    );
  }
}
