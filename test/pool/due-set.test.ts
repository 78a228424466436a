// Of so many comparisons, vitest's expect would take most of the time.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DueRing, INSERTION_MAX } from '../../src/pool/due-ring.ts';
import { DueSet, FEW } from '../../src/pool/due-set.ts';
import { Slots } from '../../src/pool/slots.ts';

/** More sets: SETS=100000 npx vitest run test/pool/due-set.test.ts */
const SETS = Number(process.env.SETS ?? 600);

interface Entry {
  due_us: number;
  container: number;
}

/** The same by a list that is searched. */
class SlowDueSet {
  readonly #entries: Entry[] = [];

  get next_us(): number {
    return Math.min(...this.#entries.map((entry) => entry.due_us));
  }

  push(due_us: number, container: number): void {
    this.#entries.push({ due_us, container });
  }

  pop(): number {
    this.#entries.sort((a, b) => a.due_us - b.due_us || a.container - b.container);
    return this.#entries.shift()!.container;
  }
}

/**
 * A clock that moves on; at each step some containers become due at drawn delays, or the first few leave. Delays are
 * `unit` times a small number, or a thousand times more: ties, crowds and long empty stretches.
 */
const arbitrarySteps = fc.record({
  begin_us: fc.constantFrom(0, -5_000_000, 2 ** 45),
  unit_us: fc.constantFrom(1, 7, 1000, 2 ** 22),
  steps: fc.array(
    fc.record({
      delays: fc.array(fc.oneof(fc.nat(40), fc.nat(40_000)), { maxLength: 30 }),
      leave: fc.nat(40),
    }),
    { maxLength: 30 },
  ),
});

test.each([
  ['by instant and number', true],
  ['by instant where they are not told apart', false],
])('whatever is pushed, the set gives it out %s, as a list that is searched does', (_order, areNumbered) => {
  fc.assert(
    fc.property(arbitrarySteps, ({ begin_us, unit_us, steps }) => {
      const fast = new DueSet(areNumbered);
      const slow = new SlowDueSet();
      let clock_us = begin_us;
      let started = 0;
      for (const { delays, leave } of steps) {
        for (const delay of delays) {
          // Numbers do not rise with time: a container that is free again may have any.
          const container = (started++ * 7919) % 100_003;
          fast.push(clock_us + delay * unit_us, container);
          slow.push(clock_us + delay * unit_us, container);
        }
        for (let k = Math.min(leave, fast.count); k > 0; k--) {
          assert.equal(fast.next_us, slow.next_us);
          clock_us = fast.next_us;
          const number = slow.pop();
          assert.equal(fast.pop(), areNumbered ? number : 0);
        }
        assert.equal(fast.next_us, slow.next_us);
      }
    }),
    { numRuns: SETS, seed: 20261127 },
  );
});

test.each([
  ['numbered', true],
  ['not numbered', false],
])('what a slot hands over is in order, whether insertion or a sort puts it so: %s', (_, areNumbered) => {
  for (const span of [1, 50, 1000])
    for (let count = INSERTION_MAX - 2; count <= INSERTION_MAX + 2; count++) {
      const slots = new Slots(areNumbered);
      slots.arrange(1024);
      const slow = new SlowDueSet();
      for (let k = 0; k < count; k++) {
        const [due_us, container] = [(k * 7919) % span, (k * 101) % 997];
        slots.put(due_us, container);
        slow.push(due_us, container);
      }
      const ring = new DueRing(areNumbered);
      ring.fill(slots.gather(0, 1024, ring));
      assert.equal(ring.count, count);
      for (let k = 0; k < count; k++) {
        assert.equal(ring.next_us, slow.next_us, `of ${count}`);
        const number = slow.pop();
        assert.equal(ring.pop(), areNumbered ? number : 0);
      }
      assert.equal(ring.next_us, Number.POSITIVE_INFINITY);
    }
});

test('hundreds at a time with heavy tails leave in order, however many rounds of the slots they wait for', () => {
  const heavy = fc.record({
    unit_us: fc.constantFrom(1, 1000),
    steps: fc.array(
      fc.record({
        delays: fc.array(
          fc.oneof(
            { weight: 8, arbitrary: fc.nat(5000) },
            { weight: 1, arbitrary: fc.nat(200_000) },
            { weight: 1, arbitrary: fc.nat(20_000_000) },
          ),
          { minLength: 20, maxLength: 120 },
        ),
        leave: fc.nat(140),
      }),
      { minLength: 8, maxLength: 16 },
    ),
  });
  fc.assert(
    fc.property(heavy, ({ unit_us, steps }) => {
      const set = new DueSet(true);
      const all: Entry[] = [];
      let clock_us = 0;
      let late = 0;
      const leave = () => {
        const [first] = all.splice(0, 1);
        if (set.next_us !== first!.due_us) late++;
        clock_us = set.next_us;
        if (set.pop() !== first!.container) late++;
      };
      for (const { delays, leave: some } of steps) {
        for (const delay of delays) {
          const entry = { due_us: clock_us + delay * unit_us, container: (all.length * 7919) % 100_003 };
          set.push(entry.due_us, entry.container);
          all.push(entry);
        }
        all.sort((a, b) => a.due_us - b.due_us || a.container - b.container);
        for (let k = Math.min(some, all.length); k > 0; k--) leave();
      }
      while (all.length > 0) leave();
      expect([late, set.count]).toEqual([0, 0]);
    }),
    { numRuns: Math.ceil(SETS / 4), seed: 20261128 },
  );
});

/** Services of a batch that begin one after the other, as at-once.ts hands them over; and how many ends follow. */
const arbitraryBatches = fc.record({
  areNumbered: fc.boolean(),
  unit_us: fc.constantFrom(1, 64, 4096),
  batches: fc.array(
    fc.record({
      services: fc.array(fc.oneof({ weight: 4, arbitrary: fc.nat(500) }, fc.nat(50_000)), {
        minLength: 1,
        maxLength: 256,
        size: 'max',
      }),
      leave: fc.nat(256),
    }),
    { minLength: 4, maxLength: 12 },
  ),
});

test('services that a loop left to the set come out in order, with those that it put into the ring', () => {
  const runs = Math.ceil(SETS / 12);
  let deferred = 0;
  fc.assert(
    fc.property(arbitraryBatches, ({ areNumbered, unit_us, batches }) => {
      const set = new DueSet(areNumbered);
      const all: Entry[] = [];
      let clock_us = 0;
      const leave = () => {
        all.sort((a, b) => a.due_us - b.due_us || a.container - b.container);
        const { due_us, container } = all.shift()!;
        assert.equal(set.next_us, due_us);
        assert.equal(set.pop(), areNumbered ? container : 0);
        clock_us = due_us;
      };
      for (const { services, leave: some } of batches) {
        const count = services.length;
        const batch = {
          count,
          arrival_us: new Float64Array(count).fill(clock_us),
          service_us: Float64Array.from(services, (service) => (service + 1) * unit_us),
          images: new Float64Array(count),
          adapter: new Int32Array(count),
        };
        const numbers = Int32Array.from(services, (_, i) => ((all.length + i) * 7919) % 100_003);
        for (let from = 0; from < count; ) {
          let to = from;
          let isLong = false;
          while (to < count && !isLong) {
            const due_us = clock_us + batch.service_us[to]!;
            all.push({ due_us, container: numbers[to]! });
            if (due_us < set.horizon_us) isLong = set.near.push(due_us, numbers[to]!) > FEW;
            else deferred++;
            to++;
          }
          set.settle(batch, numbers, from, to, isLong);
          assert.equal(set.count, all.length);
          from = to;
        }
        for (let k = Math.min(some, all.length); k > 0; k--) leave();
      }
      while (all.length > 0) leave();
      assert.equal(set.next_us, Number.POSITIVE_INFINITY);
    }),
    { numRuns: runs, seed: 20261130 },
  );
  expect(deferred).toBeGreaterThan(100 * runs);
});

test.each([true, false])('thousands of ends in one slot come out in order (numbered: %s)', (areNumbered) => {
  const set = new DueSet(areNumbered);
  // Far apart at first, so that slots are wide.
  for (let k = 60; k > 0; k--) set.push(k * 1e6, k);
  const due_us = Array.from({ length: 3000 }, (_, i) => 70e6 + (((i * 7919) % 3000) >> 1));
  for (const [i, one_us] of due_us.entries()) set.push(one_us, 1_000_000 - i);
  for (let k = 1; k <= 60; k++) set.pop();
  const expected = due_us
    .map((one_us, i) => ({ due_us: one_us, container: areNumbered ? 1_000_000 - i : 0 }))
    .sort((a, b) => a.due_us - b.due_us || a.container - b.container);
  const found = expected.map(() => ({ due_us: set.next_us, container: set.pop() }));
  expect(found).toEqual(expected);
});

test('a crowd of thousands that comes and goes leaves in order', () => {
  const set = new DueSet(true);
  let state = 1;
  const next = () => {
    state = (Math.imul(state, 48271) >>> 0) % 2147483647;
    return state;
  };
  let clock_us = 0;
  let early = 0;
  const leave = () => {
    if (set.next_us < clock_us) early++;
    clock_us = set.next_us;
    return set.pop();
  };
  for (const crowd of [5000, 3, 40, 12_000, 0, 17, 1]) {
    while (set.count < crowd) set.push(clock_us + (next() % 20_000_000), next() % 1000);
    for (let k = 0; k < 3000 && set.count > 0; k++) {
      const container = leave();
      if (set.count < crowd) set.push(clock_us + 1 + (next() % 20_000_000), container);
    }
    while (set.count > 0) leave();
  }
  expect(early).toBe(0);
});
