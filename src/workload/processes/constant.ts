import { rate } from '../../core/fields.ts';
import { microseconds } from '../../core/time.ts';
import type { ProcessKind } from './process.ts';

export interface ConstantRateSpec {
  process: 'constant';
  /** Arrivals a second. */
  rate: number;
}

/** Even gaps, the first arrival after one gap. Each instant is rounded by itself, so that the rate is kept. */
export const constant: ProcessKind<ConstantRateSpec> = {
  keys: () => ({ rate }),
  isStationary: true,
  meanRate: (spec) => spec.rate,
  peakRate: (spec) => spec.rate,
  gapCv: () => 0,
  edge: (_, expected) => Math.floor(expected) - expected,
  make(spec, { begin_us, rateScale }) {
    const perSecond = spec.rate * rateScale;
    let sent = 0;
    return {
      fill(batch, from, to) {
        for (let i = from; i < to; i++) batch.arrival_us[i] = begin_us + microseconds(++sent / perSecond);
        return to;
      },
    };
  },
};
