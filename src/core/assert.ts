/** An invariant of Warmpool's own that did not hold: always a bug in Warmpool, never in its input. */
export class BrokenInvariant extends Error {
  override readonly name = 'BrokenInvariant';
}

/** States a belief. @throws {BrokenInvariant} if it is false. */
export function assert(belief: boolean, what: string): asserts belief {
  if (!belief) throw new BrokenInvariant(what);
}
