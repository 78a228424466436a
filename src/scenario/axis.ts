import * as z from 'zod';
import { oneOf, strict, whole } from '../core/fields.ts';
import { shown } from '../core/shown.ts';
import { parseDuration, parseRate } from '../core/units.ts';
import { commonKeys } from '../platforms/keys.ts';
import { platformKinds } from '../platforms/table.ts';
import { sourceKeys } from '../workload/schema.ts';

/** A quantity that a range can run through: a number, a duration or a rate. */
interface Quantity {
  readonly kind: 'number' | 'duration' | 'rate';
  readonly value: number;
}

function quantityOf(written: unknown): Quantity | undefined {
  if (typeof written === 'number' && Number.isFinite(written)) return { kind: 'number', value: written };
  if (typeof written !== 'string') return undefined;
  try {
    return written.includes('/')
      ? { kind: 'rate', value: parseRate(written) * 3600 }
      : { kind: 'duration', value: parseDuration(written, true) };
  } catch {
    return undefined;
  }
}

interface Range {
  from?: unknown;
  to?: unknown;
  steps: number;
  scale?: 'linear' | 'log' | undefined;
}

/** What is wrong with a range; undefined if nothing is. */
function fault({ from, to, scale }: Range): string | undefined {
  const [first, last] = [quantityOf(from), quantityOf(to)];
  for (const [key, written, read] of [
    ['from', from, first],
    ['to', to, last],
  ] as const)
    if (read === undefined)
      return `expected ${key}: a number, a duration as 8s or a rate as 83/h, here ${shown(written)}`;
  if (first!.kind !== last!.kind)
    return `expected from and to of one kind, here a ${first!.kind} and a ${last!.kind}`;
  if (first!.value === last!.value) return `expected from and to that differ, here ${shown(from)} twice`;
  if (scale === 'log' && !(first!.value > 0 && last!.value > 0))
    return 'scale: log needs from and to above 0; give 0 in a list of values instead';
  return undefined;
}

const FEWEST_DIGITS = 3;
const MOST_DIGITS = 12;

/**
 * The values of a range, its ends as they are written, the others to as few digits as keep them apart.
 * @param isWhole of a key that takes whole numbers alone: values are rounded, and each is given once
 */
function valuesOf({ from, to, steps, scale }: Range, isWhole: boolean): unknown[] {
  const [{ kind, value: first }, { value: last }] = [quantityOf(from)!, quantityOf(to)!];
  const exact = Array.from({ length: steps }, (_, k) => {
    const share = k / (steps - 1);
    return scale === 'log' ? first * (last / first) ** share : first + (last - first) * share;
  });
  if (isWhole && kind === 'number' && Number.isInteger(first) && Number.isInteger(last))
    return [...new Set(exact.map(Math.round))];
  const unit = { number: '', duration: 's', rate: '/h' }[kind];
  return distinct(exact).map((value, k) => {
    if (k === 0) return from;
    if (k === steps - 1) return to;
    return kind === 'number' ? value : `${value}${unit}`;
  });
}

function distinct(values: readonly number[]): number[] {
  for (let digits = FEWEST_DIGITS; digits < MOST_DIGITS; digits++) {
    const rounded = values.map((value) => Number(value.toPrecision(digits)));
    if (new Set(rounded).size === values.length) return rounded;
  }
  return [...values];
}

/** Whether a key takes whole numbers, and no others. */
function isWholeKey(name: string): boolean {
  const key = name.split('.').at(-1)!;
  const tables = [
    commonKeys,
    sourceKeys,
    ...Object.values(platformKinds).map(({ keys }) => keys()),
  ] as Record<string, z.ZodType | undefined>[];
  const schemas = tables.flatMap((keys) => keys[key] ?? []);
  return (
    schemas.length > 0 && schemas.every((one) => one.safeParse(2).success && !one.safeParse(1.5).success)
  );
}

const range = strict({
  from: z.unknown().optional(),
  to: z.unknown().optional(),
  steps: whole(2, 10_000),
  scale: oneOf(['linear', 'log']).optional(),
}).superRefine((written, context) => {
  const message = fault(written);
  if (message) context.addIssue({ code: 'custom', message });
});

/** The values that an axis runs through: a list of them, or a range. */
const axis = z.union([z.array(z.unknown()).min(1, { error: 'expected at least one value' }), range], {
  error: ({ input }) => {
    const isRange = typeof input === 'object' && input !== null && 'from' in input && 'to' in input;
    const inner = isRange ? range.safeParse(input).error?.issues[0]?.message : undefined;
    return inner ?? `expected a list of values, or {from, to, steps}, here ${shown(input)}`;
  },
});

/** What tells two values apart: one duration may be written in many ways. */
function sameAs(value: unknown): string {
  const quantity = quantityOf(value);
  return quantity ? `${quantity.kind === 'rate' ? 'rate ' : ''}${quantity.value}` : JSON.stringify(value);
}

/** The axes of a sweep by name, each with its values. */
export const grid = z
  .record(z.string(), axis, {
    error: (issue) => `expected axes by name, as {keep_warm: [0, 1, 2]}, here ${shown(issue.input)}`,
  })
  .refine((axes) => Object.keys(axes).length > 0, {
    error: 'expected at least one axis, as keep_warm: [0, 1, 2]',
  })
  .transform((axes) =>
    Object.fromEntries(
      Object.entries(axes).map(([name, one]) => [
        name,
        Array.isArray(one) ? one : valuesOf(one as Range, isWholeKey(name)),
      ]),
    ),
  )
  .superRefine((axes, context) => {
    for (const [name, values] of Object.entries(axes)) {
      const seen = values.map(sameAs);
      const again = seen.findIndex((one, k) => seen.indexOf(one) < k);
      if (again >= 0)
        context.addIssue({
          code: 'custom',
          path: [name, again],
          message: `${shown(values[again])} is given twice: each value makes cells of its own`,
        });
    }
  }) as unknown as z.ZodType<Record<string, unknown[]>>;
