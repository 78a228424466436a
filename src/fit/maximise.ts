/** Greatest value of a function of one number, between bounds, by golden section; it should have one hill. */
export function maximise1(f: (x: number) => number, low: number, high: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [a, b] = [low, high];
  let [c, d] = [b - ratio * (b - a), a + ratio * (b - a)];
  let [fc, fd] = [f(c), f(d)];
  while (b - a > 1e-7 * (high - low)) {
    if (fc >= fd) {
      [b, d, fd] = [d, c, fc];
      c = b - ratio * (b - a);
      fc = f(c);
    } else {
      [a, c, fc] = [c, d, fd];
      d = a + ratio * (b - a);
      fd = f(d);
    }
  }
  return (a + b) / 2;
}

export interface Best {
  readonly at: readonly number[];
  readonly value: number;
}

/**
 * Climbs from a start to a hill of a function of several numbers by the simplex of Nelder and Mead (Computer Journal
 * 7, 1965). Where the function is not defined it may return -Infinity or NaN.
 * @param steps most evaluations
 */
export function maximise(
  f: (x: readonly number[]) => number,
  start: readonly number[],
  steps = 400,
  size = 0.5,
): Best {
  const value = (at: readonly number[]): Best => {
    const found = f(at);
    return { at, value: Number.isNaN(found) ? Number.NEGATIVE_INFINITY : found };
  };
  const corners = [
    value(start),
    ...start.map((_, k) => value(start.map((x, i) => (i === k ? x + size : x)))),
  ];
  for (let used = corners.length; used < steps; ) {
    corners.sort((a, b) => b.value - a.value);
    const [best, worst] = [corners[0]!, corners.at(-1)!];
    if (best.value - worst.value < 1e-9 * (1 + Math.abs(best.value))) break;
    const rest = corners.slice(0, -1);
    const middle = start.map((_, i) => rest.reduce((sum, { at }) => sum + at[i]!, 0) / rest.length);
    const along = (factor: number) => value(middle.map((x, i) => x + factor * (worst.at[i]! - x)));
    const mirrored = along(-1);
    used++;
    if (mirrored.value > best.value) {
      const further = along(-2);
      used++;
      corners[corners.length - 1] = further.value > mirrored.value ? further : mirrored;
    } else if (mirrored.value > rest.at(-1)!.value) {
      corners[corners.length - 1] = mirrored;
    } else {
      const nearer = along(mirrored.value > worst.value ? -0.5 : 0.5);
      used++;
      if (nearer.value > Math.max(worst.value, mirrored.value)) corners[corners.length - 1] = nearer;
      else {
        for (let k = 1; k < corners.length; k++)
          corners[k] = value(corners[k]!.at.map((x, i) => (x + best.at[i]!) / 2));
        used += start.length;
      }
    }
  }
  return corners.sort((a, b) => b.value - a.value)[0]!;
}
