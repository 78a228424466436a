import { type BatchSpec, batch } from './batch.ts';
import { type ConstantRateSpec, constant } from './constant.ts';
import { type DiurnalSpec, diurnal } from './diurnal.ts';
import { type FlashCrowdSpec, flashCrowd } from './flash-crowd.ts';
import { type GammaProcessSpec, gamma } from './gamma.ts';
import { type HawkesSpec, hawkes } from './hawkes.ts';
import { type HourlySpec, hourly } from './hourly.ts';
import { type HyperexponentialProcessSpec, hyperexponential } from './hyperexponential.ts';
import { type MmppSpec, mmpp } from './mmpp.ts';
import { type OnOffSpec, onOff } from './on-off.ts';
import { type PhasesSpec, phases } from './phases.ts';
import { type PoissonSpec, poisson } from './poisson.ts';
import type { ProcessKind } from './process.ts';
import { type TraceSpec, trace } from './trace.ts';
import { type WeibullProcessSpec, weibull } from './weibull.ts';

/** Every arrival process a source can name. A new one is a file and a line here. */
export const processes = {
  poisson,
  constant,
  gamma,
  weibull,
  hyperexponential,
  'on-off': onOff,
  mmpp,
  hawkes,
  batch,
  hourly,
  diurnal,
  phases,
  'flash-crowd': flashCrowd,
  trace,
} as const;

export type ProcessSpec =
  | PoissonSpec
  | ConstantRateSpec
  | GammaProcessSpec
  | WeibullProcessSpec
  | HyperexponentialProcessSpec
  | OnOffSpec
  | MmppSpec
  | HawkesSpec
  | BatchSpec
  | HourlySpec
  | DiurnalSpec
  | PhasesSpec
  | FlashCrowdSpec
  | TraceSpec;

/** The row of the table that a spec names. */
export function processKind(spec: ProcessSpec): ProcessKind<ProcessSpec> {
  return processes[spec.process] as ProcessKind<ProcessSpec>;
}
