import { plain } from '../core/plain-number.ts';
import { type PlatformSpec, platformKind } from '../platforms/table.ts';
import type { PoolPolicy, Scaling } from '../pool/policy.ts';
import { type DistributionSpec, makeDistribution } from '../random/distributions/table.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { expectedRate, isTraining, type SourceSpec } from '../workload/source.ts';

/** What comes, by the names of the sources: `poisson, 83 requests an hour`. */
export function trafficFacts({ sources, duration_us }: Scenario): Record<string, string> {
  return Object.fromEntries(sources.map((source) => [source.name, sourceWords(source, duration_us)]));
}

function sourceWords(source: SourceSpec, duration_us: number): string {
  const { process, profile, images, adapters } = source;
  const rate = plain(expectedRate(source, duration_us) * 3600, 4);
  const what = isTraining(source) ? 'trainings' : 'requests';
  const each = makeDistribution(images).mean;
  return [
    process.process === 'trace' ? `replay of ${process.file}` : process.process,
    `${rate} ${what} an hour${process.process === 'trace' ? '' : ' on average'}`,
    profile ? 'with a rhythm of the day' : '',
    !isTraining(source) && each !== 1 ? `${plain(each, 3)} images each` : '',
    adapters ? `${adapters.count} adapters` : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

/** What a platform is taken to be, by name: how long it takes, how its containers live, what it charges. */
export function platformFacts(
  platform: PlatformSpec,
  sources: readonly SourceSpec[],
): Record<string, string> {
  const servesImages = platform.sources.some((k) => !isTraining(sources[k]!));
  const { kind, policy, seconds_per_image, terms, account, background, poolPerAdapter } = platform;
  const facts: Record<string, string | undefined> = {
    kind,
    price: platformKind(kind).priceWords(terms),
    image: servesImages ? `${plain(seconds_per_image, 6)} s` : undefined,
    'cold start': lawWords(policy.cold_start),
    'kept warm': keepWarmWords(policy),
    'idle window': lawWords(policy.idle_window),
    'most containers': plain(policy.max_containers, 6),
    scaling: scalingWords(policy.scaling),
    dispatch: policy.dispatch === 'most-recent' ? undefined : policy.dispatch,
    'requests that may wait': finite(policy.queue_limit, ''),
    'waits at most': finite(policy.start_deadline_s, ' s'),
    timeout: finite(policy.timeout_s, ' s'),
    'other tenants': background ? 'share its containers' : undefined,
    'pool per adapter': poolPerAdapter ? 'yes' : undefined,
    account: account
      ? `${account.plan}: $${account.fee_usd_per_month} a month, $${account.credit_usd_per_month} of it credit`
      : undefined,
  };
  return Object.fromEntries(Object.entries(facts).filter(([, words]) => words !== undefined)) as Record<
    string,
    string
  >;
}

/** A law of times, as `8 s` or `lognormal, 8 s on average`. */
function lawWords(law: DistributionSpec): string {
  const mean = makeDistribution(law).mean;
  if (law.distribution === 'constant') return Number.isFinite(mean) ? `${plain(mean, 6)} s` : 'no end';
  return `${law.distribution}, ${plain(mean, 4)} s on average`;
}

function keepWarmWords({ keep_warm, scaling }: PoolPolicy): string {
  const buffer = scaling.rule === 'load' && scaling.buffer > 0 ? `, ${scaling.buffer} more while busy` : '';
  if (keep_warm.length === 1) return `${keep_warm[0]!.containers}${buffer}`;
  const entries = keep_warm.map(({ at_s, containers }) => `${containers} from ${clock(at_s)}`);
  return `${entries.join(', ')}${buffer}`;
}

function clock(at_s: number): string {
  const pad = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${pad(at_s / 3600)}:${pad((at_s % 3600) / 60)}`;
}

/** How many containers are wanted; nothing is said of one for each request. */
function scalingWords(scaling: Scaling): string | undefined {
  if (scaling.rule === 'load') return undefined;
  if (scaling.rule === 'request-count') return `a container for ${scaling.value} requests`;
  return `one more when a request has waited ${plain(scaling.value_s, 4)} s`;
}

function finite(value: number, unit: string): string | undefined {
  return Number.isFinite(value) ? `${plain(value, 6)}${unit}` : undefined;
}
