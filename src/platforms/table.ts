import type { PoolPolicy } from '../pool/policy.ts';
import type { SourceSpec } from '../workload/source.ts';
import { dedicated } from './dedicated/dedicated.ts';
import type { Account, PlatformKind } from './kind.ts';
import { modal } from './modal/modal.ts';
import { replicateCommunity } from './replicate-community/replicate-community.ts';
import { replicateDeployment } from './replicate-deployment/replicate-deployment.ts';
import { replicateOfficial } from './replicate-official/replicate-official.ts';
import { replicateTraining } from './replicate-training/replicate-training.ts';
import { runpodServerless } from './runpod-serverless/runpod-serverless.ts';
import type { Charge, Usage } from './usage.ts';

/** Every kind of platform. A new one is a folder and a line here. */
export const platformKinds = {
  modal,
  'replicate-official': replicateOfficial,
  'replicate-community': replicateCommunity,
  'replicate-deployment': replicateDeployment,
  'replicate-training': replicateTraining,
  'runpod-serverless': runpodServerless,
  dedicated,
} as const;

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
  /** How many seconds of a training's duration it does in a second. */
  readonly training_speed: number;
  /** Positions of the sources that it serves in the list of traffic, rising. */
  readonly sources: readonly number[];
  /** Whether every adapter has a pool of its own. */
  readonly poolPerAdapter: boolean;
  readonly account?: Account | undefined;
  readonly background?: SourceSpec | undefined;
  readonly terms: unknown;
}

export function charge(platform: PlatformSpec, usage: Usage): Charge {
  return platformKind(platform.kind).charge(platform.terms, usage);
}
