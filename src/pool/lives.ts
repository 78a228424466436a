import { microseconds } from '../core/time.ts';

/** What the lives of containers are rounded up by, where a life is billed in whole units. */
export class Lives {
  readonly #unit_us: number;
  readonly #begun_us = new Map<number, number>();

  constructor(unit_s: number) {
    this.#unit_us = microseconds(unit_s);
  }

  begin(container: number, now_us: number): void {
    this.#begun_us.set(container, now_us);
  }

  /** A container stops: the time from its end to the next whole unit. */
  end(container: number, now_us: number): number {
    const life_us = now_us - this.#begun_us.get(container)!;
    this.#begun_us.delete(container);
    return Math.ceil(life_us / this.#unit_us) * this.#unit_us - life_us;
  }
}
