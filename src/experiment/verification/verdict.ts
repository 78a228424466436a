import type { Estimate } from '../../stats/estimate.ts';
import { studentT } from '../../stats/student-t.ts';
import { type Case, REPLICATIONS } from './case.ts';
import type { Quantity } from './measured.ts';
import { POOLS } from './pools.ts';
import { QUEUES } from './queues.ts';

/** All models with exact values. */
export const CASES: readonly Case[] = [...QUEUES, ...POOLS];

/** An exact value beside what was simulated. */
export interface Comparison {
  readonly name: string;
  readonly source: string;
  readonly quantity: Quantity;
  readonly truth: number;
  readonly estimate: Estimate;
  /** Standard errors between them. */
  readonly z: number;
  readonly isHeld: boolean;
}

/** An estimate so many standard errors off its truth, or more, is wrong. */
export const MOST_ERRORS = 4;
/** A planted value is false by this share. */
export const PLANTED_SHARE = 0.02;

/** Every exact value of a case. */
export function comparisonsOf(one: Case, found: Record<Quantity, Estimate>): Comparison[] {
  return Object.entries(one.truths).map(([quantity, truth]) =>
    comparison(one, quantity as Quantity, truth, found[quantity as Quantity]),
  );
}

/** Values that are false by 2 %, either way, which must not be held. */
export function plantedOf(one: Case, found: Record<Quantity, Estimate>): Comparison[] {
  return (one.refuses ?? []).flatMap((quantity) =>
    [1 - PLANTED_SHARE, 1 + PLANTED_SHARE].map((factor) =>
      comparison(one, quantity, one.truths[quantity]! * factor, found[quantity]),
    ),
  );
}

function comparison(
  { name, source }: Case,
  quantity: Quantity,
  truth: number,
  estimate: Estimate,
): Comparison {
  const standardError = (estimate.high! - estimate.value!) / studentT(0.975, REPLICATIONS - 1);
  const z = (estimate.value! - truth) / standardError;
  return { name, source, quantity, truth, estimate, z, isHeld: Math.abs(z) < MOST_ERRORS };
}
