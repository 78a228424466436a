import { HOUR_US, SECOND_US, seconds } from '../core/time.ts';
import { momentsOf } from '../stats/moments.ts';
import { quantile, sampleOfSorted } from '../stats/sample.ts';
import { countsOf, dispersionCurve, gapsOf, type Stretch, WINDOWS_S } from './dispersion-curve.ts';

/** What traffic looks like to a pool: numbers of which ratios make sense, in four groups. */
export interface Signature {
  /** Arrivals a second. */
  readonly rate: readonly (number | undefined)[];
  /** Variance over mean of counts, by window. */
  readonly dispersion: readonly (number | undefined)[];
  /** Percentiles of the gaps, in seconds. */
  readonly gaps: readonly (number | undefined)[];
  /** The busiest hour, and the busiest 5 %, over the mean hour; of minutes if there is less than a day. */
  readonly peaks: readonly (number | undefined)[];
}

export const GROUPS = ['rate', 'dispersion', 'gaps', 'peaks'] as const;
export type Group = (typeof GROUPS)[number];

const GAP_PERCENTILES = [0.1, 0.25, 0.5, 0.75, 0.9, 0.99];

/** Shorter gaps are all alike to a pool whose services last seconds. */
const SHORTEST_GAP_S = 0.01;

/** In which a stretch counts its peaks: hours, or minutes if it is less than a day. */
export function peakWindowOf({ from_us, to_us }: Stretch): number {
  return to_us - from_us >= 24 * HOUR_US ? HOUR_US : 60 * SECOND_US;
}

/**
 * @param resolution_us what the log rounds to: gaps below it are all alike
 * @param window_us in which peaks are counted
 */
export function signatureOf(
  stretch: Stretch,
  resolution_us: number,
  window_us = peakWindowOf(stretch),
): Signature {
  const gaps = sampleOfSorted(gapsOf(stretch.arrival_us).sort());
  const counts = countsOf(stretch, window_us).sort();
  const { mean } = momentsOf(counts);
  const least_s = Math.max(resolution_us / SECOND_US, SHORTEST_GAP_S);
  return {
    rate: [(stretch.arrival_us.length + 0.5) / seconds(stretch.to_us - stretch.from_us)],
    // In windows that the log can tell apart.
    dispersion: dispersionCurve(stretch).map((value, k) =>
      WINDOWS_S[k]! * SECOND_US < resolution_us ? undefined : value,
    ),
    gaps: GAP_PERCENTILES.map((p) => {
      const gap = quantile(gaps, p);
      return gap === undefined ? undefined : Math.max(gap, least_s);
    }),
    peaks: [1, 0.95].map((p) => {
      const count = quantile(sampleOfSorted(counts), p);
      return count === undefined || !(mean > 0) ? undefined : (count + 0.5) / (mean + 0.5);
    }),
  };
}

/** By which factor one signature is off from another, on average over each group; undefined for want of data. */
export type Errors = Readonly<Record<Group, number | undefined>>;

/** @param simulated of several runs: their medians are compared */
export function errorsOf(simulated: readonly Signature[], real: Signature): Errors {
  const of = (group: Group) => {
    const logs = real[group].flatMap((truth, k) => {
      const found = simulated.map((one) => one[group][k]).filter((value) => value !== undefined);
      if (truth === undefined || !(truth > 0) || found.length === 0) return [];
      const middle = found.sort((a, b) => a - b)[Math.floor(found.length / 2)]!;
      return [Math.abs(Math.log(Math.max(middle, 1e-9) / truth))];
    });
    return logs.length === 0 ? undefined : Math.exp(logs.reduce((sum, x) => sum + x, 0) / logs.length);
  };
  return { rate: of('rate'), dispersion: of('dispersion'), gaps: of('gaps'), peaks: of('peaks') };
}

/** The geometric mean of the groups. */
export function together(errors: Errors): number {
  const known = GROUPS.map((group) => errors[group]).filter((factor) => factor !== undefined);
  return Math.exp(known.reduce((sum, factor) => sum + Math.log(factor), 0) / Math.max(1, known.length));
}
