import { rate } from '../../core/fields.ts';
import { SECOND_US } from '../../core/time.ts';
import { exponentials } from '../../random/ziggurat.ts';
import type { ProcessKind } from './process.ts';

export interface PoissonSpec {
  process: 'poisson';
  /** Arrivals a second. */
  rate: number;
}

/** Arrivals that know nothing of each other: exponential gaps. */
export const poisson: ProcessKind<PoissonSpec> = {
  keys: () => ({ rate }),
  isStationary: true,
  meanRate: (spec) => spec.rate,
  peakRate: (spec) => spec.rate,
  gapCv: () => 1,
  dispersion: () => 1,
  make(spec, { streams, begin_us, rateScale }) {
    const stream = streams('arrivals');
    const meanGap_us = SECOND_US / (spec.rate * rateScale);
    let clock_us = begin_us;
    return {
      fill(batch, from, to) {
        const instants = batch.arrival_us;
        exponentials(stream, instants, from, to);
        let t = +clock_us;
        for (let i = from; i < to; i++) {
          t += Math.floor(meanGap_us * instants[i]! + 0.5);
          instants[i] = t;
        }
        clock_us = t;
        return to;
      },
    };
  },
};
