import { duration, durationOrZero, rate, rateOrZero } from '../../core/fields.ts';
import { timeVarying } from './time-varying.ts';
import { linear, type Segment, untilAmount, VaryingRate } from './varying-rate.ts';

export interface FlashCrowdSpec {
  process: 'flash-crowd';
  /** Arrivals a second before, and again long after. */
  base_rate: number;
  /** When the crowd begins to come, in seconds from the begin of the run. */
  at: number;
  /** Arrivals a second at the height. */
  peak_rate: number;
  /** How long the rate rises in a straight line, and the mean of its exponential fall, in seconds. */
  rise: number;
  decay: number;
}

/** Poisson arrivals of a crowd that comes at once: a launch, a post that is shared. */
export const flashCrowd = timeVarying<FlashCrowdSpec>({
  keys: () => ({
    base_rate: rateOrZero,
    at: durationOrZero,
    peak_rate: rate,
    rise: durationOrZero,
    decay: duration,
  }),
  fault: ({ base_rate, peak_rate }) =>
    peak_rate < base_rate
      ? `expected a peak_rate of at least the base_rate, here ${peak_rate}/s and ${base_rate}/s`
      : undefined,
  peakRate: (spec) => spec.peak_rate,
  rate: ({ base_rate, at, peak_rate, rise, decay }) =>
    new VaryingRate([
      linear(at, base_rate),
      linear(rise, base_rate, peak_rate),
      fall(base_rate, peak_rate, decay),
    ]),
});

/** From the peak back to the base, for ever. */
function fall(base: number, peak: number, decay_s: number): Segment {
  const above = (x_s: number) => (peak - base) * Math.exp(-x_s / decay_s);
  /** Expected arrivals in `d_s` seconds, where `faded` is e^(-d / decay) - 1. */
  const between = (aboveHere: number, d_s: number, faded: number) =>
    (base === 0 ? 0 : base * d_s) - aboveHere * decay_s * faded;
  return {
    length_s: Number.POSITIVE_INFINITY,
    count: (x_s) => between(above(0), x_s, Math.expm1(-x_s / decay_s)),
    after(x_s, amount) {
      const here = above(x_s);
      if (base === 0) return x_s - decay_s * Math.log1p(-amount / (here * decay_s));
      // Newton's method from about where a straight fall would lead. The integral is concave: if that is beyond the root, one
      // step is back before it, and the others rise to it.
      let d_s = untilAmount(amount, base + here, -here / decay_s);
      for (let step = 0; step < 100; step++) {
        const faded = Math.expm1(-d_s / decay_s);
        const further = (amount - between(here, d_s, faded)) / (base + here * (1 + faded));
        d_s += further;
        if (Math.abs(further) < 1e-9) break;
      }
      return x_s + d_s;
    },
  };
}
