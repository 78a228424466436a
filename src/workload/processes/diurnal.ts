import { number, rate, timeOfDay } from '../../core/fields.ts';
import { timeVarying } from './time-varying.ts';
import { type Segment, untilAmount, VaryingRate } from './varying-rate.ts';

export interface DiurnalSpec {
  process: 'diurnal';
  /** Arrivals a second, over a whole day. */
  rate: number;
  /** How far the rate swings, relative to its mean: 0 to 1. */
  amplitude: number;
  /** When it is highest, in seconds after midnight. */
  peak: number;
}

const DAY_S = 86_400;

/** Poisson arrivals whose rate is a sine over the day: rate x (1 + amplitude cos(2 pi (t - peak) / 24 h)). */
export const diurnal = timeVarying<DiurnalSpec>({
  keys: () => ({ rate, amplitude: number({ min: 0, max: 1 }), peak: timeOfDay.prefault('14:00') }),
  isDaily: true,
  peakRate: (spec) => spec.rate * (1 + spec.amplitude),
  rate: (spec) => new VaryingRate([sineDay(spec)], Number.POSITIVE_INFINITY),
});

function sineDay({ rate, amplitude, peak }: DiurnalSpec): Segment {
  const omega = (2 * Math.PI) / DAY_S;
  const swing = amplitude / omega;
  return {
    length_s: DAY_S,
    // The difference of sines is written as a product.
    count: (x_s) =>
      rate * (x_s + 2 * swing * Math.cos(omega * (x_s / 2 - peak)) * Math.sin((omega * x_s) / 2)),
    after(x_s, amount) {
      const cosine = Math.cos(omega * (x_s - peak));
      const sine = Math.sin(omega * (x_s - peak));
      // Newton's method, kept between bounds; it ends below the clock's microsecond.
      let low = amount / (rate * (1 + amplitude));
      let high = amount / rate + 2 * swing;
      const straight_s = untilAmount(amount / rate, 1 + amplitude * cosine, -amplitude * omega * sine);
      let d_s = straight_s < high ? Math.max(straight_s, low) : low;
      for (let step = 0; step < 100 && high - low > 1e-8; step++) {
        // sin(x + d) by sin d and cos d - 1, which is small: nothing cancels.
        const turned = Math.sin(omega * d_s);
        const half = Math.sin((omega * d_s) / 2);
        const less = -2 * half * half;
        const over = rate * (d_s + swing * (sine * less + cosine * turned)) - amount;
        if (over >= 0) high = Math.min(high, d_s);
        if (over <= 0) low = Math.max(low, d_s);
        const slope = rate * (1 + amplitude * (cosine * (1 + less) - sine * turned));
        const newton = d_s - over / slope;
        const next = newton >= low && newton <= high ? newton : (low + high) / 2;
        if (Math.abs(next - d_s) < 1e-9) return x_s + next;
        d_s = next;
      }
      return x_s + d_s;
    },
  };
}
