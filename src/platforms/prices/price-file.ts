import * as z from 'zod';
import { number, oneOf, strict, whole } from '../../core/fields.ts';
import { shown } from '../../core/shown.ts';
import { GRADES, type PriceBook, type Provenance } from './book.ts';
import { priceBooks } from './table.ts';

/** A price book as a file: the same groups and names, with what most entries share said once. */

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const NAME_WORDS = 'letters, digits, . _ and - (at most 64, first a letter or digit)';

/** A text that cannot disturb a terminal. */
function line(what: string) {
  const error = (issue: { input?: unknown }) =>
    `expected ${what}, a text of one line and at most 300 characters, here ${shown(issue.input)}`;
  return z.string({ error }).regex(/^[^\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]{1,300}$/u, { error });
}

function named(what: string) {
  const error = (issue: { input?: unknown }) =>
    `expected ${what} of ${NAME_WORDS}, here ${shown(issue.input)}`;
  return z.string({ error }).regex(NAME, { error });
}

const provenanceKeys = {
  read: line('the date of reading, as 2026-10-07').optional(),
  source: line('a source').optional(),
  grade: oneOf(GRADES).optional(),
};

/** A number, or that number with its unit and where it comes from. */
function entry(unit: string, value: z.ZodNumber, range: string) {
  const right = z.literal(unit, {
    error: (issue) =>
      `expected ${unit}, here ${shown(issue.input)}${/h/.test(String(issue.input)) ? ': an hour has 3600 seconds' : ''}`,
  });
  return z.union(
    [
      value.transform((bare) => ({ value: bare, unit })),
      strict({ value, unit: right.default(unit), ...provenanceKeys }),
    ],
    {
      error: (issue) =>
        `expected a number ${range} (${unit}), or {value, unit, read, source, grade}, here ${shown(issue.input)}`,
    },
  );
}

function byName<Value extends z.ZodType>(what: string, example: string, value: Value) {
  return z.record(z.string().regex(NAME), value, {
    error: (issue) =>
      issue.code === 'invalid_key'
        ? `expected ${what} of ${NAME_WORDS}`
        : `expected a table by ${what}, as ${example}, here ${shown(issue.input)}`,
  });
}

const usd = (unit: string) => entry(unit, number({ min: 0, max: 1000 }), 'from 0 to 1000');
const usdByGpu = () => byName('the name of a GPU', '{H100: 0.0011}', usd('$/s')).optional();
const monthly = number({ min: 0, max: 1e6 });

const plan = strict({
  fee_usd_per_month: monthly,
  credit_usd_per_month: monthly,
  gpus: whole(1),
  containers: whole(1).optional(),
  ...provenanceKeys,
});

const variants = byName(
  'the name of a variant',
  '{bf16: {H100: 3.5}}',
  byName('the name of a GPU', '{H100: 3.5}', entry('s/image', number({ above: 0, max: 1e5 }), 'above 0')),
);

const speeds = z
  .object(provenanceKeys, {
    error: (issue) =>
      `expected a table by the name of a model, as {flux-dev: {bf16: {H100: 3.5}}}, here ${shown(issue.input)}`,
  })
  .catchall(variants)
  .superRefine((models, context) => {
    for (const model of Object.keys(models).filter((name) => !NAME.test(name)))
      context.addIssue({
        code: 'custom',
        path: [model],
        message: `expected a model’s name of ${NAME_WORDS}`,
      });
  });

export const priceFileSchema = strict({
  name: named('a name'),
  extends: oneOf(priceBooks.map((book) => book.name)).optional(),
  ...provenanceKeys,
  modal: strict({
    gpus: usdByGpu(),
    cpu_core: usd('$/core-s').optional(),
    memory_gib: usd('$/GiB-s').optional(),
    plans: byName('the name of a plan', '{team: {fee_usd_per_month: 250, ...}}', plan).optional(),
    ...provenanceKeys,
  }).optional(),
  replicate: strict({
    images: byName('the name of a model', '{flux-dev: 0.025}', usd('$/image')).optional(),
    hardware: byName('the name of hardware', '{H100: 0.0015}', usd('$/s')).optional(),
    ...provenanceKeys,
  }).optional(),
  runpod: strict({ gpus: usdByGpu(), ...provenanceKeys }).optional(),
  speeds: speeds.optional(),
});
type PriceFile = z.output<typeof priceFileSchema>;

/** What was written of where numbers come from. */
type PartOfProvenance = z.output<z.ZodObject<typeof provenanceKeys>>;

/** What stands for what a file does not say. */
const UNSAID: Provenance = { read: 'not dated', source: 'the price file itself', grade: 'inferred' };

/** The book that a file stands for: its entries, each with where it comes from, and below them those of another book. */
export function bookOf(file: PriceFile): PriceBook {
  const base = priceBooks.find((one) => one.name === file.extends);
  const { modal = {}, replicate = {}, runpod = {} } = file;
  const { read, source, grade, ...models } = file.speeds ?? {};
  const own = <Entry extends object>(group: PartOfProvenance, entries: Record<string, Entry> = {}) =>
    Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, dated(entry, group, file)]));
  const speeds = Object.entries(models).map(([model, variants]) => {
    const known = base?.speeds[model] ?? {};
    const written = Object.entries(variants).map(([variant, gpus]) => [
      variant,
      { ...known[variant], ...own({ read, source, grade }, gpus) },
    ]);
    return [model, { ...known, ...Object.fromEntries(written) }];
  });
  const cpuCore = modal.cpu_core ? dated(modal.cpu_core, modal, file) : base?.modal.cpuCore;
  const memoryGib = modal.memory_gib ? dated(modal.memory_gib, modal, file) : base?.modal.memoryGib;
  const plans = { ...base?.modal.plans, ...own(modal, modal.plans) };
  return {
    name: file.name,
    modal: {
      gpus: { ...base?.modal.gpus, ...own(modal, modal.gpus) },
      ...(cpuCore && { cpuCore }),
      ...(memoryGib && { memoryGib }),
      ...(Object.keys(plans).length > 0 && { plans }),
    },
    replicate: {
      images: { ...base?.replicate.images, ...own(replicate, replicate.images) },
      hardware: { ...base?.replicate.hardware, ...own(replicate, replicate.hardware) },
    },
    runpod: { gpus: { ...base?.runpod.gpus, ...own(runpod, runpod.gpus) } },
    speeds: { ...base?.speeds, ...Object.fromEntries(speeds) },
  };
}

/** An entry with the nearest of what is said of where it comes from. */
function dated<Entry extends object>(
  entry: Entry,
  group: PartOfProvenance,
  file: PartOfProvenance,
): Entry & Provenance {
  const { read, source, grade } = {
    ...UNSAID,
    ...said(file),
    ...said(group),
    ...said(entry as PartOfProvenance),
  };
  return { ...entry, read, source, grade };
}

function said({ read, source, grade }: PartOfProvenance): Partial<Provenance> {
  return { ...(read && { read }), ...(source && { source }), ...(grade && { grade }) };
}

/** A book as the value of a price file. */
export function fileOf({ name, modal, replicate, runpod, speeds }: PriceBook): Record<string, unknown> {
  return {
    name,
    modal: {
      gpus: modal.gpus,
      ...(modal.cpuCore && { cpu_core: modal.cpuCore }),
      ...(modal.memoryGib && { memory_gib: modal.memoryGib }),
      ...(modal.plans && { plans: modal.plans }),
    },
    replicate,
    runpod,
    speeds,
  };
}
