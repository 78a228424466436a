import { expect, test } from 'vitest';
import { fingerprintOf } from '../../src/cli/commands/verify.ts';
import { WORTH_THREADS } from '../../src/cli/execute.ts';
import { completed } from '../../src/core/completed.ts';
import { runGroup } from '../../src/experiment/cells.ts';
import { expectedWork } from '../../src/experiment/replication.ts';
import { FINGERPRINT, FINGERPRINT_SCENARIO } from '../../src/experiment/verification/fingerprint.ts';
import { measured } from '../../src/experiment/verification/measured.ts';
import {
  CASES,
  type Comparison,
  comparisonsOf,
  plantedOf,
} from '../../src/experiment/verification/verdict.ts';
import { isVerified, verifyLines, verifyWords } from '../../src/render/verify-report.ts';
import { LONG } from '../long.ts';
import { scenarioOf } from '../oracles/simulate.ts';
import { warmpool } from './spawn.ts';

test.runIf(LONG)(
  'all exact values are held, false ones refused, and the bytes are those of the release',
  {
    timeout: 170_000,
  },
  async () => {
    const { code, stdout, stderr } = await warmpool(['verify', '--json']);
    const { comparisons, planted, lambda, faults, isRight } = JSON.parse(stdout);
    const shown = (some: Comparison[]) => some.map(({ name, quantity, z }) => [name, quantity, z]);
    expect(shown(comparisons.filter(({ isHeld }: Comparison) => !isHeld))).toEqual([]);
    expect(shown(planted.filter(({ isHeld }: Comparison) => isHeld))).toEqual([]);
    expect([comparisons.length > 60, planted.length > 40]).toEqual([true, true]);
    expect([lambda.coldShare < 0.15, lambda.instances < 0.04]).toEqual([true, true]);
    expect([code, stderr, faults, isRight]).toEqual([0, '', [], true]);
  },
);

test('a fifth of the exact values are held, and false ones refused', { timeout: 120_000 }, () => {
  for (const one of CASES.filter((_, k) => k % 5 === 0)) {
    const scenario = scenarioOf(one.scenario);
    const runs = Array.from({ length: scenario.replications }, (_, r) => completed(runGroup(scenario, r)));
    const found = measured(scenario, runs);
    expect(comparisonsOf(one, found).filter(({ isHeld }) => !isHeld)).toEqual([]);
    expect(plantedOf(one, found).filter(({ isHeld }) => isHeld)).toEqual([]);
  }
});

test('the bytes are those of the release', async () => {
  expect(await fingerprintOf(scenarioOf(FINGERPRINT_SCENARIO), 1)).toBe(FINGERPRINT);
});

test('the bytes are really made in several threads', () => {
  expect(expectedWork(scenarioOf(FINGERPRINT_SCENARIO))).toBeGreaterThan(1.2 * WORTH_THREADS);
});

test('a value that is missed, one that is believed, or other bytes are told', () => {
  const one = CASES.find(({ refuses }) => refuses?.includes('sojourn'))!;
  const truth = one.truths.sojourn!;
  const found = (value: number) =>
    Object.fromEntries(
      Object.entries(one.truths).map(([name, exact]) => [
        name,
        { value: (exact * value) / truth, low: exact * 0.99, high: (exact * value) / truth + exact * 0.001 },
      ]),
    ) as Parameters<typeof comparisonsOf>[1];
  const lambda = { coldShare: 0.1, instances: 0.03 };
  const right = [comparisonsOf(one, found(truth)), plantedOf(one, found(truth))] as const;
  const wrong = [comparisonsOf(one, found(1.02 * truth)), plantedOf(one, found(1.02 * truth))] as const;
  expect(isVerified(...right, lambda, [])).toBe(true);
  expect(isVerified(...wrong, lambda, [])).toBe(false);
  expect(isVerified(right[0], wrong[1], lambda, [])).toBe(false);
  expect(isVerified(...right, { ...lambda, instances: 0.05 }, [])).toBe(false);
  expect(isVerified(...right, lambda, ['other bytes'])).toBe(false);
  expect(verifyLines(wrong[0]).join('\n')).toMatch(/sojourn, s .*!/);
  const words = verifyWords(...wrong, lambda, ['other bytes']).join(' ');
  expect(words).toMatch(/missed \(!\).*believed.*other bytes/);
  for (const line of verifyLines(right[0])) expect(line.length).toBeLessThanOrEqual(80);
});
