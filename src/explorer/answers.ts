import { batch, signal } from '@preact/signals';
import {
  type Answer,
  type CurveAnswer,
  type MapAnswer,
  PARTS,
  type Part,
  type PoolAnswer,
  type Reply,
  type Request,
  type SummaryAnswer,
} from './protocol.ts';
import { pair, scenario, state, tuned } from './state.ts';

/** What the engine said last of each part. It stays until there is something newer; `stale` says of what. */
export const summary = signal<SummaryAnswer | undefined>(undefined);
export const pool = signal<PoolAnswer | undefined>(undefined);
export const curve = signal<CurveAnswer | undefined>(undefined);
export const map = signal<MapAnswer | undefined>(undefined);
/** The parts whose answer is of settings that were before. */
export const stale = signal<ReadonlySet<Part>>(new Set(PARTS));
/** Rows of the map that are of the settings now. */
export const freshRows = signal(0);
/** Whether something is under way, and the share of the whole simulation that is done. */
export const progress = signal<number | undefined>(undefined);
export const fault = signal<string | undefined>(undefined);

let engine: Worker;
let asked = 0;

/** @param worker answers requests */
export function connect(worker: Worker): void {
  engine = worker;
  worker.onmessage = ({ data: { id, answer } }: MessageEvent<Reply>) => {
    if (id === asked) take(answer);
  };
  worker.onerror = (event) => {
    fault.value = event.message;
  };
}

/** Forgets what was shown, as another scenario begins. */
export function forget(): void {
  batch(() => {
    summary.value = pool.value = curve.value = map.value = undefined;
    stale.value = new Set(PARTS);
  });
}

/** Asks for some parts, and for those that are not answered yet. Of a scenario that is wrong nothing is asked. */
export function ask(parts: readonly Part[] = PARTS): void {
  const now = scenario.value;
  const names = now?.platforms.map(({ name }) => name) ?? [];
  const place = (name: string | undefined) => (name === undefined ? undefined : names.indexOf(name));
  const can = (part: Part) =>
    (part === 'curve' ? pair.value : part === 'map' ? tuned.value : now) !== undefined;
  const wanted = PARTS.filter((part) => can(part) && (parts.includes(part) || stale.value.has(part)));
  const request: Request = {
    id: ++asked,
    scenario: now,
    parts: wanted,
    pair: pair.value?.map(place) as [number, number] | undefined,
    tuned: place(tuned.value),
    hour: state.value.hour,
  };
  batch(() => {
    stale.value = new Set(wanted);
    freshRows.value = 0;
    progress.value = now && wanted.includes('summary') ? 0 : undefined;
    fault.value = undefined;
    if (!request.pair) curve.value = undefined;
    if (request.tuned === undefined) map.value = undefined;
  });
  engine.postMessage(request);
}

function take(answer: Answer): void {
  batch(() => {
    if (answer.kind === 'summary') summary.value = answer;
    else if (answer.kind === 'pool') pool.value = answer;
    else if (answer.kind === 'curve') curve.value = answer;
    else if (answer.kind === 'map') takeMap(answer);
    else if (answer.kind === 'progress') progress.value = answer.share;
    else if (answer.kind === 'fault') fault.value = answer.message;
    if (answer.kind === 'summary' && !answer.isCoarse) progress.value = undefined;
    const isUnderWay = answer.kind === 'summary' && answer.isCoarse;
    const isPart = PARTS.some((part) => part === answer.kind);
    const isLastRow = answer.kind !== 'map' || answer.cells.length === answer.keepWarm.length;
    if (isPart && !isUnderWay && isLastRow)
      stale.value = new Set([...stale.value].filter((part) => part !== answer.kind));
  });
}

/** Rows that are not known yet show what they were, so that nothing on the page jumps. */
function takeMap(answer: MapAnswer): void {
  freshRows.value = answer.cells.length;
  const before = map.value;
  const isLike =
    before?.name === answer.name &&
    before.keepWarm.join() === answer.keepWarm.join() &&
    before.windows_s.join() === answer.windows_s.join();
  const rest = isLike ? before.cells.slice(answer.cells.length) : [];
  map.value = { ...answer, cells: [...answer.cells, ...rest] };
}
