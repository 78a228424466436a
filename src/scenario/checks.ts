import { plain } from '../core/plain-number.ts';
import { shown } from '../core/shown.ts';
import { suggestion } from '../core/suggest.ts';
import { DAY_US, HOUR_US } from '../core/time.ts';
import type { PlatformSpec } from '../platforms/table.ts';
import { makeDistribution } from '../random/distributions/table.ts';
import { EXACT_MAX } from '../stats/sample.ts';
import { sliceEdge } from '../workload/arrange-log.ts';
import type { TraceRows } from '../workload/log-rows.ts';
import { processKind } from '../workload/processes/table.ts';
import { period_us, requestsBefore, type TraceSpec } from '../workload/processes/trace.ts';
import { expectedRate, isTraining, type SourceSpec } from '../workload/source.ts';
import { parseTimestamp } from '../workload/timestamp.ts';
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
  sources: readonly LocatedSource[],
  platforms: readonly PlatformSpec[],
  duration_us: number,
): Fault[] {
  if (start !== 'cycle') return [];
  const faults: Fault[] = [];
  if (sources.some(({ spec }) => spec.process.process === 'trace')) {
    faults.push({ path: ['start'], message: 'a trace cannot cycle: use start: warm or start: empty' });
  }
  const isDaily =
    platforms.some((platform) => platform.policy.keep_warm.length > 1) ||
    sources.some(({ spec }) => processKind(spec.process).isDaily || spec.profile !== undefined);
  if (isDaily && duration_us % DAY_US !== 0) {
    const message =
      'with start: cycle, a daily table or traffic that follows the day needs a duration of whole days';
    faults.push({ path: ['duration'], message });
  }
  return faults;
}

/** Most memory that the results may take, in bytes. */
const MOST_BYTES = 3e9;
/** Numbers of an hour, and its latencies as long as they are kept one by one. */
const BYTES_PER_HOUR = 600;
const BYTES_PER_REQUEST = 8;
/** What is kept of a run however short it is: many small arrays. */
const BYTES_PER_RUN = 8000;

/** Every hour of every run stays in memory until the results are put together. */
export function sizeFaults(duration_us: number, runs: number, sources: readonly SourceSpec[]): Fault[] {
  const hours = Math.ceil(duration_us / HOUR_US) * runs;
  const isRead = fileParts(sources, []).every(
    (part) => 'distribution' in part.spec || part.spec.rows !== undefined,
  );
  const perSecond = isRead ? sources.reduce((sum, source) => sum + expectedRate(source, duration_us), 0) : 0;
  const perHour = Math.min(EXACT_MAX, perSecond * 3600);
  const bytes = hours * (BYTES_PER_HOUR + BYTES_PER_REQUEST * perHour) + runs * BYTES_PER_RUN;
  if (bytes <= MOST_BYTES) return [];
  const message = `hours x replications x platforms is ${hours}, too many for memory: shorten the run or take fewer replications`;
  return [{ path: ['duration'], message }];
}

/** Names in the sweep and crossover blocks must exist, whatever the command. */
export function nameFaults(
  sweep: ScenarioInput['sweep'],
  crossover: ScenarioInput['crossover'],
  sources: readonly string[],
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
  return [
    ...unknown(['sweep', 'platform'], sweep?.platform, platforms, 'platform'),
    ...(crossover?.platforms ?? []).flatMap((name, i) =>
      unknown(['crossover', 'platforms', i], name, platforms, 'platform'),
    ),
    ...unknown(['crossover', 'source'], crossover?.source, sources, 'source'),
  ];
}

/** A source and its place in the file. */
export interface LocatedSource {
  readonly spec: SourceSpec;
  readonly path: Fault['path'];
}

/** What is wrong with a source, or left out of it, now that its files are read. */
export function sourceFaults({ spec, path }: LocatedSource, duration_us: number): Fault[] {
  const { process, attributes } = spec;
  const drawn = attributes?.rows ? droppedFaults(attributes.rows, [...path, 'attributes', 'file']) : [];
  const faults = [...workFaults(spec, path), ...drawn];
  return process.process === 'trace' ? [...faults, ...traceFaults(process, path, duration_us)] : faults;
}

/** Drawn work is divided by its mean, which can be known only when the files are read. */
function workFaults(spec: SourceSpec, path: Fault['path']): Fault[] {
  const isUnread = fileParts(spec.work, []).some((part) => !('values' in part.spec));
  if (spec.work.distribution === 'constant' && spec.work.value > 0 && spec.work.value !== 1) {
    const message =
      'work is divided by its mean, so a constant one is 1: for larger requests give images or seconds_per_image';
    return [{ path: [...path, 'work'], message, level: 'warning' }];
  }
  if (isUnread || makeDistribution(spec.work).mean > 0) return [];
  return [
    { path: [...path, 'work'], message: 'expected work whose mean is above 0: values are divided by it' },
  ];
}

/** A log that lasts less than this share of the run leaves a silence at its end that should be known. */
const SHORT_LOG = 0.9;

/** Rows outside the run do not exist, which should be known; all of them before the origin is a mistake. */
function traceFaults(spec: TraceSpec, path: Fault['path'], duration_us: number): Fault[] {
  const { rows, repeat } = spec;
  const at = (key: string) => [...path, key];
  const wrong = instantFaults(spec, at);
  if (wrong.length > 0) return wrong;
  if (rows === undefined) return [];
  const { arrival_us } = rows;
  const { early = 0 } = rows.reading ?? {};
  if (arrival_us.length === 0) return [emptySlice(spec, rows, path)];
  const left = (count: number, where: string) => `${count} of its requests ${where} and are left out`;
  const beyond = repeat * arrival_us.length - requestsBefore(rows, repeat, duration_us);
  const lasts_us = repeat * period_us(rows);
  const days = (us: number) => plain(us / DAY_US, 3);
  const early_end = `the log ends after ${days(lasts_us)} of the ${days(duration_us)} days of the run, and nothing comes after it: shorten the run, or give repeat: ${Math.ceil((repeat * duration_us) / lasts_us)}`;
  return [
    ...(lasts_us < SHORT_LOG * duration_us
      ? [{ path: at('file'), message: early_end, level: 'warning' as const }]
      : []),
    ...droppedFaults(rows, at('file')),
    ...(spec.from === undefined && early > 0
      ? [{ path: at('origin'), message: left(early, 'are before the origin'), level: 'warning' as const }]
      : []),
    ...(beyond > 0
      ? [
          {
            path: at('file'),
            message: left(beyond, 'arrive at or after the end of the run'),
            level: 'warning' as const,
          },
        ]
      : []),
  ];
}

/** Keys of a log that hold no instant. */
function instantFaults(spec: TraceSpec, at: (key: string) => Fault['path']): Fault[] {
  const { origin } = spec;
  const isOrigin =
    origin === undefined ||
    ['midnight', 'first-arrival'].includes(origin) ||
    parseTimestamp(origin) !== undefined;
  if (!isOrigin) {
    const message = `expected midnight, first-arrival or a timestamp, here ${shown(origin)}`;
    return [{ path: at('origin'), message }];
  }
  const edges = (['from', 'to'] as const).filter((key) => spec[key] !== undefined && !sliceEdge(spec[key]));
  return edges.map((key) => ({
    path: at(key),
    message: `expected a timestamp, or a duration from t = 0 as 36h, here ${shown(spec[key])}`,
  }));
}

/** Of what leaves no row of a log: the key at fault. */
function emptySlice(spec: TraceSpec, rows: TraceRows, path: Fault['path']): Fault {
  const { from, to } = spec;
  const { early = 0, late = 0 } = rows.reading ?? {};
  if ((rows.period_us ?? 1) <= 0) {
    const message = `expected a slice that ends after it begins, here from ${from ?? 't = 0'} to ${to}`;
    return { path: [...path, 'to'], message };
  }
  const begin = from === undefined ? 'origin' : 'from';
  const places = [
    ...(early > 0 ? [from === undefined ? 'before the origin' : `before ${from}`] : []),
    ...(late > 0 ? [`at or after ${to}`] : []),
  ];
  const message = `all ${early + late} requests are ${places.join(' or ')}: nothing is left`;
  return { path: [...path, early > 0 ? begin : 'to'], message };
}

/** Rows that were dropped, as was asked for, are still told. */
function droppedFaults({ reading }: TraceRows, path: Fault['path']): Fault[] {
  if (reading === undefined || reading.unreadable + reading.far === 0) return [];
  const { unreadable, firstUnreadable, far, rows } = reading;
  const parts = [
    unreadable > 0 ? `${unreadable} cannot be read, the first in ${firstUnreadable}` : '',
    far > 0 ? `${far} lie far from all others` : '',
  ].filter((part) => part !== '');
  const message = `${unreadable + far} of ${rows} rows were dropped: ${parts.join('; ')}`;
  return [{ path, message, level: 'warning' }];
}

/** Longest mean service of drawn requests, and longest of a log, in seconds: beyond it the clock could not tell microseconds. */
const LONGEST_SERVICE_S = 1e7;

export function serviceFaults(platform: PlatformSpec, sources: readonly SourceSpec[]): Fault[] {
  const { name, seconds_per_image, training_speed, background } = platform;
  const served = platform.sources.map((k) => sources[k]!);
  const longest = [...served, ...(background ? [background] : [])].map(
    (source) => longestSize(source) * (isTraining(source) ? 1 / training_speed : seconds_per_image),
  );
  if (!longest.some((service_s) => service_s > LONGEST_SERVICE_S)) return [];
  const message = `a request would be served for ${Math.max(...longest)} s; expected at most ${LONGEST_SERVICE_S}`;
  return [{ path: ['platforms', name], message }];
}

/** The largest size in the log of a source, the mean of one that is drawn; 0 while it is not known. */
function longestSize(source: SourceSpec): number {
  const { process, attributes, duration, images } = source;
  const rows = process.process === 'trace' ? process.rows : attributes?.rows;
  const sizes = rows?.work ?? rows?.images;
  if (sizes) return sizes.reduce((most, size) => Math.max(most, size), 0);
  return fileParts(source, []).length > 0 ? 0 : makeDistribution(duration ?? images).mean;
}
