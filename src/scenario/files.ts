import type { EmpiricalSpec } from '../random/distributions/empirical.ts';
import type { TraceSpec } from '../workload/processes/trace.ts';

/** A part of a scenario that lives in a file of its own. */
export type FilePart = { readonly path: PropertyKey[]; readonly spec: TraceSpec | EmpiricalSpec };

/** Every request log and every sample that a parsed scenario names, wherever it stands. */
export function fileParts(value: unknown, path: PropertyKey[] = []): FilePart[] {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [];
  const spec = value as { process?: unknown; distribution?: unknown };
  if (spec.process === 'trace') return [{ path, spec: value as TraceSpec }];
  if (spec.distribution === 'empirical') return [{ path, spec: value as EmpiricalSpec }];
  return Object.entries(value).flatMap(([key, part]) => fileParts(part, [...path, key]));
}
