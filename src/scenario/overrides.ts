import { didYouMean } from '../core/suggest.ts';
import { uniqueNames } from '../core/unique-names.ts';
import type { Problem } from './problem.ts';
import type { Override, YamlSource } from './yaml-source.ts';

/** Pairs of keys that are two names of one thing. */
const ALIASES: readonly (readonly string[])[] = [
  ['keep_warm', 'min_containers'],
  ['container_idle_timeout', 'scaledown_window'],
  ['max_containers', 'concurrency_limit'],
];

/** The other name of a key that has two. */
export function twinOf(key: string): string | undefined {
  return ALIASES.find((names) => names.includes(key))?.find((name) => name !== key);
}

/** Maps that a file may leave out, and an override may begin. */
const OPTIONAL_MAPS = ['plans', 'slo', 'sweep', 'crossover'];

type Container = Record<string, unknown> | unknown[];

/** Puts overrides in place of what the file says; a path that leads nowhere is a problem. */
export function applyOverrides(source: YamlSource, overrides: readonly Override[]): Problem[] {
  return overrides.flatMap((override) => {
    const found = resolvePath(source.value, override.path);
    if ('problem' in found) {
      return [
        {
          level: 'error' as const,
          file: override.option,
          path: override.path.join('.'),
          message: found.problem,
        },
      ];
    }
    const last = found.path.at(-1)!;
    const twin = twinOf(last);
    source.override({ ...override, path: found.path }, twin === undefined ? [] : [twin]);
    return [];
  });
}

/** A path as it stands in the value: items of lists by number, and one name for what has two. Undefined: nowhere. */
export function canonicalPath(value: unknown, path: readonly string[]): string[] | undefined {
  const found = resolvePath(value, path);
  if ('problem' in found) return undefined;
  const last = found.path.at(-1)!;
  return [...found.path.slice(0, -1), ALIASES.find((names) => names.includes(last))?.[0] ?? last];
}

/** Follows a path whose steps through a list may be the names of its items. The last step may be new. */
function resolvePath(value: unknown, path: readonly string[]): { path: string[] } | { problem: string } {
  const steps: string[] = [];
  let at = value;
  for (const [i, step] of path.entries()) {
    if (typeof at !== 'object' || at === null) {
      return { problem: `nothing can be set below ${steps.join('.') || 'the scenario'}` };
    }
    const isLast = i === path.length - 1;
    let key = keyIn(at as Container, step);
    if (key === undefined && i === 0 && !isLast && OPTIONAL_MAPS.includes(step)) {
      (at as Record<string, unknown>)[step] = {};
      key = step;
    }
    if (key === undefined && (Array.isArray(at) || !isLast)) {
      const known = namesIn(at as Container);
      const listed =
        known.length > 0
          ? `; there ${known.length === 1 ? 'is' : 'are'} ${known.slice(0, 12).join(', ')}`
          : '';
      return {
        problem: `no "${step}" in ${steps.join('.') || 'the scenario'}${didYouMean(step, known) || listed}`,
      };
    }
    steps.push(key ?? step);
    at = (at as Record<string, unknown>)[key ?? step];
  }
  return { path: steps };
}

function keyIn(container: Container, step: string): string | undefined {
  if (!Array.isArray(container)) return Object.hasOwn(container, step) ? step : undefined;
  if (/^(0|[1-9]\d*)$/.test(step)) return Number(step) < container.length ? step : undefined;
  const place = namesIn(container).indexOf(step);
  return place < 0 ? undefined : String(place);
}

/** Keys of a map; of a list of sources their names, which default to their processes with a number. */
function namesIn(container: Container): string[] {
  if (!Array.isArray(container)) return Object.keys(container);
  const items = container as ({ name?: unknown; process?: unknown } | null)[];
  const nameOf = (name: unknown) => (typeof name === 'string' ? name : undefined);
  return uniqueNames(items.map((item) => ({ name: nameOf(item?.name), base: String(item?.process) })));
}
