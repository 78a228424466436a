import { duration, rate, rateOrZero } from '../../core/fields.ts';
import { modulated, type State, statesDispersion, statesFault, statesGapCv, stationaryRate } from './mmpp.ts';
import type { ProcessKind } from './process.ts';

export interface OnOffSpec {
  process: 'on-off';
  /** Arrivals a second while on, and while off. */
  rate_on: number;
  rate_off: number;
  /** Mean lengths of a burst and of a lull, in seconds; both are exponential. */
  mean_on: number;
  mean_off: number;
}

function states(spec: OnOffSpec): State[] {
  return [
    { rate: spec.rate_on, mean_duration: spec.mean_on },
    { rate: spec.rate_off, mean_duration: spec.mean_off },
  ];
}

/** The simple bursty process: Poisson bursts and lulls. */
export const onOff: ProcessKind<OnOffSpec> = {
  keys: () => ({
    rate_on: rate,
    mean_on: duration,
    mean_off: duration,
    rate_off: rateOrZero.prefault('0/s'),
  }),
  fault: (spec) => statesFault(states(spec)),
  isStationary: true,
  meanRate: (spec) => stationaryRate(states(spec)),
  peakRate: (spec) => Math.max(spec.rate_on, spec.rate_off),
  gapCv: (spec, rateScale) => statesGapCv(states(spec), rateScale),
  dispersion: (spec, windows) => statesDispersion(states(spec), windows),
  make: (spec, context) => modulated(states(spec), context),
};
