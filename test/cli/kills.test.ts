import { expect, test } from 'vitest';
import { killAtRandom } from '../../scripts/kills.ts';

test.each(['run', 'sweep'] as const)(
  '%s killed at random moments leaves old files or new ones, and the next one finishes',
  { timeout: 60_000 },
  async (command) => {
    const { kills, faults } = await killAtRandom(command, 5, 3);
    expect(faults).toEqual([]);
    expect(kills).toBeGreaterThan(2);
  },
);
