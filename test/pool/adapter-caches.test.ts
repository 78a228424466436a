import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AdapterCaches } from '../../src/pool/adapters.ts';
import { streamsOf } from '../../src/random/stream.ts';

test('a container holds the adapters that were used last, each once, whatever comes', () => {
  const step = fc.record({ container: fc.nat(2), adapter: fc.nat(7), stops: fc.boolean() });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.array(step, { maxLength: 60 }), (cache, steps) => {
      const load = { distribution: 'constant', value: 2 } as const;
      const caches = new AdapterCaches({ cache, load, affinity: false }, streamsOf(1, 0)('load'));
      const held = new Map<number, number[]>();
      for (const { container, adapter, stops } of steps) {
        const before = held.get(container) ?? [];
        expect(caches.has(container, adapter)).toBe(before.includes(adapter));
        expect(caches.use(container, adapter)).toBe(before.includes(adapter) ? -1 : 2e6);
        held.set(container, [...before.filter((one) => one !== adapter), adapter].slice(-cache));
        if (!stops) continue;
        caches.forget(container);
        held.delete(container);
      }
    }),
    { numRuns: 300, seed: 7 },
  );
});
