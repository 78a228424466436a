import type * as z from 'zod';
import { microseconds, seconds } from '../../core/time.ts';
import { exponentials } from '../../random/ziggurat.ts';
import type { ArrivalProcess, ProcessContext, ProcessKind } from './process.ts';
import type { VaryingRate } from './varying-rate.ts';

interface TimeVarying<Spec> {
  keys(): Record<string, z.ZodType>;
  fault?(spec: Spec): string | undefined;
  peakRate(spec: Spec): number;
  readonly isDaily?: boolean;
  /** Arrivals a second, from t = 0 on. */
  rate(spec: Spec): VaryingRate;
}

/** The row of the table for Poisson arrivals at a rate that is a function of time. */
export function timeVarying<Spec>({ rate, ...kind }: TimeVarying<Spec>): ProcessKind<Spec> {
  return {
    ...kind,
    meanRate: (spec, duration_us) => rate(spec).expected(seconds(duration_us)) / seconds(duration_us),
    dispersion: (spec, { window_s, duration_s, rateScale }) =>
      dispersionOf(rate(spec), window_s, duration_s, rateScale),
    make: (spec, context) => inverted(rate(spec), context),
  };
}

/**
 * Poisson arrivals by inversion: unit exponentials are spent along the integral of the rate (Cinlar, Introduction to
 * Stochastic Processes, 1975, section 4.7). Time counts from the begin, so that the first pass of a cycle begins on a
 * Monday as well.
 */
function inverted(
  rate: VaryingRate,
  { streams, begin_us, end_us, rateScale }: ProcessContext,
): ArrivalProcess {
  const stream = streams('arrivals');
  const walk = rate.walk(seconds(end_us - begin_us));
  let isOver = false;
  return {
    fill(batch, from, to) {
      // Whoever merges sources asks again and again.
      if (isOver) return from;
      const instants = batch.arrival_us;
      exponentials(stream, instants, from, to);
      for (let i = from; i < to; i++) {
        const t_s = walk(instants[i]! / rateScale);
        isOver = t_s === Number.POSITIVE_INFINITY;
        if (isOver) return i;
        instants[i] = begin_us + microseconds(t_s);
      }
      return to;
    },
  };
}

/** Counts are Poisson about what is expected of each window: 1 + variance / mean of the expected counts. */
function dispersionOf(
  rate: VaryingRate,
  window_s: number,
  duration_s: number,
  rateScale: number,
): number | undefined {
  const windows = Math.floor(duration_s / window_s);
  if (windows < 2) return undefined;
  let [sum, squares, before] = [0, 0, 0];
  for (let k = 1; k <= windows; k++) {
    const until = rate.expected(k * window_s) * rateScale;
    sum += until - before;
    squares += (until - before) ** 2;
    before = until;
  }
  const mean = sum / windows;
  return mean > 0 ? 1 + (squares / windows - mean * mean) / mean : undefined;
}
