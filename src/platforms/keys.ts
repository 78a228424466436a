import * as z from 'zod';
import { duration, durationOrZero, label, number, oneOf, secondsOrDuration, whole } from '../core/fields.ts';
import { shown } from '../core/shown.ts';
import { parseTimeOfDay } from '../core/units.ts';
import { DISPATCH_RULES, type KeepWarmEntry, type PoolPolicy } from '../pool/policy.ts';
import { distributionSchema } from '../random/distributions/schema.ts';
import { sourceSchema } from '../workload/schema.ts';
import type { ResolveContext } from './kind.ts';
import { lookUpSpeed, NotInBook } from './prices/look-up.ts';

/** Keys that several platforms share, and how they are read. */

export const MAX_CONTAINERS = 100_000;

/** Durations by some law, where a bare number is no duration. */
const durations = distributionSchema({
  quantity: durationOrZero,
  mean: durationOrZero,
  scalar: durationOrZero,
});
export const coldStart = durations;
/** An idle window, where a bare number is no duration. */
export const instanceWindow = durations;
export const idleWindow = distributionSchema({
  quantity: secondsOrDuration,
  mean: secondsOrDuration,
  scalar: secondsOrDuration,
});

/** A source of other tenants' requests. It comes first, so that its own errors are told. */
export const background = z.union([sourceSchema, z.literal('none')], {
  error: ({ input }) =>
    typeof input === 'object' && !Array.isArray(input)
      ? undefined
      : `expected none, or a source, as {process: poisson, rate: 83/h}, here ${shown(input)}`,
});

/** Keys of every kind. */
export const commonKeys = {
  sources: z
    .array(label('the name of a source'), {
      error: (issue) => `expected a list of names of sources, as [images], here ${shown(issue.input)}`,
    })
    .min(1, { error: 'expected at least one source' })
    .optional(),
  seconds_per_image: number({ above: 0, max: 1e5 }).optional(),
  training_speed: number({ above: 0, max: 1e3 }).optional(),
  dispatch: oneOf(DISPATCH_RULES).optional(),
  queue_limit: whole(0, 1e9).optional(),
  start_deadline: durationOrZero.optional(),
  timeout: duration.optional(),
  limits: oneOf(['none', 'real']).optional(),
  adapter_cache: whole(1, 10_000).optional(),
  adapter_load: coldStart.optional(),
  adapter_affinity: z
    .boolean({ error: (issue) => `expected true or false, here ${shown(issue.input)}` })
    .optional(),
};

/** Keys of kinds whose pools are the user's own. */
export const ownPoolKeys = {
  pool_per_adapter: z
    .boolean({ error: (issue) => `expected true or false, here ${shown(issue.input)}` })
    .optional(),
};

export type CommonInput = z.output<z.ZodObject<typeof commonKeys>>;

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

/** What a platform imposes where the user says nothing, if `limits: real` asks for it. */
interface RealLimits {
  queue_limit?: number;
  timeout_s?: number;
}

type CommonPolicy = Omit<PoolPolicy, 'keep_warm' | 'max_containers' | 'cold_start' | 'idle_window' | 'start'>;

/** What every kind reads the same way: dispatch, limits and adapters. */
export function commonPolicy(input: CommonInput, real: RealLimits = {}): CommonPolicy {
  const limits = input.limits === 'real' ? real : {};
  return {
    scaling: { rule: 'load', buffer: 0 },
    dispatch: input.dispatch ?? 'most-recent',
    queue_limit: input.queue_limit ?? limits.queue_limit ?? Number.POSITIVE_INFINITY,
    start_deadline_s: input.start_deadline ?? Number.POSITIVE_INFINITY,
    deadline_s: Number.POSITIVE_INFINITY,
    timeout_s: input.timeout ?? limits.timeout_s ?? Number.POSITIVE_INFINITY,
    life_rounding_s: 0,
    adapters: input.adapter_load && {
      cache: input.adapter_cache ?? 1,
      load: input.adapter_load,
      affinity: input.adapter_affinity ?? false,
    },
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

/** Seconds for one image: as written, or from the price book by model, variant and GPU. @param key the one that names the GPU */
export function secondsPerImage(
  input: CommonInput & { gpu?: string | undefined },
  context: ResolveContext,
  key = 'gpu',
): number {
  const { gpu, seconds_per_image } = input;
  const { book, model, variant } = context;
  if (seconds_per_image !== undefined) return seconds_per_image;
  // Nothing is served by it: trainings bring their own duration.
  if (!context.servesImages) return 1;
  if (gpu === undefined || model === undefined) {
    context.error(
      [],
      `needs seconds_per_image, or a model (of the scenario) and a ${key} that the price book knows`,
    );
    return Number.NaN;
  }
  return fromBook(context, [key], () => lookUpSpeed(book, model, variant, gpu).value, 'seconds_per_image');
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
  for (const key of ['adapter_cache', 'adapter_affinity'] as const) {
    if (input[key] !== undefined && input.adapter_load === undefined)
      context.warn([key], 'does nothing without adapter_load, the time to load an adapter');
  }
  if (input.adapter_load !== undefined && !context.hasAdapters)
    context.warn(['adapter_load'], 'does nothing: no source that it serves has adapters');
  const none = keep.some((entry) => entry.containers === 0);
  if (input.queue_limit === 0 && none) {
    context.warn(
      ['queue_limit'],
      'no request may wait and none is kept warm: at such times every request is rejected',
    );
  }
}
