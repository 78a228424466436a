import type * as z from 'zod';
import type { PoolPolicy } from '../pool/policy.ts';
import type { SourceKind, SourceSpec } from '../workload/source.ts';
import type { PriceBook } from './prices/book.ts';
import type { Charge, Usage } from './usage.ts';

type Path = readonly (string | number)[];

/** What a platform may ask while it reads its part of a scenario. Paths are relative to the platform. */
export interface ResolveContext {
  readonly name: string;
  readonly book: PriceBook;
  readonly model: string | undefined;
  readonly variant: string;
  /** Whether requests for images, and not only trainings, are among what it serves. */
  readonly servesImages: boolean;
  /** Whether requests that it serves need adapters. */
  readonly hasAdapters: boolean;
  error(path: Path, message: string): void;
  warn(path: Path, message: string): void;
  /** A problem outside the platform, at a path from the top of the scenario. */
  scenarioError(path: Path, message: string): void;
}

/** A platform as two facts: how its containers live, and what it charges. */
export interface Resolved<Terms> {
  readonly policy: Omit<PoolPolicy, 'start'> & { start?: 'warm' };
  /** Seconds that a request of size 1 is served. */
  readonly seconds_per_image: number;
  readonly terms: Terms;
  /** Requests of other tenants in the same pool. */
  readonly background?: SourceSpec | undefined;
  /** Whether every adapter has a pool of its own. */
  readonly poolPerAdapter?: boolean;
  /** What the vendor charges and grants each month whatever is used. */
  readonly account?: Account | undefined;
}

/** A subscription with a vendor: platforms of one vendor and plan share it. */
export interface Account {
  readonly vendor: string;
  readonly plan: string;
  readonly fee_usd_per_month: number;
  /** Usage up to this is free. */
  readonly credit_usd_per_month: number;
}

/** One row of the table of platforms. */
export interface PlatformKind<Input, Terms> {
  /** What it can serve. */
  readonly serves: readonly SourceKind[];
  /** Schema of its keys beside `kind`. */
  keys(): Record<string, z.ZodType>;
  /** Reads what was written; problems go to the context, which then ignores the result. */
  resolve(input: Input, context: ResolveContext): Resolved<Terms> | undefined;
  /** What it charges, in words. */
  priceWords(terms: Terms): string;
  /** A pure function of what happened in an hour. */
  charge(terms: Terms, usage: Usage): Charge;
}
