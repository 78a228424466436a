import type { PriceBook, Provenance } from '../platforms/prices/book.ts';

/** Where the numbers of a price book come from, each place once, with its date. */
export function originsOf({ modal, replicate, runpod, speeds }: PriceBook): string[] {
  const groups: [string, Readonly<Record<string, Provenance>>][] = [
    ['Modal', { ...modal.gpus, ...modal.plans }],
    ['Replicate', { ...replicate.images, ...replicate.hardware }],
    ['RunPod', runpod.gpus],
    ...Object.entries(speeds).flatMap(([model, variants]) =>
      Object.values(variants).map((gpus): [string, Readonly<Record<string, Provenance>>] => [
        `Speed of ${model}`,
        gpus,
      ]),
    ),
  ];
  const lines = groups.flatMap(([vendor, entries]) =>
    Object.values(entries).map(({ read, source, grade }) => `${vendor}: ${source}, read ${read} (${grade})`),
  );
  return [...new Set(lines)];
}
