import fc from 'fast-check';
import type { Scaling } from '../../src/pool/policy.ts';
import type { DistributionSpec } from '../../src/random/distributions/table.ts';
import type { World } from '../pool-worlds.ts';

const whole = (min: number, max: number) => fc.integer({ min, max });

/** Times that tie: zero, whole seconds, and now and then a fraction. */
const time = (max: number) =>
  fc.oneof(
    { weight: 8, arbitrary: whole(0, max) },
    { weight: 1, arbitrary: whole(0, 4 * max).map((x) => x / 4) },
  );

const law = (max: number): fc.Arbitrary<DistributionSpec> =>
  fc.oneof(
    {
      weight: 3,
      arbitrary: time(max).map((value): DistributionSpec => ({ distribution: 'constant', value })),
    },
    {
      weight: 2,
      arbitrary: fc
        .array(fc.record({ weight: whole(1, 3), value: time(max) }), { minLength: 2, maxLength: 4 })
        .map(
          (parts): DistributionSpec => ({
            distribution: 'mixture',
            parts: parts.map(({ weight, value }) => ({ weight, of: { distribution: 'constant', value } })),
          }),
        ),
    },
    {
      weight: 1,
      arbitrary: whole(0, max).map(
        (max_): DistributionSpec => ({ distribution: 'uniform', min: 0, max: max_ }),
      ),
    },
  );

const request = (span: number, service: fc.Arbitrary<number>) =>
  fc.record({
    arrival_s: fc.oneof(
      { weight: 6, arbitrary: whole(0, span - 1) },
      { weight: 1, arbitrary: whole(0, 4 * span - 1).map((x) => x / 4) },
    ),
    service_s: service,
    images: whole(0, 3),
    adapter: whole(-1, 3),
    ours: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  });

/** A few requests, or many at once. */
const requestsOf = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc.oneof(fc.array(one, { maxLength: 60 }), fc.array(one, { maxLength: 60, size: 'max' }));

/** Any world: every policy, ties everywhere, shared pools, tables, and passes on negative time. */
export const arbitraryWorld: fc.Arbitrary<World> = fc
  .record({
    seed: whole(0, 1000),
    cycle: fc.boolean(),
    constant: fc.option(whole(1, 6), { nil: undefined }),
    hour_s: fc.constantFrom(10, 17, 60),
    hours: whole(1, 4),
    part: whole(0, 9),
    start: fc.constantFrom('warm' as const, 'empty' as const),
    maxContainers: fc.oneof(whole(1, 5), fc.constant(40)),
    table: fc.uniqueArray(fc.record({ at_s: whole(0, 39), containers: whole(0, 5) }), {
      minLength: 1,
      maxLength: 4,
      selector: (entry) => entry.at_s,
    }),
    scaling: fc.oneof(
      {
        weight: 3,
        arbitrary: fc.oneof(fc.constant(0), whole(0, 3)).map((buffer): Scaling => ({ rule: 'load', buffer })),
      },
      { weight: 1, arbitrary: whole(1, 4).map((value): Scaling => ({ rule: 'request-count', value })) },
      {
        weight: 2,
        arbitrary: fc
          .record({ value_s: time(5), check_period_s: whole(1, 4) })
          .map((rule): Scaling => ({ rule: 'queue-delay', ...rule })),
      },
    ),
    timeout_s: fc.oneof(fc.constant(Number.POSITIVE_INFINITY), whole(1, 7)),
    deadline_s: fc.oneof(fc.constant(Number.POSITIVE_INFINITY), time(12)),
    creations: fc.option(
      fc.record({
        limit: whole(1, 4),
        period_s: whole(2, 9),
        on_limit: fc.constantFrom('retry' as const, 'reject' as const),
      }),
      { nil: undefined },
    ),
    rounding_s: fc.constantFrom(0, 1, 4),
    adapters: fc.option(fc.record({ cache: whole(1, 3), load: law(4), affinity: fc.boolean() }), {
      nil: undefined,
    }),
    preload: fc.option(law(3), { nil: undefined }),
    queueLimit: fc.oneof(
      { weight: 2, arbitrary: fc.constant(Number.POSITIVE_INFINITY) },
      { weight: 1, arbitrary: whole(0, 4) },
    ),
    startDeadline_s: fc.oneof(
      { weight: 2, arbitrary: fc.constant(Number.POSITIVE_INFINITY) },
      { weight: 1, arbitrary: time(8) },
    ),
    dispatch: fc.constantFrom('most-recent' as const, 'least-recent' as const, 'random' as const),
    coldStart: law(12),
    window: law(15),
  })
  .chain(({ cycle, constant, hours, part, table, ...world }) => {
    const duration_s = Math.max(1, hours * world.hour_s - part);
    const service = constant === undefined ? time(9) : fc.constant(constant);
    const begin_s = cycle && isOneSequence(world) ? -duration_s : 0;
    return requestsOf(request(duration_s - begin_s, service)).map(
      (requests): World => ({
        ...world,
        duration_s,
        begin_s,
        day_s: 40,
        keepWarm: table
          .map((entry) => ({ ...entry, containers: Math.min(entry.containers, world.maxContainers) }))
          .sort((a, b) => a.at_s - b.at_s),
        requests: requests
          .map((one) => ({ ...one, arrival_s: one.arrival_s + begin_s }))
          .sort((a, b) => a.arrival_s - b.arrival_s || Number(b.ours) - Number(a.ours)),
      }),
    );
  });

/** At 0 the streams of a second pass begin anew, which the twin does not know: there, quantities must be constant. */
function isOneSequence({
  coldStart,
  window,
  dispatch,
  adapters,
  preload,
}: Pick<World, 'coldStart' | 'window' | 'dispatch' | 'adapters' | 'preload'>): boolean {
  const laws = [coldStart, window, adapters?.load ?? coldStart, preload ?? coldStart];
  return laws.every((one) => one.distribution === 'constant') && dispatch !== 'random';
}
