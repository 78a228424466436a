import type * as z from 'zod';
import { rate } from '../../core/fields.ts';
import { SECOND_US } from '../../core/time.ts';
import type { Distribution } from '../../random/distributions/distribution.ts';
import type { ArrivalProcess, ProcessContext, ProcessKind } from './process.ts';

interface Renewal<Spec> {
  /** Keys beside the rate. */
  keys(): Record<string, z.ZodType>;
  fault?(spec: Spec): string | undefined;
  gapCv(spec: Spec): number;
  /** Law of a gap, in seconds. */
  gap(spec: Spec, mean_s: number): Distribution;
}

/** The row of the table for arrivals at a rate, with independent gaps of one law. */
export function renewal<Spec extends { rate: number }>({
  keys,
  gap,
  ...kind
}: Renewal<Spec>): ProcessKind<Spec> {
  return {
    ...kind,
    keys: () => ({ rate, ...keys() }),
    isStationary: true,
    meanRate: (spec) => spec.rate,
    peakRate: (spec) => spec.rate,
    // Cox, Renewal Theory, section 4.2.
    edge: (spec) => (kind.gapCv(spec) ** 2 - 1) / 2,
    make: (spec, context) => withGaps(gap(spec, 1 / (spec.rate * context.rateScale)), context),
  };
}

/**
 * Arrivals with independent gaps of one law (Cox, Renewal Theory, 1962). The first gap is like the others, as if a
 * request had come just before the begin. The variance over mean of counts in long windows tends to the gaps' cv^2.
 */
function withGaps(gap: Distribution, { streams, begin_us }: ProcessContext): ArrivalProcess {
  const stream = streams('arrivals');
  let clock_us = begin_us;
  return {
    fill(batch, from, to) {
      const instants = batch.arrival_us;
      gap.fill(stream, instants, from, to);
      let t = +clock_us;
      for (let i = from; i < to; i++) {
        t += Math.floor(instants[i]! * SECOND_US + 0.5);
        instants[i] = t;
      }
      clock_us = t;
      return to;
    },
  };
}
