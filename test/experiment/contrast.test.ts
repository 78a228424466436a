import { describe, expect, it } from 'vitest';
import { difference } from '../../src/experiment/compare.ts';
import { type Contestant, contrasts, isPaired } from '../../src/experiment/contrast.ts';
import { contrastRows, contrastWords } from '../../src/render/contrast-report.ts';
import { scenarioOf, simulate } from '../oracles/simulate.ts';

const result = simulate(
  scenarioOf(`name: two
duration: 6h
replications: 8
traffic: [{ process: poisson, rate: 120/h }]
platforms:
  short: { kind: modal, usd_per_second: 0.001, seconds_per_image: 6, container_idle_timeout: 5s }
  long: { kind: modal, usd_per_second: 0.001, seconds_per_image: 6, container_idle_timeout: 120s }
`),
);
const [short, long] = result.platforms.map(
  ({ name, summary, totals }): Contestant => ({
    name,
    row: summary.row,
    totals,
    hours: 6,
    traffic: 'same',
    isShared: false,
  }),
) as [Contestant, Contestant];
const by = (found: ReturnType<typeof contrasts>, name: string) => found.find((one) => one.name === name)!;

describe('two platforms side by side', () => {
  it('differ by replication where they served the same requests, as the sentence below a run says', () => {
    const found = contrasts(long, short);
    const [b, a] = result.platforms;
    const known = difference(b!, a!, result.scenario.duration_us);
    const cost = by(found, 'cost_usd_per_hour').difference;
    for (const key of ['value', 'low', 'high'] as const) {
      expect(cost[key]).toBeCloseTo(known.cost_usd_per_hour[key]!, 12);
      expect(by(found, 'latency_p95_s').difference[key]).toBeCloseTo(known.latency_p95_s[key]!, 9);
    }
  });

  it('have parts that add up to the whole', () => {
    const found = contrasts(short, long);
    const parts = ['starting', 'busy', 'idle', 'request'].map((part) =>
      by(found, `cost_${part}_usd_per_hour`),
    );
    for (const side of ['a', 'b'] as const)
      expect(parts.reduce((sum, part) => sum + part[side]!, 0)).toBeCloseTo(
        by(found, 'cost_usd_per_hour')[side]!,
        9,
      );
    const states = ['starting', 'busy', 'idle'].map((state) => by(found, `${state}_s_per_hour`).a!);
    expect(states.reduce((sum, x) => sum + x, 0) / 3600).toBeCloseTo(by(found, 'containers_mean').a!, 9);
    // The same requests keep both equally busy.
    expect(by(found, 'busy_s_per_hour').difference.value).toBeCloseTo(0, 0);
  });

  it('have the intervals of both added up where nobody knows what they served', () => {
    const stranger = { ...long, traffic: undefined };
    expect([isPaired(short, long), isPaired(short, stranger)]).toEqual([true, false]);
    const cost = by(contrasts(short, stranger), 'cost_usd_per_hour').difference;
    const halves = [short, stranger].map(
      ({ row }) =>
        (((row.cost_usd_per_hour_ci_high as number) - (row.cost_usd_per_hour_ci_low as number)) / 2) ** 2,
    );
    expect(cost.high! - cost.value!).toBeCloseTo(Math.sqrt(halves[0]! + halves[1]!), 12);
  });

  it('are equal to themselves', () => {
    const found = contrasts(short, short);
    for (const { difference: apart } of found)
      expect([apart.value, apart.low, apart.high]).toEqual([0, 0, 0]);
  });

  it('are told with what drives the difference', () => {
    const found = contrasts(short, long);
    expect(contrastRows(short, long, found)[0]).toEqual(['', 'A: short', 'B: long', 'B - A']);
    expect(contrastWords(short, long, found).join(' ')).toMatch(
      /same requests.*The difference in cost, \+\$[\d.]+ an hour, is \+\$[\d.]+ idle/,
    );
  });
});
