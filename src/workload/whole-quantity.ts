import * as z from 'zod';
import { shown } from '../core/shown.ts';
import { distributionSchema } from '../random/distributions/schema.ts';

const count = z
  .number({ error: (issue) => `expected a whole number of at least 1, here ${shown(issue.input)}` })
  .int({
    error: (issue) =>
      `expected a whole number, here ${shown(issue.input)}: there are no parts of images or requests`,
  })
  .min(1, { error: (issue) => `expected a whole number of at least 1, here ${shown(issue.input)}` })
  .max(1e6, { error: (issue) => `expected at most 1000000, here ${shown(issue.input)}` });

/** A random quantity that is counted, as images or requests: laws whose values are whole. */
export const wholeQuantity = distributionSchema({
  quantity: count,
  mean: count,
  scalar: count,
  names: ['constant', 'empirical'],
});
