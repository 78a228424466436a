import { readFileSync } from 'node:fs';

/** The explorer, without a scenario in it: one page, which `npm run build` makes. */
export function explorerPage(): string {
  return readFileSync(new URL('../explorer/page.html', import.meta.url), 'utf8');
}
