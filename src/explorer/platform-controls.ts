import { plain } from '../core/plain-number.ts';
import { priceBooks } from '../platforms/prices/table.ts';
import type { PlatformSpec } from '../platforms/table.ts';
import { twinOf } from '../scenario/overrides.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { type Control, type ControlGroup, countStops } from './control.ts';
import { KNOBS, type Knob, SETTINGS } from './knobs.ts';
import type { Change } from './link.ts';

/** What can be set of each platform. @param written the platforms as they stand */
export function platformControls(
  scenario: Scenario,
  written: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  model: string | undefined,
  variant: string,
): ControlGroup[] {
  return scenario.platforms.map((platform) => {
    const keys = written[platform.name] ?? {};
    const knobs = KNOBS[platform.kind].flatMap((knob) => rangeOf(knob, platform, keys) ?? []);
    return {
      title: platform.name,
      controls: [...gpuChoice(scenario, platform, keys, model, variant), ...knobs],
    };
  });
}

function rangeOf(
  knob: Knob,
  platform: PlatformSpec,
  keys: Readonly<Record<string, unknown>>,
): Control | undefined {
  const {
    key,
    label,
    unit,
    stops,
    most = stops.at(-1)!,
    isWhole = false,
    isPrice,
    isFloor,
    get,
    write,
  } = knob;
  const value = get(platform);
  if (value === undefined || (isPrice && value === 0)) return undefined;
  const path = ['platforms', platform.name, key];
  const written = keys[key] ?? keys[twinOf(key) ?? key];
  const highest = isFloor ? Math.min(most, platform.policy.max_containers) : most;
  return {
    kind: 'range',
    id: path.join('.'),
    label,
    unit,
    value: Number.isFinite(value) ? Number(value.toPrecision(6)) : undefined,
    note: noteOf(written, knob),
    stops: isFloor ? countStops(0, highest) : stops,
    isWhole,
    least: isWhole || stops[0] === 0 ? stops[0]! : Math.min(stops[0]!, 1e-6),
    most: highest,
    set: (wanted) => [{ path, value: write(wanted, written) }],
  };
}

/** What stands there that is more than a number. */
function noteOf(written: unknown, { isFloor }: Knob): string | undefined {
  if (typeof written !== 'object' || written === null) return undefined;
  if (isFloor) return 'the most of a table by the hour; moved, it is one number all day';
  const { distribution } = written as { distribution?: unknown };
  return 'mean' in written
    ? `the mean of a law: ${distribution}`
    : `the mean of a law: ${distribution}; moved, it is a constant`;
}

/** The GPUs that the price book has, with the model's speed on them; price and speed are then the book's. */
function gpuChoice(
  { prices }: Scenario,
  { name, kind }: PlatformSpec,
  keys: Readonly<Record<string, unknown>>,
  model: string | undefined,
  variant: string,
): Control[] {
  const book = priceBooks.find((one) => one.name === prices);
  const known =
    kind === 'modal' ? book?.modal.gpus : kind === 'runpod-serverless' ? book?.runpod.gpus : undefined;
  const speeds = model === undefined ? undefined : book?.speeds[model]?.[variant];
  if (!known || !speeds || typeof keys.gpu !== 'string') return [];
  const options = Object.keys(known).filter((gpu) => gpu in speeds || gpu === keys.gpu);
  const path = ['platforms', name];
  const bookKeys = ['usd_per_second', 'seconds_per_image'].filter((key) => key in keys);
  return [
    {
      kind: 'choice',
      id: `${path.join('.')}.gpu`,
      label: 'GPU',
      place: [...path, 'gpu'],
      value: keys.gpu,
      options: options.map((gpu) => ({
        value: gpu,
        words: `${gpu} ($${plain(known[gpu]!.value * 3600, 3)} an hour)`,
      })),
      set: (gpu): Change[] => [
        { path: [...path, 'gpu'], value: gpu },
        ...bookKeys.map((key) => ({ path: [...path, key], value: null })),
      ],
    },
  ];
}

/** What sets the containers kept warm and the idle window of a platform whose settings are tried. */
export function settingChanges({ name, kind }: PlatformSpec, containers: number, window_s: number): Change[] {
  const { warm, window } = SETTINGS[kind]!;
  return [
    { path: ['platforms', name, warm], value: containers },
    { path: ['platforms', name, window], value: `${window_s}s` },
  ];
}
