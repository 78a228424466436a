import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Journal } from '../../src/cli/journal.ts';
import { gridResults } from '../../src/cli/sweep-work.ts';
import { groupsOf } from '../../src/experiment/cells.ts';
import { axesOf, settingsOf } from '../../src/experiment/grid.ts';
import { scenarioOf } from '../oracles/simulate.ts';
import { SCENARIO } from '../scenario/problems.ts';
import { temporaryFolder } from './temporary.ts';

const folder = temporaryFolder();

test.each([1, 2])(
  'a cell that breaks leaves the others whole and the journal in place, in %i threads',
  async (threads) => {
    const scenario = { ...scenarioOf(SCENARIO), replications: 2, duration_us: 20 * 86_400e6 };
    const axes = axesOf({ platform: 'modal', grid: { keep_warm: [0, 1, 2, 3, 4, 5] } });
    const settings = settingsOf(axes);
    const cells = settings.map((_, k) => {
      const [modal] = scenario.platforms;
      // No schema lets this through: the law of the cold start is none.
      const policy =
        k < 5 ? modal!.policy : { ...modal!.policy, cold_start: { distribution: 'none' } as never };
      return { ...scenario, platforms: [{ ...modal!, policy }] };
    });
    const groups = groupsOf(cells, 'modal');
    const journal = Journal.open(join(folder, `journal-${threads}`), { of: 'a test' });
    const { cells: found, failures } = await gridResults(
      { groups, axes, settings, replications: 2, slo: {} },
      {
        journal,
        threads,
        precision: undefined,
        progress: { update: () => {}, stop: () => {} },
        signal: new AbortController().signal,
      },
    );
    journal.close();
    const broken = groups.find((group) => group.cells.includes(5))!.cells;
    for (const [k, cell] of found.entries()) expect([k, cell === undefined]).toEqual([k, broken.includes(k)]);
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatch(/^the cell keep_warm \d( and \d computed with it)? failed: /);
  },
);
