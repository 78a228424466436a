import type { Estimate } from '../stats/estimate.ts';
import { difference, isDistinct } from './compare.ts';
import type { PlatformResult, RunResult } from './run.ts';

/**
 * What the table means, in a sentence or two: of the two cheapest platforms, by how much one is cheaper and the other
 * or it is faster; or that they cannot be told apart. Empty for a single platform.
 */
export function verdict({ scenario, platforms }: RunResult): string {
  const byCost = [...platforms].sort((a, b) => costOf(a) - costOf(b));
  const [first, second] = byCost;
  if (first === undefined || second === undefined) return '';
  const apart = difference(first, second, scenario.duration_us);
  const sentences = [
    `${costWords(first, second, apart.cost_usd_per_hour)}; ${latencyWords(first, second, apart.latency_p95_s)}.`,
  ];
  if (scenario.replications === 1)
    sentences.push('One run has no intervals: these differences may be chance.');
  return sentences.join(' ');
}

function costOf(result: PlatformResult): number {
  return result.summary.estimates.cost_usd_per_hour.value ?? Number.POSITIVE_INFINITY;
}

/** `first` is the cheaper one by the point estimate: the difference is 0 or below. */
function costWords(first: PlatformResult, second: PlatformResult, apart: Estimate): string {
  if (apart.value === 0) return `${first.platform.name} and ${second.platform.name} cost the same`;
  if (apart.high !== null && !isDistinct(apart)) {
    return `${first.platform.name} and ${second.platform.name} cannot be told apart in cost at 95 % ($${amount(apart, 3)} an hour)`;
  }
  return `${first.platform.name} is cheaper than ${second.platform.name} by $${amount(apart, 3)} an hour`;
}

function latencyWords(first: PlatformResult, second: PlatformResult, apart: Estimate): string {
  const [a, b] = [first.platform.name, second.platform.name];
  const unstable = [first, second].filter((one) => one.summary.stability.status === 'unstable');
  if (unstable.length > 0)
    return `${unstable.map((one) => one.platform.name).join(' and ')} cannot keep up with the traffic`;
  if (apart.value === null) return 'there is no latency to compare';
  if (apart.value === 0) return 'their p95 is the same';
  if (apart.high !== null && !isDistinct(apart))
    return `their p95 cannot be told apart (${amount(apart, 2)} s)`;
  return `${apart.value < 0 ? a : b}'s p95 is ${amount(apart, 2)} s shorter`;
}

/** The size of a difference with its interval: `0.31 ± 0.04`. */
function amount({ value, high }: Estimate, digits: number): string {
  const size = Math.abs(value!);
  if (high === null) return String(Number(size.toPrecision(digits)));
  const half = high - value!;
  const decimals = half > 0 ? Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(half)))) : digits;
  return `${size.toFixed(decimals)} ± ${half.toFixed(decimals)}`;
}
