import { microseconds } from '../core/time.ts';
import { Draws } from '../random/distributions/distribution.ts';
import { type DistributionSpec, makeDistribution } from '../random/distributions/table.ts';
import type { Streams } from '../random/stream.ts';
import { DueSet } from './due-set.ts';
import { needsNumbers, type PoolPolicy } from './policy.ts';

/** The containers of a pool that are starting, each until it is ready. Containers are numbered in the order of start. */
export class Starts {
  readonly starting: DueSet;
  /** Containers that were ever started, with those warm at the beginning. */
  count = 0;
  readonly #policy: PoolPolicy;
  readonly #streams: Streams;
  #coldStarts: Draws;
  #preloads: Draws | undefined;

  /** @param pass ending of the streams' names */
  constructor(policy: PoolPolicy, streams: Streams, pass: string) {
    this.starting = new DueSet(needsNumbers(policy));
    this.#policy = policy;
    this.#streams = streams;
    [this.#coldStarts, this.#preloads] = this.#draws(pass);
  }

  /** Starts a container, and gives its number: it is told to whoever needs it, which `needsNumbers` must know. */
  start(now_us: number): number {
    const preload_us = this.#preloads === undefined ? 0 : microseconds(this.#preloads.next());
    this.starting.push(now_us + microseconds(this.#coldStarts.next()) + preload_us, this.count);
    return this.count++;
  }

  /** From now on starts are drawn from the streams of the run. */
  redraw(): void {
    [this.#coldStarts, this.#preloads] = this.#draws('');
  }

  #draws(pass: string): [Draws, Draws | undefined] {
    const { cold_start, preload } = this.#policy;
    const from = (law: DistributionSpec, name: string) =>
      new Draws(makeDistribution(law), this.#streams(`${name}${pass}`));
    return [from(cold_start, 'cold start'), preload && from(preload, 'preload')];
  }
}
