import { microseconds } from '../core/time.ts';
import { Draws } from '../random/distributions/distribution.ts';
import { makeDistribution } from '../random/distributions/table.ts';
import type { Stream, Streams } from '../random/stream.ts';
import { DueRing } from './due.ts';
import type { Dispatch, PoolPolicy } from './policy.ts';

/** The idle containers of a pool, each with the end of its idle window. */
export interface IdleSet {
  readonly count: number;
  /** The earliest end of a window, in microseconds; Infinity when none is idle. */
  readonly firstEnd_us: number;
  /** A container becomes idle. */
  push(now_us: number, container: number): void;
  /** Removes the container that the dispatch rule gives to an arrival. */
  take(): number;
  /** Removes the container whose window ended first; of several, the one started first. */
  stop(): number;
}

/**
 * Idle containers with one constant window, for the dispatch rules by time: in the order in which they became idle (at
 * one instant, in the order of their start), which is also that in which their windows end.
 */
export class IdleDeque implements IdleSet {
  readonly #since = new DueRing();
  readonly #window_us: number;
  readonly #newestFirst: boolean;

  constructor(window_us: number, dispatch: 'most-recent' | 'least-recent') {
    this.#window_us = window_us;
    this.#newestFirst = dispatch === 'most-recent';
  }

  get count(): number {
    return this.#since.count;
  }

  get firstEnd_us(): number {
    return this.#since.next_us + this.#window_us;
  }

  push(now_us: number, container: number): void {
    this.#since.push(now_us, container);
  }

  take(): number {
    return this.#newestFirst ? this.#since.popLast() : this.#since.pop();
  }

  stop(): number {
    return this.#since.pop();
  }
}

interface IdleContainer {
  readonly container: number;
  readonly since_us: number;
  readonly end_us: number;
}

/**
 * Idle containers with drawn windows, or for random dispatch: a list in the order of their start, searched when it
 * must be. Each spell takes the next window; each arrival that is dispatched at random takes the next draw.
 */
export class IdleList implements IdleSet {
  firstEnd_us = Number.POSITIVE_INFINITY;
  readonly #idle: IdleContainer[] = [];
  readonly #dispatch: Dispatch;
  #windows: Draws;
  #picks: Stream;

  constructor(dispatch: Dispatch, windows: Draws, picks: Stream) {
    this.#dispatch = dispatch;
    this.#windows = windows;
    this.#picks = picks;
  }

  /** From now on windows and picks come from other streams. */
  redraw(windows: Draws, picks: Stream): void {
    this.#windows = windows;
    this.#picks = picks;
  }

  get count(): number {
    return this.#idle.length;
  }

  push(now_us: number, container: number): void {
    const end_us = now_us + microseconds(this.#windows.next());
    let place = this.#idle.length;
    while (place > 0 && this.#idle[place - 1]!.container > container) place--;
    this.#idle.splice(place, 0, { container, since_us: now_us, end_us });
    if (end_us < this.firstEnd_us) this.firstEnd_us = end_us;
  }

  take(): number {
    return this.#remove(this.#picked());
  }

  stop(): number {
    return this.#remove(this.#idle.findIndex((idle) => idle.end_us === this.firstEnd_us));
  }

  #picked(): number {
    if (this.#dispatch === 'random') return this.#picks.index(this.#idle.length);
    let best = 0;
    for (let i = 1; i < this.#idle.length; i++) {
      const [since_us, best_us] = [this.#idle[i]!.since_us, this.#idle[best]!.since_us];
      if (this.#dispatch === 'most-recent' ? since_us >= best_us : since_us < best_us) best = i;
    }
    return best;
  }

  #remove(place: number): number {
    const [gone] = this.#idle.splice(place, 1);
    if (gone!.end_us === this.firstEnd_us) {
      this.firstEnd_us = this.#idle.reduce(
        (least, idle) => Math.min(least, idle.end_us),
        Number.POSITIVE_INFINITY,
      );
    }
    return gone!.container;
  }
}

/** The idle set that a policy needs. @param pass ending of the streams' names */
export function newIdleSet(policy: PoolPolicy, streams: Streams, pass: string): IdleSet {
  const { idle_window, dispatch } = policy;
  if (idle_window.distribution === 'constant' && dispatch !== 'random') {
    return new IdleDeque(microseconds(idle_window.value), dispatch);
  }
  return new IdleList(dispatch, ...idleDraws(policy, streams, pass));
}

/** Where windows and picks come from. */
export function idleDraws(policy: PoolPolicy, streams: Streams, pass: string) {
  const windows = new Draws(makeDistribution(policy.idle_window), streams(`window${pass}`));
  return [windows, streams(`dispatch${pass}`)] as const;
}
