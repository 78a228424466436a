import { computed, signal } from '@preact/signals';
import { controlGroups } from './controls.ts';
import { SETTINGS } from './knobs.ts';
import type { Change, PageState } from './link.ts';
import { PRESETS } from './presets.ts';
import { type Reading, read } from './reading.ts';

/** What the page shows where nothing is said. */
export const BEGIN: PageState = {
  base: { preset: PRESETS[0]!.name },
  changes: [],
  hour: 0,
  map: 'cost_usd_per_hour',
};

export const state = signal<PageState>(BEGIN);

export const yaml = computed(() => {
  const { base } = state.value;
  if ('yaml' in base) return base.yaml;
  return (PRESETS.find(({ name }) => name === base.preset) ?? PRESETS[0]!).yaml;
});

/** Whether the address names a preset that there is none of. */
export const isUnknownPreset = computed(() => {
  const { base } = state.value;
  return 'preset' in base && !PRESETS.some(({ name }) => name === base.preset);
});

let last: { yaml: string; changes: readonly Change[]; reading: Reading } | undefined;

/** Reads a scenario, but not the one again that was read last: a change is read before it is made, and then shown. */
export function readingOf(text: string, changes: readonly Change[]): Reading {
  if (last?.yaml !== text || last.changes !== changes)
    last = { yaml: text, changes, reading: read(text, changes) };
  return last.reading;
}

export const reading = computed<Reading>(() => readingOf(yaml.value, state.value.changes));
export const scenario = computed(() => (reading.value.isRight ? reading.value.scenario : undefined));

export const groups = computed(() => {
  const now = reading.value;
  return now.isRight ? controlGroups(now.scenario, now.written, state.value.changes) : [];
});

/** Platforms that serve the same sources as a platform, whose costs can be compared with its. */
export function rivalsOf(name: string | undefined): string[] {
  const platforms = scenario.value?.platforms ?? [];
  const own = platforms.find((one) => one.name === name);
  return platforms
    .filter((one) => one !== own && one.sources.join() === own?.sources.join())
    .map((one) => one.name);
}

/** The two platforms whose costs are drawn: those asked for, those of the scenario's crossover, or the first that can be. */
export const pair = computed((): readonly [string, string] | undefined => {
  const names = scenario.value?.platforms.map(({ name }) => name) ?? [];
  const isPair = ([a, b]: readonly string[]) => a !== undefined && b !== undefined && rivalsOf(a).includes(b);
  const wanted = [state.value.pair, scenario.value?.crossover?.platforms].find((one) => one && isPair(one));
  if (wanted) return wanted as readonly [string, string];
  const first = names.find((name) => rivalsOf(name).length > 0);
  return first === undefined ? undefined : [first, rivalsOf(first)[0]!];
});

/** Platforms whose settings can be tried. */
export const tunable = computed(() =>
  (scenario.value?.platforms ?? []).filter(({ kind }) => SETTINGS[kind]).map(({ name }) => name),
);
export const tuned = computed(
  () => tunable.value.find((name) => name === state.value.tuned) ?? tunable.value[0],
);
