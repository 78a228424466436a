import { HOUR_US } from '../core/time.ts';

/**
 * Counts the containers of several pools together: the most alive at once, for a positive time, in each hour. Pools run
 * one after the other through the same stretch of time, so what they tell is put in order before it is counted.
 */
export class Census {
  /** The most alive in each hour. */
  readonly containers_max: Float64Array;
  readonly #hour_us: number;
  readonly #duration_us: number;
  #changes: { t_us: number; change: number }[] = [];
  #alive = 0;
  #since_us = Number.NEGATIVE_INFINITY;

  constructor(duration_us: number, hour_us = HOUR_US) {
    this.#duration_us = duration_us;
    this.#hour_us = hour_us;
    this.containers_max = new Float64Array(Math.ceil(duration_us / hour_us));
  }

  /** A container starts (1) or stops (-1). */
  changed(t_us: number, change: 1 | -1): void {
    this.#changes.push({ t_us, change });
  }

  /** Counts up to an instant that every pool has come to. */
  settle(until_us: number): void {
    const ready = this.#changes.filter((one) => one.t_us < until_us).sort((a, b) => a.t_us - b.t_us);
    this.#changes = this.#changes.filter((one) => one.t_us >= until_us);
    for (const { t_us, change } of ready) {
      this.#hold(t_us);
      this.#alive += change;
    }
  }

  /** Counts up to the end of the run. */
  finish(): Float64Array {
    this.settle(this.#duration_us);
    this.#hold(this.#duration_us);
    return this.containers_max;
  }

  /** So many have been alive until now. */
  #hold(t_us: number): void {
    const from_us = Math.max(0, this.#since_us);
    const to_us = Math.min(t_us, this.#duration_us);
    if (to_us > from_us) {
      const last = Math.ceil(to_us / this.#hour_us) - 1;
      for (let hour = Math.floor(from_us / this.#hour_us); hour <= last; hour++) {
        this.containers_max[hour] = Math.max(this.containers_max[hour]!, this.#alive);
      }
    }
    this.#since_us = t_us;
  }
}
