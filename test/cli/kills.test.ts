import { expect, test } from 'vitest';
import { killAtRandom } from '../../scripts/kills.ts';
import { LONG } from '../long.ts';

const KILLS = LONG ? 10 : 2;

test.each(['run', 'sweep'] as const)(
  '%s killed at random moments leaves old files or new ones, and the next one finishes',
  { timeout: 120_000 },
  async (command) => {
    const { kills, faults } = await killAtRandom(command, KILLS, 3);
    expect(faults).toEqual([]);
    expect(kills).toBeGreaterThanOrEqual(KILLS / 2);
  },
);
