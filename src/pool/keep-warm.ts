import { DAY_US, microseconds } from '../core/time.ts';
import type { KeepWarmEntry } from './policy.ts';

/** The daily table of keep_warm on the clock. */
export class KeepWarm {
  readonly #at_us: readonly number[];
  readonly #containers: readonly number[];
  readonly #day_us: number;

  /** @param entries sorted by time of day, at least one */
  constructor(entries: readonly KeepWarmEntry[], day_us = DAY_US) {
    this.#at_us = entries.map((entry) => microseconds(entry.at_s));
    this.#containers = entries.map((entry) => entry.containers);
    this.#day_us = day_us;
  }

  /** Containers to keep warm at an instant. */
  at(t_us: number): number {
    const timeOfDay = t_us - Math.floor(t_us / this.#day_us) * this.#day_us;
    return this.#containers.at(this.#at_us.findLastIndex((at_us) => at_us <= timeOfDay))!;
  }

  /** The first instant after `t_us` at which the table has an entry; Infinity if the number never changes. */
  nextChange(t_us: number): number {
    if (this.#containers.every((containers) => containers === this.#containers[0]))
      return Number.POSITIVE_INFINITY;
    const midnight = Math.floor(t_us / this.#day_us) * this.#day_us;
    const today = this.#at_us.find((at_us) => midnight + at_us > t_us);
    return today === undefined ? midnight + this.#day_us + this.#at_us[0]! : midnight + today;
  }
}
