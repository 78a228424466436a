import type { Trail } from '../pool/trail.ts';
import { GrowingArray } from '../workload/growing-array.ts';

/** The trail of one pool among several of a platform: tells the platform's trail with the platform's numbers. */
export class PoolTrail implements Trail {
  readonly #whole: Trail;
  readonly #next: { next: number };
  /** By the pool's number of a request, the platform's. */
  readonly #numbers = new GrowingArray();

  /** @param next the platform's number of its next request, shared by its pools */
  constructor(whole: Trail, next: { next: number }) {
    this.#whole = whole;
    this.#next = next;
  }

  arrived(): void {
    this.#numbers.push(this.#next.next++);
    this.#whole.arrived();
  }

  started(number: number, start_us: number, service_us: number, cold: boolean, fate: number): void {
    this.#whole.started(this.#of(number), start_us, service_us, cold, fate);
  }

  aborted(number: number): void {
    this.#whole.aborted(this.#of(number));
  }

  rejected(number: number): void {
    this.#whole.rejected(this.#of(number));
  }

  #of(number: number): number {
    return this.#numbers.view()[number]!;
  }
}
