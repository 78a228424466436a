import type { LogTraffic } from '../../src/fit/rank.ts';
import type { ProcessSpec } from '../../src/workload/processes/table.ts';
import { instantsBefore, type Make } from '../workload/draw.ts';

/** A log of a process, from t = 0 on. */
export function logOf(spec: ProcessSpec, hours: number, made: Make = {}): LogTraffic {
  return logOfInstants(instantsBefore(spec, hours * 3600e6, made), hours);
}

export function logOfInstants(instants: readonly number[], hours: number): LogTraffic {
  return {
    arrival_us: Float64Array.from(instants),
    from_us: 0,
    to_us: hours * 3600e6,
    monday_us: 0,
    isWeekKnown: true,
  };
}
