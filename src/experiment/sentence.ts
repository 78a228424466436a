import { sloAnswer } from '../measure/slo.ts';
import { SLO_QUANTITIES, type Slo } from '../scenario/slo.ts';
import type { Estimate } from '../stats/estimate.ts';
import { difference, isDistinct } from './compare.ts';
import { type PlatformResult, type RunResult, stablePlatforms } from './run.ts';

/**
 * What the table means, in a sentence or two: of the two cheapest platforms that keep up with the traffic, by how much
 * one is cheaper and one is faster; or that they cannot be told apart. Empty for a single platform.
 */
export function verdict({ scenario, platforms }: RunResult): string {
  if (platforms.length < 2) return '';
  const stable = stablePlatforms(platforms);
  const sentences: string[] = [];
  const [first, second] = [...stable].sort((a, b) => costOf(a) - costOf(b));
  if (first !== undefined && second !== undefined) {
    const apart = difference(first, second, scenario.duration_us);
    const names = [first.platform.name, second.platform.name] as const;
    sentences.push(
      `${costWords(names, apart.cost_usd_per_hour)}; ${latencyWords(names, apart.latency_p95_s)}.`,
    );
  }
  const slo = sloSentence(scenario.slo, stable);
  if (slo !== undefined) sentences.push(slo);
  const unstable = platforms.filter((one) => one.summary.stability.status === 'unstable');
  if (unstable.length > 0) {
    sentences.push(
      `${unstable.map((one) => one.platform.name).join(' and ')} cannot keep up with the traffic.`,
    );
  }
  if (scenario.replications === 1) sentences.push('One run has no intervals: differences may be chance.');
  return sentences.join(' ');
}

function costOf(result: PlatformResult): number {
  return result.summary.estimates.cost_usd_per_hour.value ?? Number.POSITIVE_INFINITY;
}

/** The cheapest platform that surely meets the SLO; nothing is said if that is the cheapest of all. */
function sloSentence(slo: Slo, stable: readonly PlatformResult[]): string | undefined {
  const bounds = SLO_QUANTITIES.filter((quantity) => slo[quantity] !== undefined);
  if (bounds.length === 0) return undefined;
  const meets = ({ summary }: PlatformResult) =>
    bounds.every((quantity) => sloAnswer(summary.estimates, quantity, slo[quantity]!) === 'met');
  const byCost = [...stable].sort((a, b) => costOf(a) - costOf(b));
  const cheapest = byCost.find(meets);
  if (cheapest === undefined) return 'None surely meets the SLO.';
  if (cheapest === byCost[0]) return undefined;
  return `The cheapest that surely meets the SLO is ${cheapest.platform.name}.`;
}

type Names = readonly [cheaper: string, other: string];

function costWords([cheaper, other]: Names, apart: Estimate): string {
  if (apart.value === 0) return `${cheaper} and ${other} cost the same`;
  if (apart.high !== null && !isDistinct(apart)) {
    return `${cheaper} and ${other} cannot be told apart in cost at 95 % ($${amount(apart, 3)} an hour)`;
  }
  return `${cheaper} is cheaper than ${other} by $${amount(apart, 3)} an hour`;
}

function latencyWords([cheaper, other]: Names, apart: Estimate): string {
  if (apart.value === null) return 'there is no latency to compare';
  if (apart.value === 0) return 'their p95 is the same';
  if (apart.high !== null && !isDistinct(apart))
    return `their p95 cannot be told apart (${amount(apart, 2)} s)`;
  return `${apart.value < 0 ? cheaper : other}'s p95 is ${amount(apart, 2)} s shorter`;
}

/** The size of a difference with its interval: `0.31 ± 0.04`. */
function amount({ value, high }: Estimate, digits: number): string {
  const size = Math.abs(value!);
  if (high === null) return String(Number(size.toPrecision(digits)));
  const half = high - value!;
  const decimals = half > 0 ? Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(half)))) : digits;
  return `${size.toFixed(decimals)} ± ${half.toFixed(decimals)}`;
}
