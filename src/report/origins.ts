import type { PriceBook, Provenance } from '../platforms/prices/book.ts';
import type { Manifest } from './results.ts';

type Entries = Readonly<Record<string, Provenance>>;

/** Where the numbers of a price book come from that a scenario may have taken, each place once, with its date. */
export function originsOf({ modal, replicate, runpod, speeds }: PriceBook, manifest: Manifest): string[] {
  const kinds = Object.values(manifest.platforms).map(({ kind }) => kind ?? '');
  const model = (manifest.written as { model?: unknown } | null)?.model;
  const groups: [string, Entries][] = [
    ['Modal', kinds.includes('modal') ? { ...modal.gpus, ...modal.plans } : {}],
    [
      'Replicate',
      kinds.some((kind) => kind.startsWith('replicate'))
        ? { ...replicate.images, ...replicate.hardware }
        : {},
    ],
    ['RunPod', kinds.includes('runpod-serverless') ? runpod.gpus : {}],
    ...Object.values(speeds[String(model)] ?? {}).map((gpus): [string, Entries] => [
      `Speed of ${model}`,
      gpus,
    ]),
  ];
  const lines = groups.flatMap(([vendor, entries]) =>
    Object.values(entries).map(({ read, source, grade }) => `${vendor}: ${source}, read ${read} (${grade})`),
  );
  return [...new Set(lines)];
}
