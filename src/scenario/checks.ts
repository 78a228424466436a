import { suggestion } from '../core/suggest.ts';
import { DAY_US, HOUR_US } from '../core/time.ts';
import type { PlatformSpec } from '../platforms/table.ts';
import { makeDistribution } from '../random/distributions/table.ts';
import { period_us } from '../workload/processes/trace.ts';
import type { SourceSpec } from '../workload/source.ts';
import { fileParts } from './files.ts';
import type { Scenario } from './scenario.ts';
import type { ScenarioInput } from './schema.ts';

/** Something wrong between parts that are right one by one. */
export interface Fault {
  readonly path: readonly (string | number)[];
  readonly message: string;
  /** Default: error. */
  readonly level?: 'error' | 'warning';
}

/** A cycle needs traffic that can be drawn anew, and days that end as they began. */
export function cycleFaults(
  start: Scenario['start'],
  sources: readonly SourceSpec[],
  platforms: readonly PlatformSpec[],
  duration_us: number,
): Fault[] {
  if (start !== 'cycle') return [];
  const faults: Fault[] = [];
  if (sources.some((source) => source.process.process === 'trace')) {
    faults.push({ path: ['start'], message: 'a trace cannot cycle: use start: warm or start: empty' });
  }
  const isDaily =
    platforms.some((platform) => platform.policy.keep_warm.length > 1) ||
    sources.some((source) => source.process.process === 'hourly');
  if (isDaily && duration_us % DAY_US !== 0) {
    const message = 'with start: cycle, a daily table or hourly traffic needs a duration of whole days';
    faults.push({ path: ['duration'], message });
  }
  return faults;
}

/** Most hours x replications x platforms: what fits into memory. */
const MOST_ROWS = 5_000_000;

export function sizeFaults(duration_us: number, runs: number): Fault[] {
  const rows = Math.ceil(duration_us / HOUR_US) * runs;
  if (rows <= MOST_ROWS) return [];
  const message = `hours x replications x platforms is ${rows}, more than ${MOST_ROWS}: shorten the run or take fewer replications`;
  return [{ path: ['duration'], message }];
}

/** Names in the sweep and crossover blocks must exist, whatever the command. */
export function nameFaults(
  sweep: ScenarioInput['sweep'],
  crossover: ScenarioInput['crossover'],
  sources: readonly SourceSpec[],
  platforms: readonly string[],
): Fault[] {
  const unknown = (
    path: Fault['path'],
    name: string | undefined,
    names: readonly string[],
    what: string,
  ): Fault[] =>
    name === undefined || names.includes(name)
      ? []
      : [{ path, message: `no ${what} "${name}"${suggestion(name, names)}` }];
  const named = sources.map((source) => source.name);
  return [
    ...unknown(['sweep', 'platform'], sweep?.platform, platforms, 'platform'),
    ...(crossover?.platforms ?? []).flatMap((name, i) =>
      unknown(['crossover', 'platforms', i], name, platforms, 'platform'),
    ),
    ...unknown(['crossover', 'source'], crossover?.source, named, 'source'),
  ];
}

/** Drawn work is divided by its mean, which can be known only when the files are read. */
export function workFaults(spec: SourceSpec, path: Fault['path']): Fault[] {
  const isUnread = fileParts(spec.work, []).some((part) => !('values' in part.spec));
  if (isUnread || makeDistribution(spec.work).mean > 0) return [];
  return [
    { path: [...path, 'work'], message: 'expected work whose mean is above 0: values are divided by it' },
  ];
}

/** Rows before a given origin are left out: that should be known, and all of them is a mistake. */
export function originFaults({ process }: SourceSpec, index: number): Fault[] {
  if (process.process !== 'trace' || !process.rows?.skipped) return [];
  const { skipped, arrival_us } = process.rows;
  const path = ['traffic', index, 'origin'];
  if (arrival_us.length === 0)
    return [{ path, message: `all ${skipped} requests are before the origin: nothing is left` }];
  return [
    { path, message: `${skipped} of its requests are before the origin and are left out`, level: 'warning' },
  ];
}

/** Rows at or after the end do not exist, which should be known. */
export function beyondFaults({ process }: SourceSpec, index: number, duration_us: number): Fault[] {
  if (process.process !== 'trace' || process.rows === undefined) return [];
  const { arrival_us } = process.rows;
  let beyond = 0;
  for (let pass = 0; pass < process.repeat; pass++) {
    const limit = duration_us - pass * period_us(process.rows);
    beyond +=
      limit <= 0 ? arrival_us.length : arrival_us.reduce((count, t) => count + (t >= limit ? 1 : 0), 0);
  }
  if (beyond === 0) return [];
  const message = `${beyond} of its requests arrive at or after the end of the run and are left out`;
  return [{ path: ['traffic', index, 'file'], message, level: 'warning' }];
}
