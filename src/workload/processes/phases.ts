import * as z from 'zod';
import { duration, rateOrZero, strict, text, whole } from '../../core/fields.ts';
import { timeVarying } from './time-varying.ts';
import { linear, VaryingRate } from './varying-rate.ts';

export interface Phase {
  /** In seconds. */
  duration: number;
  /** Arrivals a second at its begin, and all along unless it ramps. */
  rate: number;
  /** Arrivals a second at its end. */
  ramp_to?: number | undefined;
  /** For people. */
  name?: string | undefined;
}

export interface PhasesSpec {
  process: 'phases';
  phases: Phase[];
  /** How often the phases are gone through. */
  repeat: number;
}

/** Poisson arrivals in phases, as load tests write them (Artillery's words); after the last one, none. */
export const phases = timeVarying<PhasesSpec>({
  keys: () => ({
    phases: z
      .array(
        strict({
          duration,
          rate: rateOrZero,
          ramp_to: rateOrZero.optional(),
          name: text('a name', 64).optional(),
        }),
        { error: 'expected a list of phases, as [{duration: 10m, rate: 1/s, ramp_to: 5/s}]' },
      )
      .min(1, { error: 'expected at least one phase' })
      .max(1000, { error: 'expected at most 1000 phases' }),
    repeat: whole(1, 1_000_000).default(1) as unknown as z.ZodType,
  }),
  fault: (spec) =>
    highest(spec) === 0 ? 'expected a phase with a rate above 0: nothing would ever come' : undefined,
  peakRate: highest,
  rate: (spec) =>
    new VaryingRate(
      spec.phases.map(({ duration: length_s, rate, ramp_to = rate }) => linear(length_s, rate, ramp_to)),
      spec.repeat,
    ),
});

function highest(spec: PhasesSpec): number {
  return Math.max(...spec.phases.flatMap(({ rate, ramp_to = 0 }) => [rate, ramp_to]));
}
