import { microseconds } from '../core/time.ts';

/** When a pool that scales by the delay of its queue looks at it: at whole multiples of a period after a pass begins. */
export class DelayChecks {
  readonly #value_us: number;
  readonly #period_us: number;
  readonly #begin_us: number;
  #last_us = Number.NEGATIVE_INFINITY;

  /** @param begin_us 0, or the negative begin of an unreported pass */
  constructor(value_s: number, period_s: number, begin_us: number) {
    this.#value_us = microseconds(value_s);
    this.#period_us = microseconds(period_s);
    this.#begin_us = begin_us;
  }

  /** The first check that will find the longest wait too long. @param head_us when that request entered, or Infinity */
  next_us(head_us: number): number {
    if (head_us === Number.POSITIVE_INFINITY) return head_us;
    const after_us = Math.max(head_us + this.#value_us, this.#last_us);
    const inFirstPass_us = this.#firstAfter(this.#begin_us, after_us);
    return this.#begin_us < 0 && inFirstPass_us >= 0 ? this.#firstAfter(0, after_us) : inFirstPass_us;
  }

  /** The check at this instant has been made. */
  made(now_us: number): void {
    this.#last_us = now_us;
  }

  /** The first check of a pass, which begins at `begin_us`, that comes later than an instant. */
  #firstAfter(begin_us: number, after_us: number): number {
    const periods = Math.floor((after_us - begin_us) / this.#period_us);
    return begin_us + (Math.max(0, periods) + 1) * this.#period_us;
  }
}
