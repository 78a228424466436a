import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Census } from '../../src/pool/census.ts';

interface Life {
  from: number;
  length: number;
  pool: number;
}

const HOUR = 10;
const DURATION = 35;

/** The most alive at once within each hour, over instants in between whole ones. */
function slowly(lives: readonly Life[]): number[] {
  return Array.from({ length: 4 }, (_, hour) => {
    const instants = Array.from({ length: HOUR }, (_, k) => hour * HOUR + k + 0.5).filter(
      (t) => t < DURATION,
    );
    return Math.max(
      ...instants.map((t) => lives.filter((one) => one.from < t && t < one.from + one.length).length),
    );
  });
}

test('the census counts the most containers of several pools at once, in whatever order the pools tell', () => {
  const life = fc.record({
    from: fc.integer({ min: -8, max: DURATION + 3 }),
    length: fc.integer({ min: 0, max: 20 }),
    pool: fc.integer({ min: 0, max: 2 }),
  });
  const settles = fc.uniqueArray(fc.integer({ min: -8, max: DURATION }), { maxLength: 4 });
  fc.assert(
    fc.property(fc.array(life, { maxLength: 12 }), settles, (lives, stops) => {
      const census = new Census(DURATION, HOUR);
      const events = lives.flatMap(({ from, length, pool }) => [
        { t: from, change: 1 as const, pool },
        { t: from + length, change: -1 as const, pool },
      ]);
      let last = Number.NEGATIVE_INFINITY;
      for (const stop of [...stops.sort((a, b) => a - b), Number.POSITIVE_INFINITY]) {
        // Each pool runs through the whole stretch before the next one does.
        for (const pool of [0, 1, 2]) {
          const own = events.filter((one) => one.pool === pool && one.t >= last && one.t < stop);
          for (const { t, change } of own.sort((a, b) => a.t - b.t)) census.changed(t, change);
        }
        census.settle(stop);
        last = stop;
      }
      expect([...census.finish()]).toEqual(slowly(lives));
    }),
    { numRuns: 2000, seed: 5 },
  );
});
