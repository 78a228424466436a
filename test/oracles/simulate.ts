import { expect } from 'vitest';
import { replicate } from '../../src/experiment/replication.ts';
import { type RunResult, runResult } from '../../src/experiment/run.ts';
import { totalOf } from '../../src/measure/run-record.ts';
import { ScenarioReader } from '../../src/scenario/read.ts';
import type { Scenario } from '../../src/scenario/scenario.ts';
import { type Estimate, ratioEstimate } from '../../src/stats/estimate.ts';
import { studentT } from '../../src/stats/student-t.ts';

/** A scenario from its text. */
export function scenarioOf(text: string): Scenario {
  return ScenarioReader.of(text, 'test.yaml').finish().scenario;
}

/** All replications, one after the other. */
export function simulate(scenario: Scenario): RunResult {
  const runs = Array.from({ length: scenario.replications }, (_, r) => {
    const steps = replicate(scenario, r);
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
    }
  });
  return runResult(scenario, runs);
}

/** One pool behind one source, as a Modal platform. */
export interface QueueModel {
  /** Lines of the source, as `process: poisson` and `rate: 0.8/s`. */
  traffic: readonly string[];
  /** Mean service in seconds and its law. */
  service: number;
  work: string;
  /** Lines of the platform. */
  pool: readonly string[];
  duration: string;
  /**
   * `cycle`, the default: from a first pass of the same length. A pool of constant size needs none where it forgets
   * its state within a thousandth of the run: the error of an empty start is far below the standard error.
   */
  start?: 'cycle' | 'warm';
  replications?: number;
}

export function queue(model: QueueModel): RunResult {
  return simulate(
    scenarioOf(
      [
        'name: queue',
        `duration: ${model.duration}`,
        `replications: ${model.replications ?? 20}`,
        'seed: 1',
        `start: ${model.start ?? 'cycle'}`,
        'traffic:',
        '  - name: requests',
        ...model.traffic.map((line) => `    ${line}`),
        `    work: ${model.work}`,
        'platforms:',
        '  pool:',
        '    kind: modal',
        '    usd_per_second: 0.000694',
        `    seconds_per_image: ${model.service}`,
        ...model.pool.map((line) => `    ${line}`),
      ].join('\n'),
    ),
  );
}

export const EXPONENTIAL = '{ distribution: exponential }';
export const CONSTANT = '1';

/** What the oracles speak of, each with its standard error. */
export function measured(result: RunResult) {
  const { runs, summary } = result.platforms[0]!;
  const total = (name: Parameters<typeof totalOf>[1]) => runs.map((run) => totalOf(run, name));
  const requests = total('requests');
  return {
    wait: summary.estimates.wait_mean_s,
    sojourn: summary.estimates.latency_mean_s,
    p95: summary.estimates.latency_p95_s,
    p99: summary.estimates.latency_p99_s,
    containers: summary.estimates.containers_mean,
    costPerHour: summary.estimates.cost_usd_per_hour,
    loss: ratioEstimate(total('rejected'), requests),
    starts: ratioEstimate(total('cold_starts'), requests),
    alivePerRequest: ratioEstimate(
      total('alive_us').map((us) => us / 1e6),
      requests,
    ),
    busy: ratioEstimate(
      total('busy_us').map((us) => us / 1e6),
      runs.map((run) => run.lengths_us.reduce((sum, us) => sum + us, 0) / 1e6),
    ),
  };
}

export type Measured = ReturnType<typeof measured>;

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

/** So exact that a truth 2 % off, either way, would be refused. */
export function expectPower(what: string, estimate: Estimate, truth: number, replications: number): void {
  for (const wrong of [0.98 * truth, 1.02 * truth])
    expect(
      Math.abs(errorsOff(estimate, wrong, replications)),
      `${what}: ${wrong} is refused`,
    ).toBeGreaterThan(4);
}
