import type { PoolPolicy } from '../pool/policy.ts';
import { adapterCount, type SourceSpec } from '../workload/source.ts';
import { firstAdapters } from '../workload/workload.ts';
import type { PlatformSpec } from './table.ts';

/** One of the pools of a platform, and the adapter it is for. */
export interface PoolPlan {
  /** -1: requests without an adapter; undefined: all requests. */
  readonly adapter: number | undefined;
  readonly policy: PoolPolicy;
  /** Begins the names of its streams. */
  readonly prefix: string;
}

/**
 * The pools of a platform: one; or with `pool_per_adapter` one for each adapter, which loads it with every start, and
 * one for requests without an adapter if there are any.
 *
 * @param sources all sources of the scenario
 */
export function poolPlans(platform: PlatformSpec, sources: readonly SourceSpec[]): PoolPlan[] {
  const { policy } = platform;
  if (!platform.poolPerAdapter) return [{ adapter: undefined, policy, prefix: '' }];
  const firsts = firstAdapters(sources);
  const bare: PoolPolicy = { ...policy, adapters: undefined };
  const ofAdapters = platform.sources.flatMap((k) => {
    const source = sources[k]!;
    return Array.from({ length: adapterCount(source) }, (_, local): PoolPlan => {
      const adapter = firsts[k]! + local;
      return {
        adapter,
        policy: { ...bare, preload: policy.adapters?.load },
        prefix: `adapter/${source.name}/${local}/`,
      };
    });
  });
  const isMixed = platform.sources.some((k) => hasPlainRequests(sources[k]!));
  return isMixed ? [...ofAdapters, { adapter: -1, policy: bare, prefix: '' }] : ofAdapters;
}

function hasPlainRequests(source: SourceSpec): boolean {
  if (source.process.process === 'trace' && source.process.rows?.adapter) {
    return source.process.rows.adapter.includes(-1);
  }
  return adapterCount(source) === 0;
}
