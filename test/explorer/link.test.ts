import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Change,
  changed,
  hashOf,
  MAP_QUANTITIES,
  type PageState,
  stateOf,
  without,
} from '../../src/explorer/link.ts';

const step = fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/);
const arbitraryState: fc.Arbitrary<PageState> = fc.record({
  base: fc.oneof(fc.record({ preset: step }), fc.record({ yaml: fc.string({ unit: 'grapheme' }) })),
  changes: fc.array(
    fc.record({ path: fc.array(step, { minLength: 1, maxLength: 4 }), value: fc.jsonValue({ maxDepth: 2 }) }),
    { maxLength: 4 },
  ),
  hour: fc.nat(1000),
  pair: fc.option(fc.tuple(step, step), { nil: undefined }),
  tuned: fc.option(step, { nil: undefined }),
  map: fc.constantFrom(...MAP_QUANTITIES),
}) as never;

describe('an address', () => {
  test('brings back all that it was made of', () => {
    fc.assert(
      fc.property(arbitraryState, (state) => {
        const json = (one: unknown) => JSON.parse(JSON.stringify(one));
        expect(json(stateOf(`#${hashOf(state)}`))).toEqual(json(state));
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  test('that is not ours asks for nothing, and bad parts of it are left out', () => {
    expect(stateOf('')).toBeUndefined();
    expect(stateOf('#top')).toBeUndefined();
    expect(
      stateOf('#preset=x&set=a.b=1&set=__proto__.x=1&set=a..b=1&set=a=&set==2&hour=-3&map=odd'),
    ).toMatchObject({
      base: { preset: 'x' },
      changes: [{ path: ['a', 'b'], value: 1 }],
      hour: 0,
      map: 'cost_usd_per_hour',
    });
  });
});

test('a change takes the place of an older one, and of those below it', () => {
  const change = (path: string, value: unknown): Change => ({ path: path.split('.'), value });
  const some = [change('a.b', 1), change('a.c', 2), change('d', 3)];
  expect(changed(some, change('a.b', 9))).toEqual([change('a.c', 2), change('d', 3), change('a.b', 9)]);
  expect(changed(some, change('a', 9))).toEqual([change('d', 3), change('a', 9)]);
  expect(without(some, ['a'])).toEqual([change('d', 3)]);
});
