import type { PlatformSpec } from '../platforms/table.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { answerOf, costOf } from './answer.ts';
import type { CellResult } from './cells.ts';
import { type Axis, settingsOf } from './grid.ts';
import { anchorOf, type Optimum, optimumOf, type Tried } from './optimum.ts';
import { type Anchor, coarseAxes, fineAxes } from './search-space.ts';

/** How settings are tried: all serve the same requests. */
export interface Trial {
  readonly platform: PlatformSpec;
  /** Values of the GPU that are tried; none: the one that the scenario has. */
  readonly gpus: readonly string[];
  /** The scenarios of a grid. */
  scenarios(axes: readonly Axis[]): Promise<readonly Scenario[]>;
  /** The platform alone, in each scenario. */
  evaluate(scenarios: readonly Scenario[]): Promise<CellResult[]>;
}

/** Settings that are looked around after the first look. */
const MOST_ANCHORS = 6;
/** Looks around the best, which end when it stays. */
const MOST_LOOKS = 4;

/**
 * Looks coarsely at every GPU, floor and window; then around the best of each GPU, and around the fastest that is
 * cheaper than the best of all, which a buffer may bring within the SLO; then around the best until it stays.
 */
export async function searchOptimum(
  scenario: Scenario,
  trial: Trial,
): Promise<{ optimum: Optimum; scenarios: readonly Scenario[] }> {
  const { platform, gpus } = trial;
  const { slo } = scenario;
  const tried: Tried[] = [];
  const scenarios: Scenario[] = [];
  const seen = new Set<string>();
  const specOf = (one: Scenario) => one.platforms.find(({ name }) => name === platform.name)!;

  const look = async (axes: readonly Axis[]) => {
    const settings = settingsOf(axes);
    const all = (await trial.scenarios(axes)).map((one, k) => ({ one, setting: settings[k]! }));
    const isNew = all.filter(({ one }) => {
      const key = JSON.stringify(specOf(one));
      return !seen.has(key) && seen.add(key);
    });
    const results = await trial.evaluate(isNew.map(({ one }) => one));
    for (const [k, { one, setting }] of isNew.entries()) {
      scenarios.push(one);
      tried.push({ axes, setting, result: results[k]! });
    }
  };
  const gpuOf = ({ axes, setting }: Tried) =>
    gpus.length > 0 ? setting[axes.findIndex(({ values }) => gpus.includes(values[0] as string))] : undefined;
  const anchorAt = (k: number): Anchor => ({ platform: specOf(scenarios[k]!), gpu: gpuOf(tried[k]!) });
  const around = (k: number) => look(fineAxes(scenario, anchorAt(k), platform.policy.max_containers));
  const answer = (places: readonly number[]) =>
    answerOf(
      tried.map(({ result }) => result),
      slo,
      [...places],
    );

  await look(coarseAxes(scenario, platform, gpus));
  const first = answer([...tried.keys()]);
  const least = first.best === undefined ? Number.POSITIVE_INFINITY : costOf(tried[first.best]!.result);
  const anchors = new Set<number>();
  for (const gpu of gpus.length > 0 ? gpus : [undefined]) {
    const its = answer([...tried.keys()].filter((k) => gpuOf(tried[k]!) === gpu));
    const cheaper = its.pareto.filter((k) => costOf(tried[k]!.result) < least);
    for (const k of [its.best, cheaper.at(-1) ?? its.pareto.at(-1)]) if (k !== undefined) anchors.add(k);
  }
  const byCost = [...anchors].sort((a, b) => costOf(tried[a]!.result) - costOf(tried[b]!.result));
  for (const k of byCost.slice(0, MOST_ANCHORS)) await around(k);
  let anchor: number | undefined;
  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    const best = anchorOf(answer([...tried.keys()]));
    if (best === undefined || best === anchor) break;
    anchor = best;
    await around(best);
  }
  return { optimum: optimumOf(tried, slo), scenarios };
}
