import { distance } from 'fastest-levenshtein';

/** The known name nearest to what was written, or undefined when none is near: they must share something. */
function nearest(written: string, known: readonly string[]): string | undefined {
  const word = written.toLowerCase();
  const family = word.length > 1 ? known.find((name) => name.toLowerCase().startsWith(word)) : undefined;
  if (family !== undefined) return family;
  const near = known
    .map((name) => ({ name, off: distance(word, name.toLowerCase()) }))
    .sort((a, b) => a.off - b.off)[0];
  if (near === undefined || near.off >= Math.max(word.length, near.name.length)) return undefined;
  return near.off <= Math.max(2, Math.floor(near.name.length / 3)) ? near.name : undefined;
}

/** `; did you mean "x"?`, or nothing when no known name is near. */
export function didYouMean(written: unknown, known: readonly string[]): string {
  const near = typeof written === 'string' && written.length <= 100 ? nearest(written, known) : undefined;
  return near ? `; did you mean "${near}"?` : '';
}

/** `; did you mean "x"?`, or the list of what is known. */
export function suggestion(written: unknown, known: readonly string[]): string {
  return didYouMean(written, known) || `; known: ${known.join(', ')}`;
}
