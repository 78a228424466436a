import { signal } from '@preact/signals';
import type { Problem } from '../scenario/problem.ts';
import { ask, connect, forget } from './answers.ts';
import type { Choice, Range } from './control.ts';
import { type Change, changed, hashOf, type PageState, stateOf, without } from './link.ts';
import { PARTS, type Part } from './protocol.ts';
import { BEGIN, readingOf, state, yaml } from './state.ts';

/** Why a change was not made: the scenario would be wrong. */
export const refused = signal<readonly Problem[]>([]);

/** What the address is to say. */
export function addressOf(): string {
  return `#${hashOf(state.value)}`;
}

/** Browsers refuse an address that changes too often, as while a slider moves. */
const ADDRESS_MS = 150;
let timer: number | undefined;

function keepAddress(): void {
  clearTimeout(timer);
  timer = setTimeout(writeAddress, ADDRESS_MS) as unknown as number;
}

function writeAddress(): void {
  clearTimeout(timer);
  if (timer !== undefined) history.replaceState(null, '', addressOf());
  timer = undefined;
}

/** Shows something else of the same scenario. @param parts what has to be simulated for it */
export function show(next: Partial<PageState>, parts: readonly Part[]): void {
  state.value = { ...state.value, ...next };
  keepAddress();
  if (parts.length > 0) ask(parts);
}

/** Another scenario, as it is written, or this one as it was: a new page, to which and from which one can go back. */
export function begin(base: PageState['base']): void {
  writeAddress();
  const isOther = JSON.stringify(base) !== JSON.stringify(state.value.base);
  refused.value = [];
  if (isOther) forget();
  state.value = { ...BEGIN, base, map: state.value.map };
  history.pushState(null, '', addressOf());
  ask();
}

/** Makes changes, unless the scenario would be wrong with them. @returns whether they were made */
export function change(changes: readonly Change[], cleared?: readonly string[]): boolean {
  const begun = cleared ? without(state.value.changes, cleared) : [...state.value.changes];
  const next = changes.reduce<Change[]>(changed, begun);
  const now = readingOf(yaml.value, next);
  refused.value = now.isRight ? [] : now.problems;
  if (now.isRight) show({ changes: next }, PARTS);
  return now.isRight;
}

export function move(control: Range, value: number): boolean {
  return change(control.set(value));
}

export function choose(control: Choice, value: string): boolean {
  return change(control.set(value), control.place);
}

/** Reads the address, or what the page was opened with. @param worker answers requests */
export function start(worker: Worker, given: PageState['base'] | undefined): void {
  connect(worker);
  const wanted = () => stateOf(location.hash) ?? (given ? { ...BEGIN, base: given } : BEGIN);
  state.value = wanted();
  addEventListener('popstate', () => {
    const next = wanted();
    refused.value = [];
    if (JSON.stringify(next.base) !== JSON.stringify(state.value.base)) forget();
    state.value = next;
    ask();
  });
  ask();
}

/** Largest scenario that is read. */
const LARGEST = 256 * 1024;

/** Opens a file that was chosen or dropped. @returns what is wrong with it, if it is no scenario at all */
export async function open(file: File | undefined): Promise<string> {
  if (!file) return '';
  if (file.size > LARGEST) return `${file.name} is larger than 256 KB: it is no scenario`;
  begin({ yaml: await file.text() });
  return '';
}
