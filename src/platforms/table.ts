import type { PoolPolicy } from '../pool/policy.ts';
import type { SourceSpec } from '../workload/source.ts';
import { dedicated } from './dedicated/dedicated.ts';
import type { PlatformKind } from './kind.ts';
import { modal } from './modal/modal.ts';
import { replicateOfficial } from './replicate-official/replicate-official.ts';
import type { Charge, Usage } from './usage.ts';

/** Every kind of platform. A new one is a folder and a line here. */
export const platformKinds = { modal, 'replicate-official': replicateOfficial, dedicated } as const;

export type KindName = keyof typeof platformKinds;

/** The row of the table with a name; its input and terms are known to itself alone. */
export function platformKind(name: KindName): PlatformKind<unknown, unknown> {
  return platformKinds[name] as PlatformKind<unknown, unknown>;
}

/** A platform of a scenario, ready to run: plain data. */
export interface PlatformSpec {
  readonly name: string;
  readonly kind: KindName;
  readonly policy: PoolPolicy;
  readonly seconds_per_image: number;
  readonly background?: SourceSpec | undefined;
  readonly terms: unknown;
}

export function charge(platform: PlatformSpec, usage: Usage): Charge {
  return platformKind(platform.kind).charge(platform.terms, usage);
}
