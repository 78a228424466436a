import { z } from 'zod';
import { oneOf, strict, whole } from '../core/fields.ts';
import { shown } from '../core/shown.ts';
import { parseDuration, parseRate } from '../core/units.ts';

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
  if (scale === 'log' && !(first!.value > 0 && last!.value > 0))
    return 'scale: log needs from and to above 0; give 0 in a list of values instead';
  return undefined;
}

const FEWEST_DIGITS = 3;
const MOST_DIGITS = 12;

/** The values of a range, its ends as they are written, the others to as few digits as keep them apart. */
function valuesOf({ from, to, steps, scale }: Range): unknown[] {
  const [{ kind, value: first }, { value: last }] = [quantityOf(from)!, quantityOf(to)!];
  const exact = Array.from({ length: steps }, (_, k) => {
    const share = k / (steps - 1);
    return scale === 'log' ? first * (last / first) ** share : first + (last - first) * share;
  });
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

const range = strict({
  from: z.unknown(),
  to: z.unknown(),
  steps: whole(2, 10_000),
  scale: oneOf(['linear', 'log']).optional(),
})
  .superRefine((written, context) => {
    const message = fault(written);
    if (message) context.addIssue({ code: 'custom', message });
  })
  .transform(valuesOf);

/** The values that an axis of a sweep runs through: a list of them, or a range. */
export const axis = z.union([z.array(z.unknown()).min(1, { error: 'expected at least one value' }), range], {
  error: ({ input }) => {
    const isRange = typeof input === 'object' && input !== null && 'from' in input && 'to' in input;
    const inner = isRange ? range.safeParse(input).error?.issues[0]?.message : undefined;
    return inner ?? `expected a list of values, or {from, to, steps}, here ${shown(input)}`;
  },
}) as unknown as z.ZodType<unknown[]>;
