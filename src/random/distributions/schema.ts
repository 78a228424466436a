import * as z from 'zod';
import { number, oneByKey, strict } from '../../core/fields.ts';
import type { Quantity } from './distribution.ts';
import { type DistributionSpec, distributions, kindOf, type SimpleSpec } from './table.ts';

type Name = keyof typeof distributions;

interface Options {
  /** Schema of values, and of means. */
  quantity: Quantity;
  mean: Quantity;
  /** A value written without `{distribution: ...}`, as `8s`. */
  scalar: Quantity;
  /** Which laws make sense here; default all. */
  names?: readonly Name[];
}

/** Schema of a random quantity: a plain value, one law, or a list of weighted laws (a mixture). */
export function distributionSchema(options: Options): z.ZodType<DistributionSpec> {
  const names = options.names ?? (Object.keys(distributions) as Name[]);
  const law = lawSchema(names, options, {});
  const weighted = lawSchema(names, options, { weight: number({ above: 0, max: 1e9 }) });
  return z.union([
    options.scalar.transform((value): DistributionSpec => ({ distribution: 'constant', value })),
    law as unknown as z.ZodType<DistributionSpec>,
    z
      .array(weighted)
      .min(1, { error: 'expected at least one {weight, distribution, ...}' })
      .max(64, { error: 'expected at most 64 parts of a mixture' })
      .transform(
        (parts): DistributionSpec => ({
          distribution: 'mixture',
          parts: parts.map(({ weight, ...of }) => ({
            weight: Number(weight),
            of: of as unknown as SimpleSpec,
          })),
        }),
      ),
  ]);
}

function lawSchema(names: readonly Name[], { quantity, mean }: Options, extra: z.core.$ZodLooseShape) {
  return oneByKey('distribution', names, '{distribution: ...}', (name) =>
    strict({
      distribution: z.literal(name),
      ...extra,
      ...distributions[name].keys(quantity, mean),
    }).superRefine((spec, context) => {
      const simple = spec as unknown as SimpleSpec;
      const fault = kindOf(simple).fault?.(simple);
      if (fault) context.addIssue({ code: 'custom', message: fault });
    }),
  );
}
