import type { KindName, PlatformSpec } from '../platforms/table.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { offeredSize } from '../workload/source.ts';
import type { Axis } from './grid.ts';

/** The keys of a platform that are its owner's to choose. */
interface Knobs {
  readonly gpu: string;
  readonly warm: string;
  readonly window: string;
  readonly most: string;
  readonly buffer?: string;
}

/** Kinds of platforms that have something to choose. */
export const KNOBS: Partial<Record<KindName, Knobs>> = {
  modal: {
    gpu: 'gpu',
    warm: 'keep_warm',
    window: 'container_idle_timeout',
    most: 'max_containers',
    buffer: 'buffer_containers',
  },
  'replicate-deployment': {
    gpu: 'hardware',
    warm: 'min_instances',
    window: 'instance_idle_timeout',
    most: 'max_instances',
  },
  'runpod-serverless': { gpu: 'gpu', warm: 'workers_min', window: 'idle_timeout', most: 'workers_max' },
};

const WINDOWS_S = [2, 5, 10, 20, 60, 150, 400, 1200];
/** Containers beyond the mean load that are tried as a floor, and values of it at most. */
const FLOOR_BEYOND = 3;
const MOST_FLOORS = 8;
const BUFFERS = [0, 1, 2];
const MOST_MOSTS = 4;

/** Containers that the traffic keeps busy on average. */
export function offeredLoad({ sources, duration_us }: Scenario, platform: PlatformSpec): number {
  return platform.sources.reduce(
    (sum, k) => sum + offeredSize(sources[k]!, duration_us) * platform.seconds_per_image,
    0,
  );
}

/** Whole numbers from low to high, at most so many of them. */
function wholes(low: number, high: number, most: number): number[] {
  const count = Math.min(most, high - low + 1);
  const values = Array.from({ length: count }, (_, k) =>
    Math.round(low + ((high - low) * k) / Math.max(1, count - 1)),
  );
  return [...new Set(values)];
}

const axisOf = (platform: PlatformSpec, name: string, values: readonly unknown[]): Axis => ({
  name,
  path: ['platforms', platform.name, name],
  values,
});

/** The first look: every GPU with every floor and every window. @param gpus none: the one that the scenario has */
export function coarseAxes(scenario: Scenario, platform: PlatformSpec, gpus: readonly string[]): Axis[] {
  const { gpu, warm, window } = KNOBS[platform.kind]!;
  const load = offeredLoad(scenario, platform);
  const highest = Math.min(platform.policy.max_containers, Math.ceil(load) + FLOOR_BEYOND);
  return [
    ...(gpus.length > 0 ? [axisOf(platform, gpu, gpus)] : []),
    axisOf(platform, warm, wholes(0, highest, MOST_FLOORS)),
    axisOf(
      platform,
      window,
      WINDOWS_S.map((s) => `${s}s`),
    ),
  ];
}

/** What a further look lies around. */
export interface Anchor {
  /** The platform as it is set there. */
  readonly platform: PlatformSpec;
  /** The GPU, if it is varied. */
  readonly gpu: unknown;
}

/** A further look: around a setting, and with other buffers and other most containers. @param most of the scenario */
export function fineAxes(scenario: Scenario, { platform, gpu }: Anchor, most: number): Axis[] {
  const keys = KNOBS[platform.kind]!;
  const { policy } = platform;
  const floor = policy.keep_warm[0]!.containers;
  const window_s = policy.idle_window.distribution === 'constant' ? policy.idle_window.value : WINDOWS_S[0]!;
  const around = [WINDOWS_S.findLast((s) => s < window_s), WINDOWS_S.find((s) => s > window_s)];
  const between = around.flatMap((other) =>
    other === undefined ? [] : [Number(Math.sqrt(window_s * other).toPrecision(2))],
  );
  const least = Math.min(most, Math.max(1, floor + 1, Math.ceil(offeredLoad(scenario, platform)) + 1));
  const { scaling } = policy;
  return [
    ...(gpu === undefined ? [] : [axisOf(platform, keys.gpu, [gpu])]),
    axisOf(platform, keys.warm, within(floor - 1, floor + 1, 0, most)),
    axisOf(
      platform,
      keys.window,
      [...new Set([window_s, ...between])].sort((a, b) => a - b).map((s) => `${s}s`),
    ),
    axisOf(
      platform,
      keys.most,
      // Fewer containers than are kept warm are none that a scenario may ask for.
      rising([
        ...wholes(least, most, MOST_MOSTS),
        ...within(policy.max_containers - 1, policy.max_containers + 1, least, most),
      ]),
    ),
    ...(keys.buffer && scaling.rule === 'load'
      ? [axisOf(platform, keys.buffer, rising([...BUFFERS, scaling.buffer + 1]))]
      : []),
  ];
}

/** Whole numbers from low to high that lie between the bounds. */
function within(low: number, high: number, least: number, most: number): number[] {
  return Array.from({ length: high - low + 1 }, (_, k) => low + k).filter((n) => least <= n && n <= most);
}

function rising(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}
