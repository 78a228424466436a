import { type ConstantRateSpec, constant } from './constant.ts';
import { type HourlySpec, hourly } from './hourly.ts';
import { type MmppSpec, mmpp } from './mmpp.ts';
import { type OnOffSpec, onOff } from './on-off.ts';
import { type PoissonSpec, poisson } from './poisson.ts';
import type { ProcessKind } from './process.ts';
import { type TraceSpec, trace } from './trace.ts';

/** Every arrival process a source can name. A new one is a file and a line here. */
export const processes = { poisson, constant, 'on-off': onOff, mmpp, hourly, trace } as const;

export type ProcessSpec = PoissonSpec | ConstantRateSpec | OnOffSpec | MmppSpec | HourlySpec | TraceSpec;

/** The row of the table that a spec names. */
export function processKind(spec: ProcessSpec): ProcessKind<ProcessSpec> {
  return processes[spec.process] as ProcessKind<ProcessSpec>;
}
