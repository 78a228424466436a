import * as z from 'zod';
import { duration, durationOrZero, label, number, oneByKey, oneOf, strict, whole } from '../core/fields.ts';
import { shown } from '../core/shown.ts';
import { uniqueNames } from '../core/unique-names.ts';
import { HIGHEST_RATE } from '../core/units.ts';
import { distributionSchema } from '../random/distributions/schema.ts';
import type { DistributionSpec } from '../random/distributions/table.ts';
import { type AttributesSpec, attributesSchema } from './attributes.ts';
import { type ProcessSpec, processes, processKind } from './processes/table.ts';
import { highestPace, profileSchema } from './profile.ts';
import { givenOf, SOURCE_KINDS, type SourceKind, type SourceSpec } from './source.ts';
import { MOST_ADAPTERS } from './trace-reader.ts';
import { wholeQuantity } from './whole-quantity.ts';

const work = distributionSchema({
  quantity: number({ min: 0, max: 1e6 }),
  mean: number({ above: 0, max: 1e6 }).prefault(1),
  scalar: number({ above: 0, max: 1e6 }),
});

const ONE: DistributionSpec = { distribution: 'constant', value: 1 };
const names = Object.keys(processes) as (keyof typeof processes)[];

const trainingDuration = distributionSchema({ quantity: durationOrZero, mean: duration, scalar: duration });

const zipf = number({ min: 0, max: 10 }).default(1) as unknown as z.ZodType<number>;
/** A number of adapters, or the number with the law of their popularity. */
const adapters = z.union(
  [
    whole(1, MOST_ADAPTERS).transform((count) => ({ count, zipf: 1 })),
    strict({ count: whole(1, MOST_ADAPTERS), zipf }),
  ],
  { error: (issue) => `expected a number of adapters, or {count: 50, zipf: 1}, here ${shown(issue.input)}` },
);

/** Keys of every source. */
export const sourceKeys = {
  name: label('a name').optional(),
  kind: oneOf(SOURCE_KINDS).optional(),
  rate_scale: number({ above: 0, max: 1e6 }).optional(),
  images: wholeQuantity.optional(),
  work: work.optional(),
  duration: trainingDuration.optional(),
  adapters: adapters.optional(),
  profile: profileSchema.optional(),
  attributes: attributesSchema.optional(),
};

const GIVEN = 'comes from a column of the log already: leave it out, or leave out the column';
const ARRIVALS_GIVEN = 'a replayed log brings its own: give work_column and images_column beside time_column';

function schemaOf(name: keyof typeof processes) {
  return strict({ process: z.literal(name), ...sourceKeys, ...processes[name].keys() }).superRefine(
    (written, context) => {
      const spec = written as unknown as ProcessSpec;
      const fault = processKind(spec).fault?.(spec);
      if (fault) context.addIssue({ code: 'custom', message: fault });
      else for (const excess of rateFaults(spec, written)) context.addIssue({ code: 'custom', ...excess });
      if ('profile' in written && !processKind(spec).isStationary) {
        const message = `${name} has times of its own: a profile is for processes that have none, as poisson, gamma or hawkes`;
        context.addIssue({ code: 'custom', path: ['profile'], message });
      }
      if ('attributes' in written && spec.process === 'trace')
        context.addIssue({ code: 'custom', path: ['attributes'], message: ARRIVALS_GIVEN });
      const { attributes } = written as { attributes?: AttributesSpec };
      const gives = givenOf({ process: spec, attributes });
      if (gives.images && 'images' in written)
        context.addIssue({ code: 'custom', path: ['images'], message: GIVEN });
      if (gives.size && 'work' in written)
        context.addIssue({ code: 'custom', path: ['work'], message: GIVEN });
      if (gives.adapter && 'adapters' in written)
        context.addIssue({ code: 'custom', path: ['adapters'], message: GIVEN });
      for (const { path, message } of kindFaults(written, gives.size))
        context.addIssue({ code: 'custom', path, message });
    },
  );
}

/** A process that is right by itself must not come faster than the clock resolves, scaled or in its busiest hour. */
function rateFaults(spec: ProcessSpec, written: object): { path: string[]; message: string }[] {
  const { rate_scale = 1, profile } = written as Partial<Pick<SourceSpec, 'rate_scale' | 'profile'>>;
  const peak = processKind(spec).peakRate(spec) * rate_scale;
  if (peak > HIGHEST_RATE)
    return [
      {
        path: ['rate_scale'],
        message: `expected a scaled rate of at most ${HIGHEST_RATE}/s, here ${peak}/s`,
      },
    ];
  const busiest = peak * (profile?.hours.length === 24 ? highestPace(profile) : 1);
  if (!(busiest > HIGHEST_RATE)) return [];
  const limit = `expected at most ${HIGHEST_RATE}/s in the busiest hour, here ${Math.round(busiest)}/s`;
  return [{ path: ['profile'], message: `${limit}: the rate times the factor of that hour over the mean` }];
}

/** Trainings have a duration, and requests have images and work. */
function kindFaults(written: object, hasDuration: boolean): { path: string[]; message: string }[] {
  const { kind } = written as { kind?: SourceKind };
  if (kind !== 'training') {
    if (!('duration' in written)) return [];
    return [{ path: ['duration'], message: 'is for kind: training; the size of requests is images x work' }];
  }
  const faults = ['images', 'work', 'adapters', 'images_column', 'adapter_column']
    .filter((key) => key in written)
    .map((key) => ({ path: [key], message: 'a training makes no images: it has a duration' }));
  if (hasDuration && 'duration' in written) faults.push({ path: ['duration'], message: GIVEN });
  if (!hasDuration && !('duration' in written))
    faults.push({
      path: [],
      message: 'a training needs a duration, as 20m or {distribution: lognormal, mean: 20m, cv: 0.3}',
    });
  return faults;
}

/** A source of traffic as it is written; its name may be missing. */
export const sourceSchema: z.ZodType<SourceSpec> = oneByKey(
  'process',
  names,
  'a source, as {process: poisson, rate: 83/h}',
  schemaOf,
).transform((written: Record<string, unknown>) => {
  const { name, kind, rate_scale = 1, images = ONE, work = ONE, ...rest } = written;
  const { duration, adapters, profile, attributes, ...process } = rest;
  const own = { name: name ?? '', kind, process, rate_scale, images, work };
  const spec = { ...own, duration, adapters, profile, attributes };
  return spec as unknown as SourceSpec;
}) as unknown as z.ZodType<SourceSpec>;

/** Names the sources that have none after their processes. */
export function withNames(sources: readonly SourceSpec[]): SourceSpec[] {
  const names = uniqueNames(
    sources.map(({ name, process }) => ({ name: name || undefined, base: process.process })),
  );
  return sources.map((source, i) => ({ ...source, name: names[i]! }));
}
