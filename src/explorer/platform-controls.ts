import { plain } from '../core/plain-number.ts';
import { priceBooks } from '../platforms/prices/table.ts';
import type { KindName, PlatformSpec } from '../platforms/table.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Control, ControlGroup } from './control.ts';
import { KNOBS, type Knob, whole } from './knobs.ts';
import type { Change } from './link.ts';

/** Kinds whose warm containers and idle window are the user's. */
export const TUNED: readonly KindName[] = ['modal', 'replicate-deployment', 'runpod-serverless'];

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
  const { key, label, unit, stops, most = stops.at(-1)!, get, write } = knob;
  const value = get(platform);
  // An amount of 0 is the way to charge that was not chosen.
  if (value === undefined || (value === 0 && unit.startsWith('$'))) return undefined;
  const path = ['platforms', platform.name, key];
  const isWhole = write === whole;
  return {
    kind: 'range',
    id: path.join('.'),
    label,
    unit,
    value: Number(value.toPrecision(6)),
    stops,
    isWhole,
    least: isWhole || stops[0] === 0 ? stops[0]! : Math.min(stops[0]!, 1e-6),
    most,
    set: (wanted) => [{ path, value: write(wanted, keys[key]) }],
  };
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
  const [warmKey, windowKey] = KNOBS[kind].map(({ key }) => key) as [string, string];
  return [
    { path: ['platforms', name, warmKey], value: containers },
    { path: ['platforms', name, windowKey], value: `${window_s}s` },
  ];
}
