import type { PlatformSpec } from '../platforms/table.ts';
import { scaled } from '../random/distributions/scaled.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { SourceSpec } from '../workload/source.ts';

/** Something that was taken for granted, and another value of it. */
export interface Assumption {
  /** As `cold start`. */
  readonly name: string;
  /** As `+50 %`. */
  readonly change: string;
  /** The same scenario under the other value; undefined where it means nothing. */
  apply(scenario: Scenario): Scenario | undefined;
}

/** What an answer may hang on, and by how much it is moved. */
export const ASSUMPTIONS: readonly Assumption[] = [
  ...around('cold start', 0.5, (factor) =>
    platforms((platform) => withPolicy(platform, { cold_start: scaled(platform.policy.cold_start, factor) })),
  ),
  ...around('service time', 0.2, (factor) =>
    platforms((platform) => ({ ...platform, seconds_per_image: platform.seconds_per_image * factor })),
  ),
  ...around('rate', 0.2, (factor) =>
    sources((source) => ({ ...source, rate_scale: source.rate_scale * factor })),
  ),
  ...(['most-recent', 'least-recent', 'random'] as const).map((dispatch) => ({
    name: 'dispatch',
    change: dispatch,
    apply: platforms((platform) =>
      platform.policy.dispatch === dispatch ? undefined : withPolicy(platform, { dispatch }),
    ),
  })),
  { name: 'burstiness', change: 'on a fifth of the time', apply: sources(bursty) },
];

function around(name: string, share: number, apply: (factor: number) => Assumption['apply']): Assumption[] {
  return [-share, share].map((by) => ({
    name,
    change: `${by > 0 ? '+' : '-'}${Math.round(100 * share)} %`,
    apply: apply(1 + by),
  }));
}

function platforms(change: (platform: PlatformSpec) => PlatformSpec | undefined): Assumption['apply'] {
  return (scenario) => {
    const changed = scenario.platforms.map(change);
    return changed.includes(undefined) ? undefined : { ...scenario, platforms: changed as PlatformSpec[] };
  };
}

function sources(change: (source: SourceSpec) => SourceSpec | undefined): Assumption['apply'] {
  return (scenario) => {
    const changed = scenario.sources.map((source) => change(source) ?? source);
    const isSame = changed.every((source, k) => source === scenario.sources[k]);
    return isSame ? undefined : { ...scenario, sources: changed };
  };
}

function withPolicy(platform: PlatformSpec, policy: Partial<PlatformSpec['policy']>): PlatformSpec {
  return { ...platform, policy: { ...platform.policy, ...policy } };
}

/** Length of a burst, and of the lull after it, in seconds: the mean rate stays. */
const [ON_S, OFF_S] = [300, 1200];

/** Poisson traffic that comes in bursts instead; other processes have a burstiness of their own. */
function bursty(source: SourceSpec): SourceSpec | undefined {
  const { process } = source;
  if (process.process !== 'poisson') return undefined;
  const rate_on = (process.rate * (ON_S + OFF_S)) / ON_S;
  return { ...source, process: { process: 'on-off', rate_on, mean_on: ON_S, mean_off: OFF_S, rate_off: 0 } };
}
