import { seconds } from '../core/time.ts';
import { platformFacts, trafficFacts } from '../render/assumed.ts';
import type { Manifest } from '../report/results.ts';
import { commandLine } from './command-line.ts';
import type { LoadedScenario } from './load-scenario.ts';
import { type OverrideArgs, overridesOf } from './options.ts';
import type { OutputFile } from './output.ts';
import { version } from './version.ts';

/** What a manifest tells beside the scenario. */
export interface ManifestParts {
  readonly command: string;
  /** Options of the command's own that change its results, by their names. */
  readonly options?: Readonly<Record<string, string | undefined>>;
  /** Other than the scenario's, where replications were added. */
  readonly replications?: number;
  /** What the results mean, in sentences. */
  readonly answer: readonly string[];
  /** What the user was warned of, beside the scenario's own warnings. */
  readonly warnings?: readonly string[];
  /** What belongs to the command alone. */
  readonly own: Readonly<Record<string, unknown>>;
  /** SHA-256 of the files that were written. */
  readonly files: Readonly<Record<string, string>>;
}

/** What results were made from and what they are. */
export function manifestFile(
  name: string,
  { file, scenario, sha256, written, inputs, warnings }: LoadedScenario,
  args: OverrideArgs,
  parts: ManifestParts,
): OutputFile {
  const { command, options = {}, replications = scenario.replications, answer, own, files } = parts;
  const { platforms, sources, description } = scenario;
  const manifest = {
    warmpool: version(),
    command,
    command_line: commandLine(command, file, args, options),
    scenario: scenario.name,
    description,
    scenario_sha256: sha256,
    seed: scenario.seed,
    replications,
    duration_s: seconds(scenario.duration_us),
    prices: scenario.prices,
    slo: scenario.slo,
    ...own,
    overrides: overridesOf(args).map(({ option }) => option),
    inputs,
    answer,
    warnings: [...warnings.map(({ path, message }) => `${path}: ${message}`), ...(parts.warnings ?? [])],
    traffic: trafficFacts(scenario),
    platforms: Object.fromEntries(platforms.map((one) => [one.name, platformFacts(one, sources)])),
    written,
    files,
  } satisfies Manifest;
  return { name, pieces: [`${JSON.stringify(manifest, null, 2)}\n`] };
}
