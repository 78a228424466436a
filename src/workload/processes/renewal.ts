import { SECOND_US } from '../../core/time.ts';
import type { Distribution } from '../../random/distributions/distribution.ts';
import type { ArrivalProcess, ProcessContext } from './process.ts';

/**
 * Arrivals with independent gaps of one law (Cox, Renewal Theory, 1962). The first gap is like the others, as if a
 * request had come just before the begin. The variance over mean of counts in long windows tends to the gaps' cv^2.
 * @param gap law of a gap, in seconds
 */
export function renewal(gap: Distribution, { streams, begin_us }: ProcessContext): ArrivalProcess {
  const stream = streams('arrivals');
  let clock_us = begin_us;
  return {
    fill(batch, from, to) {
      const instants = batch.arrival_us;
      gap.fill(stream, instants, from, to);
      let t = clock_us;
      for (let i = from; i < to; i++) {
        t += Math.floor(instants[i]! * SECOND_US + 0.5);
        instants[i] = t;
      }
      clock_us = t;
      return to;
    },
  };
}
