import { plain, plusMinus } from '../core/plain-number.ts';
import { sloAnswer } from '../measure/slo.ts';
import { SLO_QUANTITIES, type Slo } from '../scenario/slo.ts';
import type { Estimate } from '../stats/estimate.ts';
import { costOf, difference, isDistinct } from './compare.ts';
import type { Option } from './option.ts';
import { comparableOptions, type RunResult, servingOptions } from './run.ts';

/**
 * What the table means, in a sentence or two: of the two cheapest options that serve the traffic, by how much one is
 * cheaper and one is faster; or that they cannot be told apart. Empty for a single option.
 */
export function verdict(result: RunResult): string {
  const { scenario } = result;
  const options = comparableOptions(result);
  if (options.length < 2) return '';
  const serving = servingOptions(options);
  const sentences: string[] = [];
  const [first, second] = [...serving].sort((a, b) => costOf(a) - costOf(b));
  if (first !== undefined && second !== undefined) {
    const apart = difference(first, second, scenario.duration_us);
    const names = [first.name, second.name] as const;
    sentences.push(
      `${costWords(names, apart.cost_usd_per_hour)}; ${latencyWords(names, apart.latency_p95_s)}.`,
    );
  }
  const slo = sloSentence(
    scenario.slo,
    serving.filter(({ servesImages }) => servesImages),
    scenario.replications > 1 ? 'surely ' : '',
  );
  if (slo !== undefined) sentences.push(slo);
  sentences.push(...options.filter((one) => !serving.includes(one)).map(failureWords));
  if (scenario.replications === 1) sentences.push('One run has no intervals: differences may be chance.');
  return sentences.join(' ');
}

function failureWords({ name, summary }: Option): string {
  if (summary.stability.status === 'unstable') return `${name} cannot keep up with the traffic.`;
  return `${name} does not serve ${plain(100 * summary.turnedAway, 2)} % of the requests.`;
}

/** The cheapest platform that meets the SLO; nothing is said if that is the cheapest of all. */
function sloSentence(slo: Slo, serving: readonly Option[], surely: string): string | undefined {
  const bounds = SLO_QUANTITIES.filter((quantity) => slo[quantity] !== undefined);
  if (bounds.length === 0 || serving.length === 0) return undefined;
  const meets = ({ summary }: Option) =>
    bounds.every((quantity) => sloAnswer(summary, quantity, slo[quantity]!) === 'met');
  const byCost = [...serving].sort((a, b) => costOf(a) - costOf(b));
  const cheapest = byCost.find(meets);
  if (cheapest === undefined) return `None ${surely}meets the SLO.`;
  if (cheapest === byCost[0]) return undefined;
  return `The cheapest that ${surely}meets the SLO is ${cheapest.name}.`;
}

type Names = readonly [cheaper: string, other: string];

function costWords([cheaper, other]: Names, apart: Estimate): string {
  if (apart.value === 0) return `${cheaper} and ${other} cost the same`;
  if (apart.high !== null && !isDistinct(apart)) {
    return `${cheaper} and ${other} cannot be told apart in cost at 95 % ($${amount(apart)} an hour)`;
  }
  return `${cheaper} is cheaper than ${other} by $${amount(apart)} an hour`;
}

function latencyWords([cheaper, other]: Names, apart: Estimate): string {
  if (apart.value === null) return 'there is no latency to compare';
  if (apart.value === 0) return 'their p95 is the same';
  if (apart.high !== null && !isDistinct(apart)) return `their p95 cannot be told apart (${amount(apart)} s)`;
  return `${apart.value < 0 ? cheaper : other}'s p95 is ${amount(apart)} s shorter`;
}

/** The size of a difference with its interval: `0.31 ± 0.04`. */
function amount({ value, high }: Estimate): string {
  const size = Math.abs(value!);
  if (high === null) return plain(size, 3);
  return plusMinus(size, high - value!).join(' ± ');
}
