import { batch, computed, signal } from '@preact/signals';
import type { Choice, Range } from './control.ts';
import { controlGroups } from './controls.ts';
import { type Change, changed, hashOf, type PageState, stateOf, without } from './link.ts';
import { TUNED } from './platform-controls.ts';
import { PRESETS } from './presets.ts';
import type {
  Answer,
  CurveAnswer,
  MapAnswer,
  PoolAnswer,
  Reply,
  Request,
  SummaryAnswer,
} from './protocol.ts';
import { type Reading, read } from './reading.ts';

/** What the page shows, before any answer. */
const BEGIN: PageState = {
  base: { preset: PRESETS[0]!.name },
  changes: [],
  hour: 0,
  map: 'cost_usd_per_hour',
};

export const state = signal<PageState>(BEGIN);
export const yaml = computed(() => yamlOf(state.value));
export const reading = computed<Reading>(() => read(yaml.value, state.value.changes));
/** The last scenario that could be read: results stay while something is mistyped. */
const lastRight = signal<Extract<Reading, { isRight: true }> | undefined>(undefined);

export const groups = computed(() => {
  const right = reading.value.isRight ? reading.value : lastRight.value;
  return right ? controlGroups(right.scenario, right.written, state.value.changes) : [];
});
export const scenario = computed(() =>
  reading.value.isRight ? reading.value.scenario : lastRight.value?.scenario,
);

/** Pairs of platforms that serve the same sources, so that their costs can be compared. */
export const pairs = computed(() => {
  const platforms = scenario.value?.platforms ?? [];
  return platforms.flatMap((a, i) =>
    platforms
      .slice(i + 1)
      .flatMap((b) => (a.sources.join() === b.sources.join() ? [[a.name, b.name] as const] : [])),
  );
});
export const pair = computed(() => {
  const asked = state.value.pair?.join();
  return pairs.value.find((one) => one.join() === asked) ?? pairs.value[0];
});
/** Platforms whose settings can be tried. */
export const tunable = computed(() =>
  (scenario.value?.platforms ?? []).filter(({ kind }) => TUNED.includes(kind)).map(({ name }) => name),
);
export const tuned = computed(
  () => tunable.value.find((name) => name === state.value.tuned) ?? tunable.value[0],
);

export const summary = signal<SummaryAnswer | undefined>(undefined);
export const pool = signal<PoolAnswer | undefined>(undefined);
export const curve = signal<CurveAnswer | undefined>(undefined);
export const map = signal<MapAnswer | undefined>(undefined);
/** Share of the whole simulation that is done; undefined when nothing runs. */
export const progress = signal<number | undefined>(undefined);
export const fault = signal<string | undefined>(undefined);

function yamlOf({ base }: PageState): string {
  if ('yaml' in base) return base.yaml;
  return (PRESETS.find(({ name }) => name === base.preset) ?? PRESETS[0]!).yaml;
}

let engine: Worker;
let asked = 0;

function take(answer: Answer): void {
  batch(() => {
    if (answer.kind === 'summary') summary.value = answer;
    else if (answer.kind === 'pool') pool.value = answer;
    else if (answer.kind === 'curve') curve.value = answer;
    else if (answer.kind === 'map') map.value = answer;
    else if (answer.kind === 'progress') progress.value = answer.share;
    else if (answer.kind === 'fault') fault.value = answer.message;
    if (answer.kind === 'done' || answer.kind === 'fault') progress.value = undefined;
  });
}

/** Asks the engine about what the page shows now. The worker drops an older question by itself. */
function ask(): void {
  const now = reading.value;
  if (!now.isRight) return;
  lastRight.value = now;
  const names = now.scenario.platforms.map(({ name }) => name);
  const sides = pair.value?.map((name) => names.indexOf(name)) as [number, number] | undefined;
  const request: Request = {
    id: ++asked,
    scenario: now.scenario,
    pair: sides,
    tuned: tuned.value === undefined ? undefined : names.indexOf(tuned.value),
    hour: state.value.hour,
  };
  batch(() => {
    progress.value = 0;
    fault.value = undefined;
    if (!sides) curve.value = undefined;
    if (request.tuned === undefined) map.value = undefined;
  });
  engine.postMessage(request);
}

/** Shows something else, and keeps it in the address. */
export function show(next: Partial<PageState>, isNewPage = false): void {
  state.value = { ...state.value, ...next };
  if (isNewPage) history.pushState(null, '', addressOf());
  else keepAddress();
  ask();
}

/** What the address is to say. */
export function addressOf(): string {
  return `#${hashOf(state.value)}`;
}

/** Browsers refuse an address that changes too often, as while a slider moves. */
const ADDRESS_MS = 150;
let addressTimer = 0;
function keepAddress(): void {
  clearTimeout(addressTimer);
  addressTimer = setTimeout(
    () => history.replaceState(null, '', addressOf()),
    ADDRESS_MS,
  ) as unknown as number;
}

/** Another scenario, as it is written. */
export function begin(base: PageState['base']): void {
  batch(() => {
    summary.value = pool.value = curve.value = map.value = undefined;
  });
  show({ base, changes: [], hour: 0, pair: undefined, tuned: undefined }, true);
}

/** Moves a control. */
export function move(control: Range, value: number): void {
  show({ changes: control.set(value).reduce<Change[]>(changed, [...state.value.changes]) });
}

/** Chooses one of several. */
export function choose(control: Choice, value: string): void {
  const rest = without(state.value.changes, control.place);
  show({ changes: control.set(value).reduce<Change[]>(changed, rest) });
}

/** Sets both settings of a cell of the map. */
export function settle(changes: readonly Change[]): void {
  show({ changes: changes.reduce<Change[]>(changed, [...state.value.changes]) });
}

/** Reads the address, or what the page was opened with. @param worker answers requests */
export function start(worker: Worker, given: Partial<PageState>): void {
  engine = worker;
  worker.onmessage = ({ data: { id, answer } }: MessageEvent<Reply>) => {
    if (id === asked) take(answer);
  };
  worker.onerror = (event) => {
    fault.value = event.message;
  };
  const wanted = () => stateOf(location.hash) ?? { ...BEGIN, ...given };
  state.value = wanted();
  window.addEventListener('popstate', () => {
    state.value = wanted();
    ask();
  });
  ask();
}
