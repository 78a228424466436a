import * as z from 'zod';
import { shown } from './shown.ts';
import { didYouMean, suggestion } from './suggest.ts';
import {
  DURATION_PATTERN,
  parseDuration,
  parseRate,
  parseTimeOfDay,
  RATE_PATTERN,
  UnitError,
} from './units.ts';

/** The words a scenario is made of: zod schemas of quantities, shared by every layer that reads part of a file. */

/** An object that knows all its keys: any other is an error with a suggestion. */
export function strict<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code === 'unrecognized_keys') {
        // One line a key, in the order of issue.keys.
        const { keys } = issue as unknown as { keys: string[] };
        return keys.map((key) => `unknown key ${shown(key)}${suggestion(key, known)}`).join('\n');
      }
      return `expected keys and values (${known.slice(0, 6).join(', ')}${known.length > 6 ? ', ...' : ''}), here ${shown(issue.input)}`;
    },
  });
}

/** One of several names. */
export function oneOf<const Names extends readonly string[]>(names: Names) {
  return z.enum(names, {
    error: (issue) =>
      `expected one of ${names.join(', ')}, here ${shown(issue.input)}${didYouMean(issue.input, names)}`,
  });
}

/**
 * One of several objects, which a key tells apart. The schema of each is made when a file has one: a start does not
 * wait for all of them.
 * @param expected what an object should have been, with an example
 */
export function oneByKey<Name extends string>(
  key: string,
  names: readonly Name[],
  expected: string,
  make: (name: Name) => z.ZodType,
) {
  const alternatives = names.map((name) => {
    const alternative = z.lazy(() => make(name));
    // Which one it is is known without making it.
    Object.defineProperty(alternative._zod, 'propValues', { value: { [key]: new Set([name]) } });
    return alternative;
  });
  return z.discriminatedUnion(key, alternatives as never, {
    error: (issue) => {
      if (issue.code !== 'invalid_union') return `expected ${expected}, here ${shown(issue.input)}`;
      const written = (issue.input as Record<string, unknown> | undefined)?.[key];
      return `expected ${key}: one of ${names.join(', ')}, here ${shown(written)}${didYouMean(written, names)}`;
    },
  }) as unknown as z.ZodType<Record<string, unknown>>;
}

/** A finite number from `min` (or above it, with `above`) to `max`. */
export function number(range: { min?: number; above?: number; max?: number } = {}) {
  const { min, above, max } = range;
  const words = ['a number'];
  if (above !== undefined) words.push(`above ${above}`);
  if (min !== undefined) words.push(max === undefined ? `of at least ${min}` : `from ${min}`);
  if (max !== undefined) words.push(min === undefined ? `of at most ${max}` : `to ${max}`);
  const error = (issue: { input?: unknown }) => `expected ${words.join(' ')}, here ${shown(issue.input)}`;
  let schema = z.number({ error });
  if (min !== undefined) schema = schema.min(min, { error });
  if (above !== undefined) schema = schema.gt(above, { error });
  if (max !== undefined) schema = schema.max(max, { error });
  return schema;
}

/** A whole number from `min` to `max`. */
export function whole(min: number, max = 1e6) {
  const error = (issue: { input?: unknown }) =>
    `expected a whole number from ${min} to ${max}, here ${shown(issue.input)}`;
  return z.number({ error }).int({ error }).min(min, { error }).max(max, { error });
}

/** A name that is safe in a path, a table and a page. */
export function label(what: string) {
  const error = (issue: { input?: unknown }) =>
    `expected ${what} of letters, digits, - and _ (at most 64, first a letter or digit), here ${shown(issue.input)}`;
  return z.string({ error }).regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, { error });
}

/** A text of one line or more. */
export function text(what: string, max = 2000) {
  const error = (issue: { input?: unknown }) =>
    `expected ${what}, a text of at most ${max} characters, here ${shown(issue.input)}`;
  return z.string({ error }).min(1, { error }).max(max, { error });
}

/** `bare` says whether a number without a unit is right; else it is read only to be refused with a good message. */
function parsed(parse: (value: string | number) => number, pattern: string, hint: string, bare = false) {
  const alone = z.number();
  return z
    .union(
      [z.string().meta({ pattern, description: hint }), bare ? alone : alone.meta({ deprecated: true })],
      {
        error: (issue) => `expected ${hint}, here ${shown(issue.input)}`,
      },
    )
    .transform(reading(parse));
}

/** Reads a text; what is wrong with it is an issue of the schema. */
function reading<Written>(parse: (value: Written) => number) {
  return (value: Written, context: z.RefinementCtx) => {
    try {
      return parse(value);
    } catch (error) {
      if (!(error instanceof UnitError)) throw error;
      context.addIssue({ code: 'custom', message: error.message });
      return z.NEVER;
    }
  };
}

const DURATION_HINT = 'a duration, as 500ms, 8s, 1.5m, 24h or 30d';

/** A duration longer than 0, in seconds. */
export const duration = parsed((value) => parseDuration(value), DURATION_PATTERN, DURATION_HINT);

/** A duration of 0 or more, in seconds. */
export const durationOrZero = parsed((value) => parseDuration(value, true), DURATION_PATTERN, DURATION_HINT);

/** A duration of 0 or more, in seconds; a bare number is seconds, as in Modal's own parameter. */
export const secondsOrDuration = parsed(
  (value) =>
    parseDuration(
      typeof value === 'number' && value >= 0 && Number.isFinite(value)
        ? `${withoutExponent(value)}s`
        : value,
      true,
    ),
  DURATION_PATTERN,
  'seconds, or a duration as 60s or 5m',
  true,
);

/** A time of day, in seconds after midnight. */
export const timeOfDay = z
  .string({ error: (issue) => `expected a time of day in quotes, as "14:00", here ${shown(issue.input)}` })
  .transform(reading(parseTimeOfDay));

function withoutExponent(value: number): string {
  return value < 1e-6 ? value.toFixed(12) : String(value);
}

/** A rate of 0 or more, in events a second. */
export const rateOrZero = parsed(parseRate, RATE_PATTERN, 'a rate, as 0.5/s, 10/min, 83/h or 2000/d');

/** A rate above 0, in events a second. */
export const rate = rateOrZero.refine((value) => value > 0, {
  error: 'expected a rate above 0: a source that never sends is better left out',
});
