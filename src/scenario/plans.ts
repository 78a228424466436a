import { suggestion } from '../core/suggest.ts';
import type { PlatformSpec } from '../platforms/table.ts';
import type { SourceSpec } from '../workload/source.ts';
import type { Fault } from './checks.ts';

/** Platforms that serve different sources and are totalled: `both: [modal, replicate]`. */
export interface PlanSpec {
  readonly name: string;
  /** Positions of the platforms in the scenario. */
  readonly members: readonly number[];
}

/** What is wrong with plans as they are written. @param names of all platforms, also of those that are wrong otherwise */
export function planFaults(
  written: Readonly<Record<string, readonly string[]>>,
  names: readonly string[],
  platforms: readonly PlatformSpec[],
  sources: readonly SourceSpec[],
): Fault[] {
  return Object.entries(written).flatMap(([plan, members]) => {
    const path = ['plans', plan];
    if (names.includes(plan)) return [{ path, message: 'is the name of a platform: give the plan another' }];
    const unknown = members.flatMap((name, i) =>
      names.includes(name)
        ? []
        : [{ path: [...path, i], message: `no platform "${name}"${suggestion(name, names)}` }],
    );
    if (unknown.length > 0) return unknown;
    return sharedFaults(path, members, platforms, sources);
  });
}

/** No source may be served twice in a plan, and all of them should be served. */
function sharedFaults(
  path: Fault['path'],
  members: readonly string[],
  platforms: readonly PlatformSpec[],
  sources: readonly SourceSpec[],
): Fault[] {
  const faults: Fault[] = [];
  const servedBy = new Map<number, string>();
  for (const [i, name] of members.entries()) {
    const platform = platforms.find((one) => one.name === name);
    for (const source of platform?.sources ?? []) {
      const other = servedBy.get(source);
      if (other !== undefined) {
        const message = `${other} and ${name} both serve ${sources[source]!.name}: a plan totals platforms that serve different sources; give them sources: [...]`;
        faults.push({ path: [...path, i], message });
        break;
      }
      servedBy.set(source, name);
    }
  }
  const left = [...sources.keys()].filter((k) => !servedBy.has(k)).map((k) => sources[k]!.name);
  if (
    faults.length === 0 &&
    left.length > 0 &&
    members.every((name) => platforms.some((one) => one.name === name))
  ) {
    const message = `serves all but ${left.join(', ')}: its cost cannot be compared with that of a plan which serves everything`;
    faults.push({ path, message, level: 'warning' });
  }
  return faults;
}

/** Plans that are right, with their members by position. */
export function plansOf(
  written: Readonly<Record<string, readonly string[]>>,
  platforms: readonly PlatformSpec[],
): PlanSpec[] {
  return Object.entries(written).map(([name, members]) => ({
    name,
    members: members.map((member) => platforms.findIndex((one) => one.name === member)),
  }));
}
