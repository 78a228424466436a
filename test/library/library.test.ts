import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { loadScenario, run, ScenarioError, verdict } from '../../src/index.ts';

const FILE = resolve(import.meta.dirname, '../../scenarios/keep-warm-0-or-1.yaml');

test('a scenario that was loaded runs, as it is or taken out, and says the same', async () => {
  const loaded = await loadScenario(FILE);
  const shares: number[] = [];
  const result = await run(loaded, { onProgress: (share) => shares.push(share) });
  const again = await run(loaded.scenario, { threads: 2 });
  expect(result.platforms.map(({ platform }) => platform.name)).toEqual(['keep-warm-0', 'keep-warm-1']);
  expect(again.platforms.map(({ summary }) => summary.row)).toEqual(
    result.platforms.map(({ summary }) => summary.row),
  );
  expect(verdict(result)).toMatch(/^keep-warm-0 is cheaper than keep-warm-1 by /);
  expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
});

test('values can be given in place of those of the file, and what is wrong is an error with its problems', async () => {
  const set = (value: unknown) => [
    { option: 'keep_warm', path: ['platforms', 'keep-warm-0', 'keep_warm'], value },
  ];
  const { scenario } = await loadScenario(FILE, set(3));
  expect(scenario.platforms[0]!.policy.keep_warm).toEqual([{ at_s: 0, containers: 3 }]);
  const refused = await loadScenario(FILE, set(-1)).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ScenarioError);
  expect((refused as ScenarioError).problems).toHaveLength(1);
});

test('a run that is told to stop, stops', async () => {
  const { scenario } = await loadScenario(FILE);
  const controller = new AbortController();
  const long = { ...scenario, replications: 100_000 };
  const stopped = run(long, { signal: controller.signal, onProgress: () => controller.abort() });
  await expect(stopped).rejects.toThrow();
});
