// Of so many comparisons, vitest's expect would take most of the time.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byEngine, byTwin, type Outcome, type World } from '../pool-worlds.ts';
import { arbitraryWorld } from './arbitrary-world.ts';

/** More worlds: WORLDS=100000. */
const WORLDS = Number(process.env.WORLDS ?? 500);

const NO_TIME = { distribution: 'constant', value: 0 } as const;

function holds(law: (world: World) => void): void {
  fc.assert(fc.property(arbitraryWorld, law), { numRuns: WORLDS, seed: 7 });
}

const started = (outcomes: Outcome[]) => outcomes.filter((one) => !Number.isNaN(one.start_us));
const reported = (world: World) => world.requests.filter((one) => one.ours && one.arrival_s >= 0);

describe('in any world', () => {
  test('starts of service never overtake', () => {
    holds((world) => {
      const starts = started(byEngine(world).outcomes).map((one) => one.start_us);
      for (let i = 1; i < starts.length; i++) assert(starts[i]! >= starts[i - 1]!);
    });
  });

  test('no more than max_containers are ever alive, and nobody waits beyond the start deadline', () => {
    holds((world) => {
      const { hours, outcomes } = byEngine(world);
      assert(Math.max(...hours.containers_max) <= world.maxContainers);
      outcomes.forEach((one, i) => {
        if (Number.isNaN(one.start_us)) return;
        const arrival_us = reported(world)[i]!.arrival_s * 1e6;
        assert(one.start_us >= arrival_us);
        if (world.creations?.on_limit === 'retry') return;
        const deadline_s = Math.min(world.startDeadline_s, world.deadline_s);
        assert(one.start_us - arrival_us <= deadline_s * 1e6);
      });
    });
  });

  test('nobody is in service beyond the timeout or the deadline; who is cut is cut at one of them', () => {
    holds((world) => {
      const [timeout_us, deadline_us] = [world.timeout_s * 1e6, world.deadline_s * 1e6];
      byEngine(world).outcomes.forEach((one, i) => {
        if (Number.isNaN(one.start_us)) return;
        const service_us = one.end_us - one.start_us;
        assert(service_us <= Math.max(1, Math.min(timeout_us, deadline_us)));
        if (one.outcome === 'failed') assert.equal(service_us, timeout_us);
        // The deadline counts from the entry, which comes after the arrival for those that were held back.
        if (world.creations?.on_limit === 'retry') return;
        const latest_us = Math.max(reported(world)[i]!.arrival_s * 1e6 + deadline_us, one.start_us + 1);
        assert(one.end_us <= latest_us);
        if (one.outcome === 'canceled') assert.equal(one.end_us, latest_us);
      });
    });
  });

  test('in no creation windows do more requests enter than may', () => {
    holds((world) => {
      if (world.creations === undefined) return;
      const { limit, period_s, on_limit } = world.creations;
      const windowOf = (time_us: number) => Math.floor(time_us / (period_s * 1e6));
      // The first and the last window in which a request can have entered. One that is rejected by the limit has
      // not; when others that never started entered is not told unless they entered as they came.
      const entries = byEngine(world).outcomes.flatMap((one, i) => {
        const first = windowOf(reported(world)[i]!.arrival_s * 1e6);
        if (on_limit === 'reject') return one.outcome === 'rejected' ? [] : [{ first, last: first }];
        return Number.isNaN(one.start_us) ? [] : [{ first, last: windowOf(one.start_us) }];
      });
      const [firsts, lasts] = [
        new Set(entries.map((one) => one.first)),
        new Set(entries.map((one) => one.last)),
      ];
      const tooMany = [...firsts].flatMap((first) =>
        [...lasts].filter((last) => {
          const within = entries.filter((one) => one.first >= first && one.last <= last).length;
          return within > Math.max(0, limit * (last - first + 1));
        }),
      );
      expect(tooMany).toEqual([]);
    });
  });

  test('nobody is rejected who may come back and finds no limit of the queue', () => {
    holds((world) => {
      if (world.queueLimit < Infinity || world.creations?.on_limit === 'reject') return;
      expect(byEngine(world).outcomes.filter((one) => one.outcome === 'rejected')).toEqual([]);
    });
  });

  test('every request has one fate, and the hours count them all', () => {
    holds((world) => {
      const { hours, outcomes } = byEngine(world);
      expect(outcomes).toHaveLength(reported(world).length);
      const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
      for (const fate of ['completed', 'failed', 'canceled', 'rejected', 'aborted'] as const) {
        assert.equal(sum(hours[fate]), outcomes.filter((one) => one.outcome === fate).length);
      }
      assert.equal(sum(hours.requests), outcomes.length);
      hours.requests.forEach((requests, h) => {
        const resolved = [hours.completed, hours.failed, hours.canceled, hours.rejected, hours.aborted];
        assert.equal(
          resolved.reduce((total, fate) => total + fate[h]!, 0),
          requests,
        );
      });
    });
  });

  test('how requests are cut into batches changes nothing', () => {
    holds((world) => {
      expect(byEngine(world, 1)).toEqual(byEngine(world, 1000));
    });
  });
});

describe('a limit that is never reached changes nothing', () => {
  test.each([
    ['a timeout', { timeout_s: 1e9 }],
    ['a deadline', { deadline_s: 1e9 }],
    ['a creation limit', { creations: { limit: 1e9, period_s: 7, on_limit: 'retry' as const } }],
    [
      'all of them at once',
      {
        timeout_s: 1e9,
        deadline_s: 1e9,
        creations: { limit: 1e9, period_s: 7, on_limit: 'reject' as const },
      },
    ],
    ['an adapter that takes no time to load', { adapters: { cache: 1, load: NO_TIME, affinity: false } }],
  ])('%s', (_, limit) => {
    holds((world) => {
      const without = {
        timeout_s: Infinity,
        deadline_s: Infinity,
        creations: undefined,
        adapters: undefined,
      };
      const { hours: limited, outcomes } = byEngine({ ...world, ...without, ...limit });
      const free = byEngine({ ...world, ...without });
      expect(outcomes).toEqual(free.outcomes);
      expect({ ...limited, adapter_loads: 0 }).toEqual({ ...free.hours, adapter_loads: 0 });
    });
  });
});

/** A pool of constant size without limits, where more service can only help. */
const plainWorld = arbitraryWorld.map(
  (world): World => ({
    ...world,
    begin_s: 0,
    start: 'warm',
    keepWarm: [{ at_s: 0, containers: world.maxContainers }],
    queueLimit: Number.POSITIVE_INFINITY,
    startDeadline_s: Number.POSITIVE_INFINITY,
    scaling: { rule: 'load', buffer: 0 },
    timeout_s: Number.POSITIVE_INFINITY,
    deadline_s: Number.POSITIVE_INFINITY,
    creations: undefined,
    adapters: undefined,
    requests: world.requests.filter((one) => one.arrival_s >= 0).map((one) => ({ ...one, ours: true })),
  }),
);

/** Waits by identity of the request. */
function waits(world: World): number[] {
  return byEngine(world).outcomes.map((one, i) => one.start_us - world.requests[i]!.arrival_s * 1e6);
}

function noneWaitsLonger(change: (world: World, at: number) => { world: World; kept: number[] }): void {
  fc.assert(
    fc.property(plainWorld, fc.nat(), (world, at) => {
      fc.pre(world.requests.length > 0);
      const before = waits(world);
      const { world: changed, kept } = change(world, at % world.requests.length);
      const after = waits(changed);
      kept.forEach((original, i) => {
        assert(after[i]! <= before[original]!);
      });
    }),
    { numRuns: WORLDS, seed: 11 },
  );
}

describe('in a pool of constant size without limits, no other request waits longer', () => {
  const all = (world: World) => world.requests.map((_, i) => i);

  test('with one more server', () => {
    noneWaitsLonger((world) => {
      const more = world.maxContainers + 1;
      return {
        world: { ...world, maxContainers: more, keepWarm: [{ at_s: 0, containers: more }] },
        kept: all(world),
      };
    });
  });

  test('with one service shorter', () => {
    noneWaitsLonger((world, at) => {
      const requests = world.requests.map((one, i) =>
        i === at ? { ...one, service_s: one.service_s / 2 } : one,
      );
      return { world: { ...world, requests }, kept: all(world) };
    });
  });

  test('with one request less', () => {
    noneWaitsLonger((world, at) => ({
      world: { ...world, requests: world.requests.filter((_, i) => i !== at) },
      kept: all(world).filter((i) => i !== at),
    }));
  });
});

test('a world whose times are all k times as long has results whose times are all k times as long', () => {
  const scalable = arbitraryWorld.filter((world) =>
    [world.coldStart, world.window, world.adapters?.load, world.preload].every(
      (law) => law === undefined || law.distribution === 'constant',
    ),
  );
  fc.assert(
    fc.property(scalable, fc.integer({ min: 2, max: 50 }), (world, k) => {
      fc.pre(world.requests.every((one) => one.service_s > 0));
      const law = (value: typeof world.coldStart) =>
        value.distribution === 'constant' ? { ...value, value: k * value.value } : value;
      const slow: World = {
        ...world,
        begin_s: k * world.begin_s,
        duration_s: k * world.duration_s,
        hour_s: k * world.hour_s,
        day_s: k * world.day_s,
        keepWarm: world.keepWarm.map((entry) => ({ ...entry, at_s: k * entry.at_s })),
        startDeadline_s: k * world.startDeadline_s,
        timeout_s: k * world.timeout_s,
        deadline_s: k * world.deadline_s,
        rounding_s: k * world.rounding_s,
        creations: world.creations && { ...world.creations, period_s: k * world.creations.period_s },
        adapters: world.adapters && { ...world.adapters, load: law(world.adapters.load) },
        preload: world.preload && law(world.preload),
        scaling:
          world.scaling.rule === 'queue-delay'
            ? {
                rule: 'queue-delay',
                value_s: k * world.scaling.value_s,
                check_period_s: k * world.scaling.check_period_s,
              }
            : world.scaling,
        coldStart: law(world.coldStart),
        window: law(world.window),
        requests: world.requests.map((one) => ({
          ...one,
          arrival_s: k * one.arrival_s,
          service_s: k * one.service_s,
        })),
      };
      const [short, long] = [byEngine(world), byEngine(slow)];
      // The shortest service, of a request that is started at its very deadline, is 1 microsecond in any world.
      fc.pre(byTwin(world).outcomes.every((one) => one.end_us - one.start_us !== 1));
      expect(long.outcomes.map((one) => [one.start_us, one.outcome, one.cold])).toEqual(
        short.outcomes.map((one) => [k * one.start_us, one.outcome, one.cold]),
      );
      const times = [
        'alive_us',
        'busy_us',
        'starting_us',
        'latency_us',
        'wait_us',
        'run_us',
        'cut_us',
        'floor_us',
        'rounding_us',
      ];
      for (const time of times as 'alive_us'[]) {
        expect([...long.hours[time]]).toEqual([...short.hours[time]].map((us) => k * us));
      }
    }),
    { numRuns: WORLDS, seed: 13 },
  );
});
