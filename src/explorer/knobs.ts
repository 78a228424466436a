import { plain } from '../core/plain-number.ts';
import type { KindName, PlatformSpec } from '../platforms/table.ts';
import { type DistributionSpec, makeDistribution } from '../random/distributions/table.ts';
import { countStops, roundStops } from './control.ts';

/** A number of a platform that can be moved. */
export interface Knob {
  readonly key: string;
  readonly label: string;
  readonly unit: string;
  readonly stops: readonly number[];
  readonly most?: number;
  readonly isWhole?: boolean;
  /** Whether 0 is a way to charge that was not chosen. */
  readonly isPrice?: boolean;
  /** Whether it may not be above the most containers. */
  readonly isFloor?: boolean;
  get(platform: PlatformSpec): number | undefined;
  /** The number as a scenario has it. @param written what stands there */
  write(value: number, written: unknown): unknown;
}

const whole = (value: number) => value;
/** Times; a law that has a mean keeps its shape. */
const time = (value: number, written: unknown) => {
  const seconds = `${plain(value, 6)}s`;
  return typeof written === 'object' && written !== null && 'mean' in written
    ? { ...written, mean: seconds }
    : seconds;
};
const money = (value: number) => Number(value.toPrecision(6));
const meanOf = (law: DistributionSpec) => makeDistribution(law).mean;
/** The most of a table by the hour. */
const warm = ({ policy }: PlatformSpec) => Math.max(...policy.keep_warm.map(({ containers }) => containers));
const term = (name: string) => (platform: PlatformSpec) => (platform.terms as Record<string, number>)[name];

const warmKnob = (key: string, label: string): Knob => ({
  key,
  label,
  unit: '',
  stops: countStops(0, 100),
  isWhole: true,
  isFloor: true,
  get: warm,
  write: whole,
});
const windowKnob = (key: string, label: string): Knob => ({
  key,
  label,
  unit: 's',
  stops: [0, 2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600, 900, 1200],
  most: 86_400,
  get: ({ policy }) => meanOf(policy.idle_window),
  write: time,
});
const maxKnob = (key: string): Knob => ({
  key,
  label: 'most containers',
  unit: '',
  stops: countStops(1, 1000),
  most: 100_000,
  isWhole: true,
  get: ({ policy }) => policy.max_containers,
  write: whole,
});
const coldStart: Knob = {
  key: 'cold_start',
  label: 'cold start',
  unit: 's',
  stops: [0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 30, 45, 60, 90, 120, 180, 300],
  most: 86_400,
  get: ({ policy }) => meanOf(policy.cold_start),
  write: time,
};
const image: Knob = {
  key: 'seconds_per_image',
  label: 'an image takes',
  unit: 's',
  stops: roundStops(0.2, 60),
  most: 86_400,
  get: ({ seconds_per_image }) => seconds_per_image,
  write: (value) => money(value),
};
const second: Knob = {
  key: 'usd_per_second',
  label: 'price',
  unit: '$ a second',
  stops: roundStops(0.00005, 0.01),
  most: 1000,
  isPrice: true,
  get: term('usd_per_second'),
  write: money,
};
const runSecond: Knob = {
  ...second,
  key: 'usd_per_run_second',
  unit: '$ a second of work',
  get: term('usd_per_run_second'),
};

/** What can be moved of each kind. */
export const KNOBS: Readonly<Record<KindName, readonly Knob[]>> = {
  modal: [
    warmKnob('keep_warm', 'keep_warm'),
    windowKnob('container_idle_timeout', 'container_idle_timeout'),
    coldStart,
    maxKnob('max_containers'),
    image,
    second,
  ],
  'replicate-official': [
    {
      key: 'price_per_image',
      label: 'price',
      unit: '$ an image',
      stops: roundStops(0.001, 0.2),
      most: 1000,
      isPrice: true,
      get: term('usd_per_image'),
      write: money,
    },
    image,
    warmKnob('warm_instances', 'warm instances, shared'),
    coldStart,
  ],
  'replicate-community': [
    warmKnob('warm_instances', 'warm instances, shared'),
    windowKnob('instance_idle_timeout', 'idle window'),
    coldStart,
    maxKnob('max_instances'),
    runSecond,
  ],
  'replicate-deployment': [
    warmKnob('min_instances', 'min_instances'),
    windowKnob('instance_idle_timeout', 'idle window'),
    coldStart,
    maxKnob('max_instances'),
    second,
  ],
  'replicate-training': [coldStart, maxKnob('max_instances'), runSecond],
  'runpod-serverless': [
    warmKnob('workers_min', 'workers_min'),
    windowKnob('idle_timeout', 'idle_timeout'),
    coldStart,
    maxKnob('workers_max'),
    image,
    second,
  ],
  dedicated: [
    {
      key: 'machines',
      label: 'machines',
      unit: '',
      stops: countStops(1, 100),
      most: 100_000,
      isWhole: true,
      get: ({ policy }) => policy.max_containers,
      write: whole,
    },
    {
      key: 'usd_per_hour',
      label: 'price',
      unit: '$ an hour each',
      stops: roundStops(0.1, 20),
      most: 1e6,
      isPrice: true,
      get: (platform) => 3600 * (term('usd_per_second')(platform) ?? 0),
      write: money,
    },
    image,
  ],
};

/** The kinds whose warm containers and idle window are the user's, and the keys of both. */
export const SETTINGS: Partial<
  Readonly<Record<KindName, { readonly warm: string; readonly window: string }>>
> = {
  modal: { warm: 'keep_warm', window: 'container_idle_timeout' },
  'replicate-deployment': { warm: 'min_instances', window: 'instance_idle_timeout' },
  'runpod-serverless': { warm: 'workers_min', window: 'idle_timeout' },
};
