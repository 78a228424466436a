import type * as z from 'zod';

/** One thing that a schema refused. */
export interface Refusal {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  /** Whether it is about the key itself and not its value. */
  readonly isKey: boolean;
}

/** Unknown keys of one object beyond these are only counted. */
const MOST_KEYS = 20;

type Issue = z.core.$ZodIssue;

/** zod's issues as refusals: of a union, those of the alternative that fits best. */
export function refusals(issues: readonly Issue[], under: readonly PropertyKey[] = []): Refusal[] {
  // An object with an unknown key is not also told what it lacks as a whole.
  const unknown = new Set(
    issues.filter((issue) => issue.code === 'unrecognized_keys').map((issue) => issue.path.join('.')),
  );
  const told = issues.filter((issue) => issue.code !== 'custom' || !unknown.has(issue.path.join('.')));
  const found = told.flatMap((issue) => refusal(issue, [...under, ...issue.path]));
  const byText = new Map(found.map((one) => [`${one.path.map(String).join('.')}: ${one.message}`, one]));
  return [...byText.values()];
}

function refusal(issue: Issue, path: readonly PropertyKey[]): Refusal[] {
  if (issue.code === 'unrecognized_keys') {
    const messages = issue.message.split('\n');
    const told = issue.keys
      .slice(0, MOST_KEYS)
      .map((key, i) => ({ path: [...path, key], message: messages[i]!, isKey: true }));
    const more = issue.keys.length - told.length;
    return more > 0 ? [...told, { path, message: `and ${more} more unknown keys`, isKey: false }] : told;
  }
  if (issue.code === 'invalid_key') return [{ path, message: issue.message, isKey: true }];
  if (issue.code !== 'invalid_union' || issue.errors.length === 0)
    return [{ path, message: issue.message, isKey: false }];
  const best = bestAlternative(issue.errors);
  const isAtRoot = best.every((inner) => inner.path.length === 0);
  if (isAtRoot && issue.message !== 'Invalid input') return [{ path, message: issue.message, isKey: false }];
  return refusals(best, path);
}

/** The alternative that was understood the deepest; of several, the first. */
function bestAlternative(alternatives: readonly (readonly Issue[])[]): readonly Issue[] {
  const depth = (issues: readonly Issue[]) => Math.max(...issues.map(depthOf));
  return alternatives.reduce((best, other) => (depth(other) > depth(best) ? other : best));
}

function depthOf(issue: Issue): number {
  if (issue.code === 'unrecognized_keys') return issue.path.length + 1;
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    return issue.path.length + Math.max(...issue.errors.map((inner) => Math.max(...inner.map(depthOf))));
  }
  return issue.path.length;
}
