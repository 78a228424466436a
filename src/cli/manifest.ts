import { seconds } from '../core/time.ts';
import { platformFacts } from '../render/platform-facts.ts';
import type { LoadedScenario } from './load-scenario.ts';
import { type OverrideArgs, overridesOf } from './options.ts';
import type { OutputFile } from './output.ts';
import { version } from './version.ts';

/** What a manifest tells beside the scenario. */
export interface ManifestParts {
  readonly command: string;
  /** Other than the scenario's, where replications were added. */
  readonly replications?: number;
  /** What the results mean, in sentences. */
  readonly answer: readonly string[];
  /** What the user was warned of, beside what the scenario's own warnings are. */
  readonly warnings?: readonly string[];
  /** What belongs to the command alone. */
  readonly own: Readonly<Record<string, unknown>>;
  /** SHA-256 of the files that were written. */
  readonly files: Readonly<Record<string, string>>;
}

/** What results were made from and what they are; no clock time and no name of a machine. */
export function manifestFile(
  name: string,
  { scenario, sha256, written, inputs, warnings }: LoadedScenario,
  args: OverrideArgs,
  { command, replications = scenario.replications, answer, warnings: others = [], own, files }: ManifestParts,
): OutputFile {
  const manifest = {
    warmpool: version(),
    command,
    scenario: scenario.name,
    ...(scenario.description === undefined ? {} : { description: scenario.description }),
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
    warnings: [...warnings.map(({ path, message }) => `${path}: ${message}`), ...others],
    platforms: Object.fromEntries(scenario.platforms.map((one) => [one.name, platformFacts(one)])),
    written,
    files,
  };
  return { name, pieces: [`${JSON.stringify(manifest, null, 2)}\n`] };
}
