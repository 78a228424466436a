import { assert } from '../core/assert.ts';
import { seconds } from '../core/time.ts';
import { type DistributionSpec, makeDistribution } from '../random/distributions/table.ts';
import type { Streams } from '../random/stream.ts';
import type { Batch } from './batch.ts';
import { type ProcessSpec, processKind } from './processes/table.ts';
import { sumBefore } from './processes/trace.ts';

/** A source of requests as plain data. */
export interface SourceSpec {
  name: string;
  process: ProcessSpec;
  /** Intensity times this. */
  rate_scale: number;
  /** Outputs of a request: whole numbers. */
  images: DistributionSpec;
  /** Work of a request; drawn values are divided by their mean. */
  work: DistributionSpec;
}

/** Draws the requests of one source, in order of arrival. */
export interface Source {
  /** Fills `batch` from position `from` to `to`; returns the position after the last request, as a process does. */
  fill(batch: Batch, from: number, to: number): number;
}

/** Expected requests a second, over the whole duration. */
export function expectedRate(spec: SourceSpec, duration_us: number): number {
  return processKind(spec.process).meanRate(spec.process, duration_us) * spec.rate_scale;
}

/** Expected size that a source brings in a second. */
export function offeredSize(spec: SourceSpec, duration_us: number): number {
  const rate = expectedRate(spec, duration_us);
  if (spec.process.process === 'trace') {
    const { rows, repeat } = spec.process;
    const column = rows?.work ?? rows?.images;
    if (rows && column)
      return (sumBefore(rows, column, repeat, duration_us) / seconds(duration_us)) * spec.rate_scale;
  }
  return rate * makeDistribution(spec.images).mean;
}

/**
 * @param streams the streams of this source: `arrivals`, `work`, `images`, `scale`
 * @param begin_us instant at which the process begins
 * @param end_us arrivals from here on do not exist
 */
export function makeSource(spec: SourceSpec, streams: Streams, begin_us: number, end_us: number): Source {
  const kind = processKind(spec.process);
  const process = kind.make(spec.process, { streams, begin_us, end_us, rateScale: spec.rate_scale });
  const gives = kind.gives?.(spec.process) ?? { images: false, size: false };
  const images = makeDistribution(spec.images);
  const work = makeDistribution(spec.work);
  assert(gives.size || work.mean > 0, 'drawn work has a mean above 0');
  const imagesStream = streams('images');
  const workStream = streams('work');
  return {
    fill(batch, from, to) {
      const end = process.fill(batch, from, to);
      if (!gives.images) images.fill(imagesStream, batch.images, from, end);
      if (!gives.size) {
        work.fill(workStream, batch.size, from, end);
        for (let i = from; i < end; i++) batch.size[i] = (batch.size[i]! / work.mean) * batch.images[i]!;
      }
      return end;
    },
  };
}
