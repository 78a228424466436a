import { stringify } from 'yaml';
import type { Facts, ModalPlan, PriceBook, Provenance } from '../platforms/prices/book.ts';
import { fileOf } from '../platforms/prices/price-file.ts';

/** A book for people: a section a group, each entry with its unit, and where the group was read. */
export function priceText(book: PriceBook): string {
  const { modal, replicate, runpod, speeds } = book;
  const extras = {
    ...(modal.cpuCore && { core: modal.cpuCore }),
    ...(modal.memoryGib && { GiB: modal.memoryGib }),
  };
  const sections = [
    section('Modal, a GPU', modal.gpus),
    section('Modal, a physical core and a GiB of memory', extras),
    planSection(modal.plans ?? {}),
    section('Replicate, an output image of an official model', replicate.images),
    section('Replicate, hardware', replicate.hardware),
    section('RunPod, a GPU of a flex worker', runpod.gpus),
    ...Object.entries(speeds).flatMap(([model, variants]) =>
      Object.entries(variants).map(([variant, gpus]) => section(`Speed of ${model}, ${variant}`, gpus)),
    ),
  ];
  return [`Price book ${book.name}`, ...sections.filter((text) => text !== '')].join('\n\n');
}

function section(title: string, facts: Facts): string {
  const entries = Object.entries(facts);
  if (entries.length === 0) return '';
  const width = Math.max(...entries.map(([name]) => name.length));
  const lines = entries.map(([name, { value, unit }]) => `  ${name.padEnd(width)}  ${String(value)} ${unit}`);
  return [title, ...lines, ...origins(entries.map(([, fact]) => fact))].join('\n');
}

function planSection(plans: Readonly<Record<string, ModalPlan>>): string {
  const entries = Object.entries(plans);
  if (entries.length === 0) return '';
  const lines = entries.map(([name, { fee_usd_per_month, credit_usd_per_month, gpus, containers }]) => {
    const most = containers === undefined ? `${gpus} GPUs` : `${gpus} GPUs, ${containers} containers`;
    return `  ${name}  $${fee_usd_per_month} a month, $${credit_usd_per_month} of credit, at most ${most}`;
  });
  return ['Modal, plans', ...lines, ...origins(entries.map(([, plan]) => plan))].join('\n');
}

/** Where entries come from: once if they have it in common. */
function origins(entries: readonly Provenance[]): string[] {
  return [...new Set(entries.map(({ read, source, grade }) => `  read ${read}: ${source} (${grade})`))];
}

/** A book as a price file that a scenario can name. */
export function priceYaml(book: PriceBook): string {
  const own = { ...fileOf(book), name: `my-${book.name}` };
  return `# Prices for Warmpool. Change what you know better, and name this file in a scenario: prices: my-prices.yaml
# An entry may also be a plain number; extends: "2026-10" takes from that book what is not given here.
${stringify(own, { aliasDuplicateObjects: false })}`;
}
