import { assert } from '../core/assert.ts';
import { seconds } from '../core/time.ts';
import { type DistributionSpec, makeDistribution } from '../random/distributions/table.ts';
import type { Stream, Streams } from '../random/stream.ts';
import { Zipf } from '../random/zipf.ts';
import { meanOf } from '../stats/mean.ts';
import { type AttributesSpec, drawRows } from './attributes.ts';
import type { Batch } from './batch.ts';
import type { ProcessKind } from './processes/process.ts';
import { type ProcessSpec, processKind } from './processes/table.ts';
import { sumBefore } from './processes/trace.ts';
import { type ProfileSpec, paced, paceOf } from './profile.ts';

/** A source of requests as plain data. */
export interface SourceSpec {
  name: string;
  /** A training is a job with a duration, which makes no image. Default: requests. */
  kind?: SourceKind | undefined;
  process: ProcessSpec;
  /** Intensity times this. */
  rate_scale: number;
  /** Outputs of a request: whole numbers. */
  images: DistributionSpec;
  /** Work of a request; drawn values are divided by their mean. */
  work: DistributionSpec;
  /** A daily rhythm laid over a process that has none. */
  profile?: ProfileSpec | undefined;
  /** Requests drawn from the rows of a log, instead of images and work by themselves. */
  attributes?: AttributesSpec | undefined;
  /** Of a training: how long it takes on a platform of training_speed 1, in seconds. */
  duration?: DistributionSpec | undefined;
  /** Adapters that its requests need; absent: none, or those of a log's column. */
  adapters?: AdaptersSpec | undefined;
}

export const SOURCE_KINDS = ['requests', 'training'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** So many adapters, the k-th wanted in proportion to 1 / k^zipf. */
export interface AdaptersSpec {
  count: number;
  zipf: number;
}

export function isTraining(spec: SourceSpec): boolean {
  return spec.kind === 'training';
}

/** How many adapters the requests of a source may need. */
export function adapterCount({ adapters, process }: SourceSpec): number {
  if (process.process === 'trace' && process.rows?.adapterNames) return process.rows.adapterNames.length;
  return adapters?.count ?? 0;
}

/** Draws the requests of one source, in order of arrival. */
export interface Source {
  /** Fills `batch` from position `from` to `to`; returns the position after the last request, as a process does. */
  fill(batch: Batch, from: number, to: number): number;
}

/** Expected requests a second, over the whole duration. */
export function expectedRate(spec: SourceSpec, duration_us: number): number {
  const rate = processKind(spec.process).meanRate(spec.process, duration_us) * spec.rate_scale;
  return spec.profile
    ? (rate * paceOf(spec.profile).expected(seconds(duration_us))) / seconds(duration_us)
    : rate;
}

/** Expected size that a source brings in a second; of trainings, seconds of work. */
export function offeredSize(spec: SourceSpec, duration_us: number): number {
  const rate = expectedRate(spec, duration_us);
  if (spec.process.process === 'trace') {
    const { rows, repeat } = spec.process;
    const column = rows?.work ?? rows?.images;
    if (rows && column)
      return (sumBefore(rows, column, repeat, duration_us) / seconds(duration_us)) * spec.rate_scale;
  }
  const { work, images } = spec.attributes?.rows ?? {};
  const drawn = work ?? images;
  return rate * (drawn ? meanOf(Array.from(drawn)) : makeDistribution(spec.duration ?? spec.images).mean);
}

/**
 * @param streams the streams of this source: `arrivals`, `work`, `images`, `attributes`, `duration`, `adapter`, `scale`
 * @param begin_us instant at which the process begins
 * @param end_us arrivals from here on do not exist
 */
export function makeSource(spec: SourceSpec, streams: Streams, begin_us: number, end_us: number): Source {
  const kind = processKind(spec.process);
  const make = (begin_us: number, end_us: number) =>
    kind.make(spec.process, { streams, begin_us, end_us, rateScale: spec.rate_scale });
  const process = spec.profile ? paced(spec.profile, begin_us, end_us, make) : make(begin_us, end_us);
  const gives = givenOf(spec);
  const rows = spec.attributes && drawRows(spec.attributes, streams('attributes'));
  const sizes = isTraining(spec) ? durations(spec, streams, gives) : imagesTimesWork(spec, streams, gives);
  const adapters = spec.adapters && popularity(spec.adapters, streams('adapter'));
  return {
    fill(batch, from, to) {
      const end = process.fill(batch, from, to);
      rows?.(batch, from, end);
      sizes(batch, from, end);
      adapters?.(batch, from, end);
      return end;
    },
  };
}

/** Attributes that come with the arrivals, or from the rows of a log. */
export function givenOf({ process, attributes }: Pick<SourceSpec, 'process' | 'attributes'>): Gives {
  const gives = processKind(process).gives?.(process) ?? { images: false, size: false };
  if (attributes === undefined) return gives;
  return {
    ...gives,
    images: attributes.images_column !== undefined,
    size: attributes.work_column !== undefined,
  };
}

/** Writes an attribute of the requests from one position to another. */
type Attribute = (batch: Batch, from: number, to: number) => void;
export type Gives = NonNullable<ReturnType<NonNullable<ProcessKind<ProcessSpec>['gives']>>>;

function imagesTimesWork(spec: SourceSpec, streams: Streams, gives: Gives): Attribute {
  const images = makeDistribution(spec.images);
  const work = makeDistribution(spec.work);
  assert(gives.size || work.mean > 0, 'drawn work has a mean above 0');
  const imagesStream = streams('images');
  const workStream = streams('work');
  return (batch, from, to) => {
    if (!gives.images) images.fill(imagesStream, batch.images, from, to);
    if (gives.size) return;
    const { size, images: outputs } = batch;
    work.fill(workStream, size, from, to);
    const mean = work.mean;
    for (let i = from; i < to; i++) size[i] = (size[i]! / mean) * outputs[i]!;
  };
}

/** A training makes no image; its size is its duration. */
function durations(spec: SourceSpec, streams: Streams, gives: Gives): Attribute {
  const law = spec.duration && makeDistribution(spec.duration);
  const stream = streams('duration');
  return (batch, from, to) => {
    batch.images.fill(0, from, to);
    if (!gives.size) law!.fill(stream, batch.size, from, to);
  };
}

function popularity({ count, zipf }: AdaptersSpec, stream: Stream): Attribute {
  const law = new Zipf(count, zipf);
  return (batch, from, to) => {
    for (let i = from; i < to; i++) batch.adapter[i] = law.rank(stream);
  };
}
