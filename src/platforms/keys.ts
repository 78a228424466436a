import { z } from 'zod';
import { durationOrZero, number, oneOf, secondsOrDuration, whole } from '../core/fields.ts';
import { shown } from '../core/shown.ts';
import { parseTimeOfDay } from '../core/units.ts';
import { DISPATCH_RULES, type KeepWarmEntry, type PoolPolicy } from '../pool/policy.ts';
import { distributionSchema } from '../random/distributions/schema.ts';
import type { ResolveContext } from './kind.ts';
import { lookUpSpeed, NotInBook } from './prices/look-up.ts';

/** Keys that several platforms share, and how they are read. */

export const MAX_CONTAINERS = 100_000;

/** Keys of every kind. */
export const commonKeys = {
  seconds_per_image: number({ above: 0, max: 1e5 }).optional(),
  dispatch: oneOf(DISPATCH_RULES).optional(),
  queue_limit: whole(0, 1e9).optional(),
  start_deadline: durationOrZero.optional(),
};

export type CommonInput = z.output<z.ZodObject<typeof commonKeys>>;

export const coldStart = distributionSchema({
  quantity: durationOrZero,
  mean: durationOrZero,
  scalar: durationOrZero,
});
export const idleWindow = distributionSchema({
  quantity: secondsOrDuration,
  mean: secondsOrDuration,
  scalar: secondsOrDuration,
});

/** An idle window where a bare number is no duration. */
export const instanceWindow = distributionSchema({
  quantity: durationOrZero,
  mean: durationOrZero,
  scalar: durationOrZero,
});

const KEEP_WARM_WORDS = `expected a whole number from 0 to ${MAX_CONTAINERS}, or a daily table as {"00:00": 0, "08:00": 2}`;

const table = z
  .record(
    z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, {
      error: (issue) => `expected a time of day in quotes, as "08:00", here ${shown(issue.input)}`,
    }),
    whole(0, MAX_CONTAINERS),
    {
      error: (issue) =>
        issue.code === 'invalid_key'
          ? `expected times of day as keys, in quotes, from "00:00" to "23:59"`
          : `${KEEP_WARM_WORDS}, here ${shown(issue.input)}`,
    },
  )
  .refine((entries) => Object.keys(entries).length > 0, {
    error: 'expected at least one time of day in the table',
  });

/** A number of containers, or a daily table of them. */
export const keepWarm = z
  .union([whole(0, MAX_CONTAINERS), table], {
    error: (issue) => `${KEEP_WARM_WORDS}, here ${shown(issue.input)}`,
  })
  .transform((value): KeepWarmEntry[] =>
    typeof value === 'number'
      ? [{ at_s: 0, containers: value }]
      : Object.entries(value)
          .map(([at, containers]) => ({ at_s: parseTimeOfDay(at), containers }))
          .sort((a, b) => a.at_s - b.at_s),
  );

export function always(containers: number): KeepWarmEntry[] {
  return [{ at_s: 0, containers }];
}

/** The dispatch and the limits of the queue. */
export function limitsOf(
  input: CommonInput,
): Pick<PoolPolicy, 'dispatch' | 'queue_limit' | 'start_deadline_s'> {
  return {
    dispatch: input.dispatch ?? 'most-recent',
    queue_limit: input.queue_limit ?? Number.POSITIVE_INFINITY,
    start_deadline_s: input.start_deadline ?? Number.POSITIVE_INFINITY,
  };
}

/** The value of a key with two names; giving both is an error. */
export function either<Value>(
  context: ResolveContext,
  input: object,
  name: string,
  alias: string,
): Value | undefined {
  const values = input as Record<string, Value | undefined>;
  if (values[name] !== undefined && values[alias] !== undefined) {
    context.error([alias], `${alias} and ${name} are two names of one thing: give one of them`);
  }
  return values[name] ?? values[alias];
}

/** Runs a look-up in the price book; what the book lacks becomes an error at a path. */
export function fromBook(
  context: ResolveContext,
  path: string[],
  look: () => number,
  instead: string,
): number {
  try {
    return look();
  } catch (error) {
    if (!(error instanceof NotInBook)) throw error;
    const message = `${error.message}; or give ${instead}`;
    if (error.key === 'gpu') context.error(path, message);
    else context.scenarioError([error.key], message);
    return Number.NaN;
  }
}

/** Seconds for one image: as written, or from the price book by model, variant and GPU. */
export function secondsPerImage(
  input: CommonInput & { gpu?: string | undefined },
  context: ResolveContext,
): number {
  const { gpu, seconds_per_image } = input;
  const { book, model, variant } = context;
  if (seconds_per_image !== undefined) return seconds_per_image;
  if (gpu === undefined || model === undefined) {
    context.error(
      [],
      'needs seconds_per_image, or a model (of the scenario) and a gpu that the price book knows',
    );
    return Number.NaN;
  }
  return fromBook(context, ['gpu'], () => lookUpSpeed(book, model, variant, gpu).value, 'seconds_per_image');
}

/** Checks keep_warm against max_containers. */
export function checkKeepWarm(
  context: ResolveContext,
  path: string[],
  keep: readonly KeepWarmEntry[],
  max: { key: string; value: number },
) {
  const most = Math.max(...keep.map((entry) => entry.containers));
  if (!(most > max.value)) return;
  context.error(path, `expected at most ${max.key}, which is ${max.value}, here ${most}`);
}

/** Warns of combinations that are possible but can hardly be meant. */
export function warnOfLimits(context: ResolveContext, input: CommonInput, keep: readonly KeepWarmEntry[]) {
  const none = keep.some((entry) => entry.containers === 0);
  if (input.queue_limit === 0 && none) {
    context.warn(
      ['queue_limit'],
      'no request may wait and none is kept warm: at such times every request is rejected',
    );
  }
}
