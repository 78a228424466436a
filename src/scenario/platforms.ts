import { suggestion } from '../core/suggest.ts';
import type { ResolveContext } from '../platforms/kind.ts';
import { type KindName, type PlatformSpec, platformKind } from '../platforms/table.ts';
import { adapterCount, isTraining, type SourceSpec } from '../workload/source.ts';
import type { Fault } from './checks.ts';
import type { Scenario } from './scenario.ts';

type Input = { kind: KindName } & Record<string, unknown>;

/** What the platforms of a scenario have in common. */
export interface PlatformSetting
  extends Pick<ResolveContext, 'book' | 'model' | 'variant' | 'scenarioError'> {
  readonly start: Scenario['start'];
  readonly sources: readonly SourceSpec[];
  /** Also of sources that are wrong otherwise. */
  readonly sourceNames: readonly string[];
  tell(fault: Fault): void;
}

/** Reads one platform; what is wrong is told, and the result then ignored. */
export function resolvePlatform(name: string, input: Input, setting: PlatformSetting): PlatformSpec[] {
  const at = (path: readonly (string | number)[]) => ['platforms', name, ...path];
  const served = servedSources(name, input, setting);
  const chosen = served.map((k) => setting.sources[k]!);
  const context: ResolveContext = {
    name,
    book: setting.book,
    model: setting.model,
    variant: setting.variant,
    servesImages: chosen.length === 0 || chosen.some((source) => !isTraining(source)),
    // How many adapters a log names is known only when it has been read.
    hasAdapters: chosen.some(
      (source) =>
        source.adapters !== undefined ||
        (source.process.process === 'trace' && source.process.adapter_column !== undefined),
    ),
    error: (path, message) => setting.tell({ path: at(path), message }),
    warn: (path, message) => setting.tell({ path: at(path), message, level: 'warning' }),
    scenarioError: setting.scenarioError,
  };
  const resolved = platformKind(input.kind).resolve(input, context);
  if (resolved === undefined) return [];
  return [
    {
      name,
      kind: input.kind,
      policy: { start: setting.start === 'empty' ? 'empty' : 'warm', ...resolved.policy },
      seconds_per_image: resolved.seconds_per_image,
      training_speed: (input.training_speed as number | undefined) ?? 1,
      sources: served,
      poolPerAdapter: resolved.poolPerAdapter ?? false,
      account: resolved.account,
      background: resolved.background,
      terms: resolved.terms,
    },
  ];
}

/** Positions of the sources that a platform serves: those it names, or all of those that its kind can serve. */
function servedSources(name: string, input: Input, setting: PlatformSetting): number[] {
  const { sources, sourceNames } = setting;
  const { serves } = platformKind(input.kind);
  const kindOf = (source: SourceSpec) => (isTraining(source) ? 'training' : 'requests');
  const path = ['platforms', name, 'sources'];
  const written = input.sources as readonly string[] | undefined;
  if (written === undefined) {
    // Trainings go where they are sent: by default only to the kind that serves nothing else.
    const kinds = serves.includes('requests') ? ['requests'] : serves;
    const served = [...sources.keys()].filter((k) => kinds.includes(kindOf(sources[k]!)));
    if (served.length === 0 && sources.length > 0) {
      const message = `serves nothing: there is no source of kind ${kinds.join(' or ')}; name its sources`;
      setting.tell({ path: ['platforms', name], message, level: 'warning' });
    }
    return served;
  }
  const served = new Set<number>();
  for (const [i, one] of written.entries()) {
    const place = sources.findIndex((source) => source.name === one);
    const tell = (message: string) => setting.tell({ path: [...path, i], message });
    if (place < 0) {
      if (!sourceNames.includes(one)) tell(`no source "${one}"${suggestion(one, sourceNames)}`);
    } else if (served.has(place)) tell(`the source "${one}" is named twice`);
    else if (!serves.includes(kindOf(sources[place]!))) {
      tell(
        `${input.kind} serves ${serves.join(' and ')}, and the source "${one}" is of kind ${kindOf(sources[place]!)}`,
      );
    } else served.add(place);
  }
  return [...served].sort((a, b) => a - b);
}

/** Most pools that one platform may be split into. */
const MOST_POOLS = 2000;

/** A platform with a pool for each adapter needs adapters, and not too many. */
export function adapterFaults(platform: PlatformSpec, sources: readonly SourceSpec[]): Fault[] {
  if (!platform.poolPerAdapter) return [];
  const path = ['platforms', platform.name, 'pool_per_adapter'];
  const count = platform.sources.reduce((sum, k) => sum + adapterCount(sources[k]!), 0);
  if (count > MOST_POOLS) {
    return [{ path, message: `expected at most ${MOST_POOLS} adapters, each with a pool, here ${count}` }];
  }
  return count > 0
    ? []
    : [{ path, message: 'does nothing: no source that it serves has adapters', level: 'warning' }];
}
