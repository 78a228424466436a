import { microseconds } from '../core/time.ts';
import { Draws } from '../random/distributions/distribution.ts';
import { makeDistribution } from '../random/distributions/table.ts';
import type { Stream, Streams } from '../random/stream.ts';
import type { AdapterCaches } from './adapters.ts';
import { DueRing } from './due-ring.ts';
import { type Dispatch, needsNumbers, type PoolPolicy } from './policy.ts';

/** The idle containers of a pool, each with the end of its idle window. */
export interface IdleSet {
  readonly count: number;
  /** The earliest end of a window, in microseconds; Infinity when none is idle. */
  readonly firstEnd_us: number;
  /** A container becomes idle. */
  push(now_us: number, container: number): void;
  /** Removes the container that the dispatch rule gives to an arrival which needs an adapter (-1: none). */
  take(adapter: number): number;
  /** Removes the container whose window ended first; of several, the one started first. */
  stop(): number;
}

/**
 * Idle containers with one constant window, for the dispatch rules by time: in the order in which they became idle (at
 * one instant, numbered ones in the order of their start), which is also that in which their windows end.
 */
export class IdleDeque implements IdleSet {
  /** Each with the instant since which it is idle. */
  readonly since: DueRing;
  readonly window_us: number;
  readonly newestFirst: boolean;

  constructor(window_us: number, dispatch: 'most-recent' | 'least-recent', areNumbered: boolean) {
    this.since = new DueRing(areNumbered);
    this.window_us = window_us;
    this.newestFirst = dispatch === 'most-recent';
  }

  get count(): number {
    return this.since.count;
  }

  get firstEnd_us(): number {
    return this.since.next_us + this.window_us;
  }

  push(now_us: number, container: number): void {
    this.since.push(now_us, container);
  }

  take(): number {
    return this.newestFirst ? this.since.popLast() : this.since.pop();
  }

  stop(): number {
    return this.since.pop();
  }
}

/**
 * Idle containers with drawn windows, or for random dispatch: columns in the order of their start, searched when they
 * must be. Each spell takes the next window; each arrival that is dispatched at random takes the next draw.
 */
export class IdleList implements IdleSet {
  count = 0;
  firstEnd_us = Number.POSITIVE_INFINITY;
  #container = new Int32Array(16);
  #since_us = new Float64Array(16);
  #end_us = new Float64Array(16);
  readonly #dispatch: Dispatch;
  #windows: Draws;
  #picks: Stream;
  readonly #caches: AdapterCaches | undefined;

  /** @param caches if arrivals prefer a container that holds their adapter */
  constructor(dispatch: Dispatch, windows: Draws, picks: Stream, caches?: AdapterCaches) {
    this.#caches = caches;
    this.#dispatch = dispatch;
    this.#windows = windows;
    this.#picks = picks;
  }

  /** From now on windows and picks come from other streams. */
  redraw(windows: Draws, picks: Stream): void {
    this.#windows = windows;
    this.#picks = picks;
  }

  push(now_us: number, container: number): void {
    if (this.count === this.#container.length) this.#grow();
    const place = this.#placeOf(container);
    this.#container.copyWithin(place + 1, place, this.count);
    this.#since_us.copyWithin(place + 1, place, this.count);
    this.#end_us.copyWithin(place + 1, place, this.count);
    const end_us = now_us + microseconds(this.#windows.next());
    this.#container[place] = container;
    this.#since_us[place] = now_us;
    this.#end_us[place] = end_us;
    this.count++;
    if (end_us < this.firstEnd_us) this.firstEnd_us = end_us;
  }

  take(adapter: number): number {
    return this.#remove((adapter >= 0 ? this.#pickedAmongHolders(adapter) : undefined) ?? this.#picked());
  }

  stop(): number {
    return this.#remove(this.#end_us.indexOf(this.firstEnd_us));
  }

  /** Where a container belongs, by its number: after those that were started before it. */
  #placeOf(container: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#container[middle]! < container) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #picked(): number {
    if (this.#dispatch === 'random') return this.#picks.index(this.count);
    const isNewest = this.#dispatch === 'most-recent';
    const since = this.#since_us;
    let best = 0;
    for (let i = 1; i < this.count; i++) {
      if (isNewest ? since[i]! >= since[best]! : since[i]! < since[best]!) best = i;
    }
    return best;
  }

  /** Place of the container that the rule picks among those which hold an adapter; undefined if none does. */
  #pickedAmongHolders(adapter: number): number | undefined {
    if (this.#caches === undefined) return undefined;
    const holders: number[] = [];
    for (let i = 0; i < this.count; i++) {
      if (this.#caches.has(this.#container[i]!, adapter)) holders.push(i);
    }
    if (holders.length === 0) return undefined;
    if (this.#dispatch === 'random') return holders[this.#picks.index(holders.length)];
    const since = this.#since_us;
    return holders.reduce((best, i) =>
      (this.#dispatch === 'most-recent' ? since[i]! >= since[best]! : since[i]! < since[best]!) ? i : best,
    );
  }

  #remove(place: number): number {
    const container = this.#container[place]!;
    const wasFirst = this.#end_us[place] === this.firstEnd_us;
    this.#container.copyWithin(place, place + 1, this.count);
    this.#since_us.copyWithin(place, place + 1, this.count);
    this.#end_us.copyWithin(place, place + 1, this.count);
    this.count--;
    if (wasFirst) this.#findFirstEnd();
    return container;
  }

  #findFirstEnd(): void {
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < this.count; i++) if (this.#end_us[i]! < least) least = this.#end_us[i]!;
    this.firstEnd_us = least;
  }

  #grow(): void {
    const length = 2 * this.count;
    const [container, since_us, end_us] = [
      new Int32Array(length),
      new Float64Array(length),
      new Float64Array(length),
    ];
    container.set(this.#container);
    since_us.set(this.#since_us);
    end_us.set(this.#end_us);
    [this.#container, this.#since_us, this.#end_us] = [container, since_us, end_us];
  }
}

/** The idle set that a policy needs. @param pass ending of the streams' names */
export function newIdleSet(
  policy: PoolPolicy,
  streams: Streams,
  pass: string,
  caches: AdapterCaches | undefined,
): IdleSet {
  const { idle_window, dispatch, adapters } = policy;
  const preferred = adapters?.affinity ? caches : undefined;
  if (idle_window.distribution === 'constant' && dispatch !== 'random' && preferred === undefined) {
    return new IdleDeque(microseconds(idle_window.value), dispatch, needsNumbers(policy));
  }
  return new IdleList(dispatch, ...idleDraws(policy, streams, pass), preferred);
}

/** Where windows and picks come from. */
export function idleDraws(policy: PoolPolicy, streams: Streams, pass: string) {
  const windows = new Draws(makeDistribution(policy.idle_window), streams(`window${pass}`));
  return [windows, streams(`dispatch${pass}`)] as const;
}
