import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { expectedWork } from '../../src/experiment/replication.ts';
import { verdict } from '../../src/experiment/sentence.ts';
import { within } from '../../src/explorer/budget.ts';
import { type Answer, PARTS } from '../../src/explorer/protocol.ts';
import { answers } from '../../src/explorer/work.ts';
import { ROOT } from '../cli/spawn.ts';
import { scenarioOf, simulate } from '../oracles/simulate.ts';

const scenario = scenarioOf(readFileSync(join(ROOT, 'scenarios', 'flux-dev-crossover.yaml'), 'utf8'));
const small = { ...scenario, replications: 5, duration_us: 6 * 3600e6 };

async function collected(one: typeof scenario, hour = 0): Promise<Answer[]> {
  const all: Answer[] = [];
  const request = { id: 1, scenario: one, parts: PARTS, pair: [0, 1], tuned: 1, hour } as const;
  for await (const answer of answers(request, async () => {})) all.push(answer);
  return all;
}

function of<Kind extends Answer['kind']>(
  all: readonly Answer[],
  kind: Kind,
): Extract<Answer, { kind: Kind }>[] {
  return all.filter((answer) => answer.kind === kind) as Extract<Answer, { kind: Kind }>[];
}

describe('the answers', () => {
  test('begin with a coarse summary, and end with the numbers of the command line', async () => {
    const all = await collected(small);
    const [coarse, fine] = of(all, 'summary');
    const result = simulate(small);
    expect([coarse!.isCoarse, fine!.isCoarse]).toEqual([true, false]);
    expect(fine!.rows).toEqual(result.platforms.map(({ summary }) => summary.row));
    expect(fine!.verdict).toBe(verdict(result));
    expect(fine!.warnings).toEqual(result.warnings);
  });

  test('draw an hour whose containers add up to those of the hour', async () => {
    const [pool] = of(await collected(small, 3), 'pool');
    const one = simulate({ ...small, replications: 1 });
    for (const [k, track] of pool!.platforms.entries()) {
      const row = one.platforms[k]!.hourly[3]!;
      const total_s = (values: readonly number[]) => values.reduce((sum, x) => sum + 15 * x, 0);
      expect(total_s(track.busy)).toBeCloseTo(row.busy_s as number, 3);
      expect(total_s(track.idle)).toBeCloseTo(row.idle_s as number, 3);
      expect(total_s(track.starting)).toBeCloseTo(row.starting_s as number, 3);
    }
    expect([pool!.at_s.length, pool!.at_s[0], pool!.at_s.at(-1)]).toEqual([240, 7.5, 3592.5]);
  });

  test('hold the curve, which crosses where the costs meet, and the whole map, whose best is the cheapest that meets the SLO', async () => {
    const all = await collected(small);
    const [curve] = of(all, 'curve');
    expect(curve!.rates_per_hour).toHaveLength(13);
    expect(curve!.sides[0].value.every((cost) => Math.abs(cost! - 0.03) < 1e-9)).toBe(true);
    expect(curve!.crossings).toHaveLength(1);
    expect([curve!.crossings[0]!.below, curve!.crossings[0]!.above]).toEqual(['replicate', 'modal']);
    expect(curve!.formula_images_per_hour).toBeCloseTo(83.28, 2);
    const maps = of(all, 'map');
    const last = maps.at(-1)!;
    expect(maps.map(({ cells }) => cells.length)).toEqual(last.keepWarm.map((_, k) => k + 1));
    const cells = last.cells.flat();
    const met = cells.filter(({ slo }) => slo === 'met').map((cell) => cell.cost_usd_per_hour as number);
    const best = cells.filter(({ isBest }) => isBest);
    expect(best.map((cell) => cell.cost_usd_per_hour)).toEqual([Math.min(...met)]);
    // The cell of the scenario's own settings costs what the scenario costs, within what chance allows.
    const own = last.cells[1]![3]!.cost_usd_per_hour as number;
    const fine = of(all, 'summary').at(-1)!.rows[1]!;
    const half = (fine.cost_usd_per_hour_ci_high as number) - (fine.cost_usd_per_hour as number);
    expect(Math.abs(own - (fine.cost_usd_per_hour as number))).toBeLessThan(3 * half);
  });

  test('leave out what nobody can ask of one platform', async () => {
    const kinds = new Set<string>();
    const one = { ...small, platforms: [small.platforms[0]!] };
    for await (const { kind } of answers(
      { id: 1, scenario: one, parts: PARTS, pair: undefined, tuned: undefined, hour: 0 },
      async () => {},
    ))
      kinds.add(kind);
    expect([...kinds].sort()).toEqual(['pool', 'progress', 'summary']);
  });
});

test('what is not asked is not answered', async () => {
  const kinds: string[] = [];
  const request = { id: 1, scenario: small, parts: ['pool'], pair: [0, 1], tuned: 1, hour: 99 } as const;
  for await (const answer of answers(request, async () => {})) {
    kinds.push(answer.kind);
    // The last hour stands for one that there is not.
    if (answer.kind === 'pool') expect(answer.hour).toBe(5);
  }
  expect(kinds).toEqual(['pool']);
});

test('of traffic that changes with the day, every part is of whole days', { timeout: 60_000 }, async () => {
  const text = readFileSync(join(ROOT, 'scenarios', 'peak-hours.yaml'), 'utf8');
  const daily = { ...scenarioOf(text), replications: 6 };
  const all: Answer[] = [];
  const request = { id: 1, scenario: daily, parts: PARTS, pair: [0, 1], tuned: 1, hour: 0 } as const;
  for await (const answer of answers(request, async () => {})) all.push(answer);
  const whole = simulate(daily).platforms[1]!.summary.row;
  const near = (found: unknown) => expect(Number(found) / Number(whole.cost_usd_per_hour)).toBeCloseTo(1, 1);
  for (const { rows } of of(all, 'summary')) near(rows[1]!.cost_usd_per_hour);
  const { cells, keepWarm, windows_s } = of(all, 'map').at(-1)!;
  const { keep_warm, idle_window } = daily.platforms[1]!.policy;
  near(
    cells[keepWarm.indexOf(keep_warm[0]!.containers)]![
      windows_s.indexOf((idle_window as { value: number }).value)
    ]!.cost_usd_per_hour,
  );
  const [curve] = of(all, 'curve');
  const middle = (curve!.rates_per_hour.length - 1) / 2;
  expect(curve!.sides[1].value[middle]! / Number(whole.cost_usd_per_image)).toBeCloseTo(1, 1);
});

describe('a budget', () => {
  test('is kept by fewer replications first, then by a shorter run', () => {
    expect(within(scenario, 1e9)).toEqual(scenario);
    const fewer = within(scenario, expectedWork(scenario) / 2);
    expect([fewer.replications, fewer.duration_us]).toEqual([10, scenario.duration_us]);
    const shorter = within(scenario, 50_000);
    expect(shorter.replications).toBe(4);
    expect(expectedWork(shorter)).toBeLessThanOrEqual(50_001);
    expect(within(scenario, 1).duration_us).toBe(3600e6);
    expect(within({ ...scenario, replications: 1 }, 50_000).replications).toBe(1);
    const long = { ...scenario, duration_us: 30 * 86_400e6 };
    const days = (text: string) => {
      const { sources } = scenarioOf(
        `name: x\ntraffic: [{ ${text} }]\nplatforms: { a: { kind: dedicated, machines: 1, usd_per_hour: 1, seconds_per_image: 1 } }\n`,
      );
      return within({ ...long, sources }, 50_000).duration_us / 86_400e6;
    };
    const hours = `[${Array.from({ length: 24 }, (_, h) => `${h}/h`).join(', ')}]`;
    expect(days(`process: hourly, rates: ${hours}`)).toBe(1);
    expect(days(`process: hourly, weekend_factor: 0.5, rates: ${hours}`)).toBe(7);
    expect(days('process: diurnal, rate: 60/h, amplitude: 0.5')).toBe(1);
    expect(
      days('process: flash-crowd, base_rate: 20/h, at: 40m, peak_rate: 900/h, rise: 1m, decay: 5m'),
    ).toBe(30);
    expect(days('process: poisson, rate: 60/h')).toBeLessThan(1);
    expect(within({ ...long, start: 'cycle' }, 50_000).duration_us).toBe(86_400e6);
  });
});
