import { expect } from 'vitest';
import { completed } from '../../src/core/completed.ts';
import { replicate } from '../../src/experiment/replication.ts';
import { type RunResult, runResult } from '../../src/experiment/run.ts';
import { ScenarioReader } from '../../src/scenario/read.ts';
import type { Scenario } from '../../src/scenario/scenario.ts';
import type { Estimate } from '../../src/stats/estimate.ts';
import { studentT } from '../../src/stats/student-t.ts';

/** A scenario from its text. */
export function scenarioOf(text: string): Scenario {
  return ScenarioReader.of(text, 'test.yaml').finish().scenario;
}

/** All replications, one after the other. */
export function simulate(scenario: Scenario): RunResult {
  const runs = Array.from({ length: scenario.replications }, (_, r) => completed(replicate(scenario, r)));
  return runResult(scenario, runs);
}

/** How many standard errors an estimate is off. */
export function errorsOff(estimate: Estimate, truth: number, replications: number): number {
  const half = estimate.high! - estimate.value!;
  return (estimate.value! - truth) / (half / studentT(0.975, replications - 1));
}

/** Within 4 standard errors. */
export function expectTruth(what: string, estimate: Estimate, truth: number, replications: number): void {
  const off = errorsOff(estimate, truth, replications);
  expect(
    Math.abs(off),
    `${what}: truth ${truth}, simulated ${estimate.value}, ${off.toFixed(2)} standard errors off`,
  ).toBeLessThan(4);
}
