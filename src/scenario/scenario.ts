import type { PlatformSpec } from '../platforms/table.ts';
import type { Seed } from '../random/stream.ts';
import type { SourceSpec } from '../workload/source.ts';
import type { PlanSpec } from './plans.ts';
import type { ScenarioInput, STARTS } from './schema.ts';
import type { Slo } from './slo.ts';

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
  /** Platforms that are totalled. */
  readonly plans: readonly PlanSpec[];
  readonly slo: Slo;
  /** Questions that other commands ask of it. */
  readonly sweep: ScenarioInput['sweep'];
  readonly crossover: ScenarioInput['crossover'];
}
