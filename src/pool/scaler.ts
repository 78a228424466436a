import { DelayChecks } from './delay-checks.ts';
import { KeepWarm } from './keep-warm.ts';
import type { PoolPolicy } from './policy.ts';

/** Says how many containers a pool wants, from what an operator could see: never the future. */
export class Scaler {
  /** Containers to keep warm now. */
  keepWarm: number;
  /** When keep_warm may change next. */
  keepWarmChange_us = 0;
  readonly #schedule: KeepWarm;
  readonly #checks: DelayChecks | undefined;
  readonly #max: number;
  /** Requests that one container is wanted for. */
  readonly #perContainer: number;
  /** Containers wanted beyond those that requests need. */
  readonly buffer: number;

  /** @param begin_us 0, or the negative begin of an unreported pass */
  constructor({ keep_warm, max_containers, scaling }: PoolPolicy, begin_us: number, day_us?: number) {
    this.#schedule = new KeepWarm(keep_warm, day_us);
    this.keepWarm = this.#schedule.at(begin_us);
    this.keepWarmChange_us = this.#schedule.nextChange(begin_us);
    this.#max = max_containers;
    this.buffer = scaling.rule === 'load' ? scaling.buffer : 0;
    this.#perContainer = 1;
    if (scaling.rule === 'request-count') this.#perContainer = scaling.value;
    if (scaling.rule === 'queue-delay') {
      this.#perContainer = Number.POSITIVE_INFINITY;
      this.#checks = new DelayChecks(scaling.value_s, scaling.check_period_s, begin_us);
    }
  }

  /** Containers wanted while so many requests wait or are served. */
  desired(requests: number): number {
    let needed = 0;
    if (requests > 0) {
      needed = this.#perContainer === 1 ? requests : Math.ceil(requests / this.#perContainer);
      needed += this.buffer;
    }
    return Math.min(this.#max, Math.max(this.keepWarm, needed));
  }

  /** Whether a request that finds no container must start one itself. */
  get startsFirst(): boolean {
    return this.#checks !== undefined;
  }

  /** The next instant at which the longest wait makes the pool start one more container; Infinity: none. */
  nextCheck_us(head_us: number, alive: number): number {
    if (this.#checks === undefined || alive >= this.#max) return Number.POSITIVE_INFINITY;
    return this.#checks.next_us(head_us);
  }

  checked(now_us: number): void {
    this.#checks!.made(now_us);
  }

  changeKeepWarm(now_us: number): void {
    this.keepWarm = this.#schedule.at(now_us);
    this.keepWarmChange_us = this.#schedule.nextChange(now_us);
  }
}
