/** Warmpool as a library: read a scenario, run it, and use the numbers. */
export { type ExecuteOptions as RunOptions, run } from './cli/execute.ts';
export { type LoadedScenario, loadScenario } from './cli/load-scenario.ts';
export type { Option, PlanResult, PlatformResult } from './experiment/option.ts';
export type { RunResult } from './experiment/run.ts';
export { verdict } from './experiment/sentence.ts';
export type { Row } from './measure/columns.ts';
export type { Summary } from './measure/summary.ts';
export { type Problem, ScenarioError } from './scenario/problem.ts';
export type { Scenario } from './scenario/scenario.ts';
export type { Estimate } from './stats/estimate.ts';
