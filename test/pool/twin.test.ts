import { deepEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import { test } from 'vitest';
import { byEngine, byTwin, hoursByEngine, reportedOutcomes, type World } from '../pool-worlds.ts';
import { arbitraryWorld } from './arbitrary-world.ts';

/** More worlds: WORLDS=100000 npx vitest run test/pool/twin.test.ts */
const WORLDS = Number(process.env.WORLDS ?? 4000);

const COMPARED = [
  'requests',
  'completed',
  'rejected',
  'aborted',
  'images',
  'cold_requests',
  'latency_us',
  'wait_us',
  'cold_wait_us',
  'run_us',
  'starting_us',
  'busy_us',
  'idle_us',
  'alive_us',
  'floor_us',
  'cold_starts',
  'containers_max',
  'failed',
  'canceled',
  'cut_us',
  'adapter_loads',
  'rounding_us',
] as const;

function compare(world: World): void {
  const twin = byTwin(world);
  const engine = byEngine(world, 1 + (world.seed % 9));
  // Node's own comparison: of thousands of worlds, vitest's would take half of the time.
  deepEqual(engine.outcomes, reportedOutcomes(world, twin));
  deepEqual(hoursByEngine(world, 1 + (world.seed % 64)), engine.hours);
  for (const quantity of COMPARED)
    deepEqual(
      [...engine.hours[quantity]],
      twin.hours.map((hour) => hour[quantity]),
      quantity,
    );
  deepEqual([...engine.hours.backlog], twin.backlog);
  equal(engine.hours.after_end_busy_us, twin.after_end_busy_us);
}

/** Worlds in which the loop for quiet stretches is taken most. */
const quietWorld = arbitraryWorld.map(
  (world): World => ({
    ...world,
    timeout_s: Number.POSITIVE_INFINITY,
    deadline_s: Number.POSITIVE_INFINITY,
    creations: undefined,
    adapters: undefined,
    preload: undefined,
  }),
);

test('the engine and the slow twin agree to the microsecond on every request and every hour of any world', () => {
  fc.assert(fc.property(arbitraryWorld, compare), { numRuns: WORLDS, seed: 20261122 });
});

test('so they do where nothing cuts a service or keeps a request out, through long quiet stretches', () => {
  fc.assert(fc.property(quietWorld, compare), { numRuns: WORLDS / 2, seed: 20261127 });
});
