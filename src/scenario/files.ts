import type { EmpiricalSpec } from '../random/distributions/empirical.ts';
import type { AttributesSpec } from '../workload/attributes.ts';
import type { TraceSpec } from '../workload/processes/trace.ts';

/** A part of a scenario that lives in a file of its own. */
export interface FilePart {
  /** Where the scenario names it. */
  readonly path: readonly PropertyKey[];
  readonly spec: TraceSpec | AttributesSpec | EmpiricalSpec;
}

/** Steps of a parsed spec that the written scenario does not have. */
const UNWRITTEN = ['process', 'parts', 'of'];

/** Every request log and every sample that a parsed scenario names, wherever it stands. */
export function fileParts(value: unknown, path: readonly PropertyKey[]): FilePart[] {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [];
  const spec = value as { process?: unknown; distribution?: unknown; attributes?: unknown };
  if (spec.attributes === 'rows') return [{ path, spec: value as AttributesSpec }];
  if (spec.process === 'trace') return [{ path, spec: value as TraceSpec }];
  if (spec.distribution === 'empirical') return [{ path, spec: value as EmpiricalSpec }];
  return Object.entries(value).flatMap(([key, part]) =>
    fileParts(part, UNWRITTEN.includes(key) ? path : [...path, key]),
  );
}
