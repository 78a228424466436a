/** A value in place of the scenario's: where it stands, and what it is; null: it is left out. */
export interface Change {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** All that a page shows can be had again from this. */
export interface PageState {
  /** The scenario as YAML, or the name of a preset. */
  readonly base: { readonly preset: string } | { readonly yaml: string };
  readonly changes: readonly Change[];
  /** The hour that is drawn. */
  readonly hour: number;
  /** The two platforms whose costs are compared over the rate, and the one whose settings are tried; undefined: the first. */
  readonly pair?: readonly [string, string] | undefined;
  readonly tuned?: string | undefined;
  /** What the map shows. */
  readonly map: MapQuantity;
}

export const MAP_QUANTITIES = ['cost_usd_per_hour', 'latency_p95_s', 'cold_request_fraction'] as const;
export type MapQuantity = (typeof MAP_QUANTITIES)[number];

/** The part of an address behind its `#`. */
export function hashOf({ base, changes, hour, pair, tuned, map }: PageState): string {
  const words = new URLSearchParams();
  if ('preset' in base) words.set('preset', base.preset);
  else words.set('yaml', base.yaml);
  for (const { path, value } of changes) words.append('set', `${path.join('.')}=${JSON.stringify(value)}`);
  if (hour > 0) words.set('hour', String(hour));
  if (pair) words.set('pair', pair.join(','));
  if (tuned !== undefined) words.set('tuned', tuned);
  if (map !== MAP_QUANTITIES[0]) words.set('map', map);
  return words.toString();
}

/** @returns what an address asks for; undefined for none, or one that is not ours */
export function stateOf(hash: string): PageState | undefined {
  const words = new URLSearchParams(hash.replace(/^#/, ''));
  const [preset, yaml] = [words.get('preset'), words.get('yaml')];
  if (preset === null && yaml === null) return undefined;
  const changes = words.getAll('set').flatMap((text) => changeOf(text) ?? []);
  const hour = Number(words.get('hour') ?? 0);
  const pair = words.get('pair')?.split(',');
  return {
    base: yaml === null ? { preset: preset! } : { yaml },
    changes,
    hour: Number.isInteger(hour) && hour >= 0 && hour < 100_000 ? hour : 0,
    pair: pair?.length === 2 ? (pair as [string, string]) : undefined,
    tuned: words.get('tuned') ?? undefined,
    map: MAP_QUANTITIES.find((one) => one === words.get('map')) ?? MAP_QUANTITIES[0],
  };
}

function changeOf(text: string): Change | undefined {
  const equals = text.indexOf('=');
  if (equals <= 0) return undefined;
  const path = text.slice(0, equals).split('.');
  if (path.some((step) => step === '' || step === '__proto__')) return undefined;
  try {
    return { path, value: JSON.parse(text.slice(equals + 1)) };
  } catch {
    return undefined;
  }
}

/** The changes, one of them made or made anew; it takes the place of those below its path. */
export function changed(changes: readonly Change[], change: Change): Change[] {
  const isBelow = ({ path }: Change) => change.path.every((step, k) => path[k] === step);
  return [...changes.filter((one) => !isBelow(one)), change];
}

/** The changes without those at a path and below it. */
export function without(changes: readonly Change[], path: readonly string[]): Change[] {
  return changes.filter((one) => !path.every((step, k) => one.path[k] === step));
}
