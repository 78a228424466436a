import type { PlatformSpec } from '../platforms/table.ts';
import type { Seed } from '../random/stream.ts';
import type { SourceSpec } from '../workload/source.ts';
import type { SLO_QUANTITIES, STARTS } from './schema.ts';

/** Upper bounds in seconds on what users wait. */
export type Slo = Partial<Record<(typeof SLO_QUANTITIES)[number], number>>;

/** A scenario that was understood: plain data, with its request logs in memory, ready to run and to send to a thread. */
export interface Scenario {
  readonly name: string;
  readonly description: string | undefined;
  readonly duration_us: number;
  readonly seed: Seed;
  readonly replications: number;
  readonly start: (typeof STARTS)[number];
  /** Name of the price book. */
  readonly prices: string;
  readonly sources: readonly SourceSpec[];
  readonly platforms: readonly PlatformSpec[];
  readonly slo: Slo;
}
