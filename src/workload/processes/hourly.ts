import { z } from 'zod';
import { number, rateOrZero } from '../../core/fields.ts';
import { HOUR_US, SECOND_US } from '../../core/time.ts';
import { exponential } from '../../random/ziggurat.ts';
import type { ProcessKind } from './process.ts';

export interface HourlySpec {
  process: 'hourly';
  /** Arrivals a second in each hour of the day, the first from midnight on. */
  rates: number[];
  /** Multiplies the rates on Saturday and Sunday; a run begins on a Monday. */
  weekend_factor: number;
}

function rateIn(spec: HourlySpec, hour: number): number {
  const isWeekend = Math.floor(hour / 24) % 7 >= 5;
  return spec.rates[hour % 24]! * (isWeekend ? spec.weekend_factor : 1);
}

/**
 * Poisson arrivals at the rate of the hour. Exact, by inversion: a unit exponential is spent along the integral of the
 * rate (Cinlar, Introduction to Stochastic Processes, 1975, section 4.7).
 */
export const hourly: ProcessKind<HourlySpec> = {
  keys: {
    rates: z.array(rateOrZero).length(24, { error: 'expected 24 rates, one for each hour of the day' }),
    weekend_factor: number({ min: 0, max: 1000 }).prefault(1),
  },
  fault: ({ rates }) =>
    rates.every((rate) => rate === 0) ? 'expected an hour with a rate above 0' : undefined,
  meanRate(spec, duration_us) {
    let expected = 0;
    for (let hour = 0; hour * HOUR_US < duration_us; hour++) {
      expected += (rateIn(spec, hour) * Math.min(HOUR_US, duration_us - hour * HOUR_US)) / SECOND_US;
    }
    return (expected * SECOND_US) / duration_us;
  },
  peakRate: (spec) => Math.max(...spec.rates) * Math.max(1, spec.weekend_factor),
  make(spec, { streams, begin_us, end_us, rateScale }) {
    const stream = streams('arrivals');
    // The first pass of a cycle begins on a Monday as well: time counts from the begin.
    let clock_us = 0;
    let hour = 0;
    return {
      fill(batch, from, to) {
        for (let i = from; i < to; i++) {
          let left = exponential(stream);
          for (;;) {
            const rate = (rateIn(spec, hour) * rateScale) / SECOND_US;
            const inHour = rate * ((hour + 1) * HOUR_US - clock_us);
            if (left < inHour) {
              clock_us = Math.floor(clock_us + left / rate + 0.5);
              break;
            }
            left -= inHour;
            clock_us = ++hour * HOUR_US;
            if (begin_us + clock_us >= end_us) return i;
          }
          batch.arrival_us[i] = begin_us + clock_us;
        }
        return to;
      },
    };
  },
};
