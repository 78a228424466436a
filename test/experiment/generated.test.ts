import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupsOf } from '../../src/experiment/cells.ts';
import { replicationRowsOf } from '../../src/experiment/run.ts';
import { scenarioOf, simulate } from '../oracles/simulate.ts';
import { arbitraryParts, type ScenarioParts, scenarioText } from './arbitrary-scenario.ts';
import { groupCells } from './cell-results.ts';

/** More scenarios: SCENARIOS=10000 npx vitest run test/experiment/generated.test.ts */
const SCENARIOS = Number(process.env.SCENARIOS ?? 60);

function hold(law: (parts: ScenarioParts) => void): void {
  fc.assert(fc.property(arbitraryParts, law), { numRuns: SCENARIOS, seed: 20261127 });
}

test('every request has one fate, every container one state, in every hour of any scenario', () => {
  hold((parts) => {
    for (const { runs, platform } of simulate(scenarioOf(scenarioText(parts))).platforms) {
      for (const { hours } of runs) {
        hours.requests.forEach((requests, h) => {
          const served = hours.completed[h]! + hours.failed[h]! + hours.canceled[h]!;
          expect([platform.name, served + hours.rejected[h]! + hours.aborted[h]!]).toEqual([
            platform.name,
            requests,
          ]);
          const alive = hours.starting_us[h]! + hours.busy_us[h]! + hours.idle_us[h]!;
          expect([platform.name, alive]).toEqual([platform.name, hours.alive_us[h]!]);
          expect(hours.floor_us[h]! <= hours.alive_us[h]!).toBe(true);
          expect(hours.cold_wait_us[h]! <= hours.wait_us[h]!).toBe(true);
          expect(hours.containers_max[h]! <= platform.policy.max_containers).toBe(true);
        });
      }
    }
  });
});

test('the hours add up to the totals, and the parts of the cost to the cost', () => {
  hold((parts) => {
    const result = simulate(scenarioOf(scenarioText(parts)));
    const rows = [...replicationRowsOf(result)] as Record<string, number | string>[];
    for (const { name, summary } of result.platforms) {
      const own = rows.filter((row) => row.platform === name) as Record<string, number>[];
      for (const count of [
        'requests',
        'completed',
        'rejected',
        'aborted',
        'failed',
        'canceled',
        'images',
        'cold_starts',
      ])
        expect([count, own.reduce((sum, row) => sum + row[count]!, 0)]).toEqual([count, summary.row[count]]);
      for (const row of own) {
        const sum = ['starting', 'busy', 'idle', 'request'].reduce(
          (total, part) => total + row[`cost_${part}_usd`]!,
          0,
        );
        expect(sum).toBeCloseTo(row.cost_usd!, 10);
      }
    }
  });
});

test('a platform is the same alone, beside others, and as a cell of a grid', () => {
  hold((parts) => {
    const whole = simulate(scenarioOf(scenarioText(parts)));
    for (const [k, text] of parts.platforms.entries()) {
      const alone = scenarioOf(scenarioText({ ...parts, platforms: [text] }, [`p${k}`]));
      const [only] = simulate(alone).platforms;
      expect(only!.summary.row).toEqual(whole.platforms[k]!.summary.row);
      expect(only!.hourly).toEqual(whole.platforms[k]!.hourly);
      const [cell] = groupCells(groupsOf([alone, alone], `p${k}`)[0]!);
      expect(cell!.summary.row).toEqual(only!.summary.row);
    }
  });
});

test('dearer by half, everything else is the same', () => {
  hold((parts) => {
    const dearer = (text: string) =>
      text.replace(
        /(usd_per_\w+|price_per_image): ([\d.]+)/,
        (_, key, price) => `${key}: ${Number(price) * 1.5}`,
      );
    const { platforms, trainings } = parts;
    const [cheap, dear] = [
      parts,
      {
        ...parts,
        platforms: platforms.map(dearer),
        trainings: trainings && ([trainings[0], dearer(trainings[1])] as const),
      },
    ].map((some) => simulate(scenarioOf(scenarioText(some))));
    for (const [k, { summary }] of cheap!.platforms.entries()) {
      const other = dear!.platforms[k]!.summary.row;
      for (const [name, value] of Object.entries(summary.row)) {
        // A month has a fee and a credit, which are not scaled.
        if (name === 'cost_usd_per_month') continue;
        if (typeof value !== 'number') expect([name, other[name]]).toEqual([name, value]);
        else expect(other[name] as number, name).toBeCloseTo(name.includes('_usd') ? 1.5 * value : value, 9);
      }
    }
  });
});
