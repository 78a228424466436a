import { microseconds } from '../core/time.ts';
import { Draws } from '../random/distributions/distribution.ts';
import { makeDistribution } from '../random/distributions/table.ts';
import type { Stream } from '../random/stream.ts';
import type { Adapters } from './policy.ts';

/** Which adapters each container holds, and what it takes to load another one. */
export class AdapterCaches {
  readonly #policy: Adapters;
  /** By container, the adapters it holds, the least recently used first. */
  readonly #held = new Map<number, number[]>();
  #loads: Draws;

  constructor(policy: Adapters, loads: Stream) {
    this.#policy = policy;
    this.#loads = new Draws(makeDistribution(policy.load), loads);
  }

  /** From now on loads are drawn from another stream. */
  redraw(loads: Stream): void {
    this.#loads = new Draws(makeDistribution(this.#policy.load), loads);
  }

  has(container: number, adapter: number): boolean {
    return this.#held.get(container)?.includes(adapter) ?? false;
  }

  /** A container is to serve with an adapter: how long it takes to load it; -1 if the container holds it already. */
  use(container: number, adapter: number): number {
    let held = this.#held.get(container);
    if (held === undefined) {
      held = [];
      this.#held.set(container, held);
    }
    const place = held.indexOf(adapter);
    if (place >= 0) held.splice(place, 1);
    else if (held.length === this.#policy.cache) held.shift();
    held.push(adapter);
    return place >= 0 ? -1 : microseconds(this.#loads.next());
  }

  /** A container stops. */
  forget(container: number): void {
    this.#held.delete(container);
  }
}
