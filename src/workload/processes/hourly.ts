import * as z from 'zod';
import { number, rateOrZero } from '../../core/fields.ts';
import { timeVarying } from './time-varying.ts';
import { linear, VaryingRate } from './varying-rate.ts';

export interface HourlySpec {
  process: 'hourly';
  /** Arrivals a second in each hour of the day, the first from midnight on. */
  rates: number[];
  /** Multiplies the rates on Saturday and Sunday; a run begins on a Monday. */
  weekend_factor: number;
}

/**
 * A rate for each hour of a week, from one for each hour of the day.
 * @param firstDay days from Monday to the first one
 */
export function weekly(hours: readonly number[], weekendFactor: number, firstDay = 0): VaryingRate {
  const days = Array.from({ length: 7 }, (_, k) => ((firstDay + k) % 7 < 5 ? 1 : weekendFactor));
  const day = (factor: number) => hours.map((rate) => linear(3600, rate * factor));
  return new VaryingRate(days.flatMap(day), Number.POSITIVE_INFINITY);
}

/** Poisson arrivals at the rate of the hour. */
export const hourly = timeVarying<HourlySpec>({
  keys: () => ({
    rates: z.array(rateOrZero).length(24, { error: 'expected 24 rates, one for each hour of the day' }),
    weekend_factor: number({ min: 0, max: 1000 }).prefault(1),
  }),
  isDaily: true,
  fault: ({ rates }) =>
    rates.every((rate) => rate === 0)
      ? 'expected an hour with a rate above 0: nothing would ever come'
      : undefined,
  peakRate: (spec) => Math.max(...spec.rates) * Math.max(1, spec.weekend_factor),
  rate: (spec) => weekly(spec.rates, spec.weekend_factor),
});
