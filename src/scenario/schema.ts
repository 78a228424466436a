import * as z from 'zod';
import { duration, label, oneByKey, oneOf, rate, strict, text, whole } from '../core/fields.ts';
import { shown } from '../core/shown.ts';
import { didYouMean } from '../core/suggest.ts';
import { commonKeys } from '../platforms/keys.ts';
import { priceBooks } from '../platforms/prices/table.ts';
import { type KindName, platformKinds } from '../platforms/table.ts';
import { sourceSchema } from '../workload/schema.ts';
import { grid } from './axis.ts';
import { SLO_QUANTITIES, type Slo } from './slo.ts';

export const STARTS = ['warm', 'empty', 'cycle'] as const;

const kinds = Object.keys(platformKinds) as KindName[];

/** A platform: its kind decides which keys it knows. */
export const platformSchema = oneByKey(
  'kind',
  kinds,
  'a platform, as {kind: modal, gpu: A100-80GB}',
  (kind) => strict({ kind: z.literal(kind), ...platformKinds[kind].keys(), ...commonKeys }),
) as z.ZodType<{ kind: KindName } & Record<string, unknown>>;

const name = z
  .string({ error: (issue) => `expected a name, as flux-dev-crossover, here ${shown(issue.input)}` })
  .regex(/^[a-z0-9-]{1,64}$/, {
    error: (issue) => `expected a name of a-z, 0-9 and - (at most 64), here ${shown(issue.input)}`,
  });

const seedError = (issue: { input?: unknown }) =>
  `expected a whole number from 0 to ${Number.MAX_SAFE_INTEGER}, or a text, here ${shown(issue.input)}`;

export const seed = z.union(
  [
    z
      .number()
      .int({ error: seedError })
      .min(0, { error: seedError })
      .max(Number.MAX_SAFE_INTEGER, { error: seedError }),
    z
      .string()
      .min(1, { error: seedError })
      .max(200, { error: seedError })
      .refine((value) => !/[\p{Cc}\p{Cs}]/u.test(value), { error: seedError }),
  ],
  { error: seedError },
);

export const LONGEST_DAYS = 3660;
const runDuration = duration.refine((seconds) => seconds <= LONGEST_DAYS * 86_400, {
  error: `expected at most ${LONGEST_DAYS}d`,
});

const bookNames = priceBooks.map((book) => book.name);
/** A file of prices, relative to the scenario. */
export const PRICE_FILE = /^.{1,500}\.ya?ml$/;
const pricesError = (issue: { input?: unknown }) =>
  `expected one of ${bookNames.join(', ')}, or a file of prices ending in .yaml, here ${shown(issue.input)}${didYouMean(issue.input, bookNames)}`;

/** The parts of a scenario file. */
export const scenarioKeys = {
  name,
  description: text('a description').optional(),
  duration: runDuration.optional(),
  seed: seed.optional(),
  replications: whole(1, 10_000).optional(),
  start: oneOf(STARTS).optional(),
  prices: z
    .union(
      [
        z.enum(bookNames, { error: pricesError }),
        z.string({ error: pricesError }).regex(PRICE_FILE, { error: pricesError }),
      ],
      { error: pricesError },
    )
    .optional(),
  model: label('a model')
    .or(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/))
    .optional(),
  variant: label('a variant').optional(),
  traffic: z
    .array(sourceSchema, {
      error: (issue) => `expected a list of sources, each with a process, here ${shown(issue.input)}`,
    })
    .max(1000, { error: 'expected at most 1000 sources' }),
  platforms: z
    .record(label('a platform’s name'), platformSchema, {
      error: (issue) =>
        issue.code === 'invalid_key'
          ? 'expected a name of letters, digits, - and _ (at most 64)'
          : `expected platforms by name, as {modal: {kind: modal, ...}}, here ${shown(issue.input)}`,
    })
    .refine((platforms) => Object.keys(platforms).length > 0, { error: 'expected at least one platform' }),
  plans: z
    .record(
      label('a plan’s name'),
      z
        .array(label('a platform'), {
          error: (issue) => `expected a list of platforms, as [modal, replicate], here ${shown(issue.input)}`,
        })
        .min(1, { error: 'expected at least one platform' })
        .refine((names) => new Set(names).size === names.length, { error: 'a platform is named twice' }),
      {
        error: (issue) => `expected plans by name, as {both: [modal, replicate]}, here ${shown(issue.input)}`,
      },
    )
    .optional(),
  slo: strict(Object.fromEntries(SLO_QUANTITIES.map((quantity) => [quantity, duration.optional()])))
    .refine((slo) => Object.keys(slo).length > 0, {
      error: `expected at least one of ${SLO_QUANTITIES.join(', ')}`,
    })
    .optional() as z.ZodType<Slo | undefined>,
  sweep: strict({
    platform: label('a platform'),
    grid,
  }).optional(),
  crossover: strict({
    platforms: z.array(label('a platform')).length(2, { error: 'expected two platforms' }).optional(),
    source: label('a source').optional(),
    from: rate.optional(),
    to: rate.optional(),
  }).optional(),
};

export const scenarioSchema = strict(scenarioKeys);
export type ScenarioInput = z.output<typeof scenarioSchema>;

/** A JSON Schema (draft-7) of scenario files, for completion and checks in an editor. */
export function jsonSchema(): Record<string, unknown> {
  return {
    title: 'Warmpool scenario',
    ...z.toJSONSchema(scenarioSchema, {
      io: 'input',
      target: 'draft-7',
      unrepresentable: 'any',
      cycles: 'ref',
      reused: 'ref',
      override: ({ jsonSchema }) => {
        // Alternatives that exist only to be refused with a good message are no part of the format.
        if (!jsonSchema.anyOf) return;
        jsonSchema.anyOf = jsonSchema.anyOf.filter((one) => !(one as { deprecated?: boolean }).deprecated);
      },
    }),
  };
}
