import type * as z from 'zod';
import type { Streams } from '../../random/stream.ts';
import type { Batch } from '../batch.ts';

/** Produces the arrivals of one source, in order. */
export interface ArrivalProcess {
  /**
   * Writes the next instants into `batch.arrival_us[from] .. [to - 1]`, never falling, and returns the position
   * after the last one written. Less than `to` means that no arrival is left. A process that knows the images, the
   * size or the adapters of its requests (see `gives`) writes those as well.
   */
  fill(batch: Batch, from: number, to: number): number;
}

export interface ProcessContext {
  /** The streams of this source: `streams('arrivals')`, `streams('scale')`. */
  readonly streams: Streams;
  /** Instant at which the process begins, in microseconds. */
  readonly begin_us: number;
  /** Arrivals from here on do not exist: a process may stop when it gets there. */
  readonly end_us: number;
  /** Intensity times this; durations of states stay as they are. */
  readonly rateScale: number;
}

/** Windows of a run in which arrivals are counted. */
export interface Windows {
  readonly window_s: number;
  readonly duration_s: number;
  readonly rateScale: number;
}

/** One row of the table of arrival processes. */
export interface ProcessKind<Spec> {
  /** Schema of the keys beside those that every source takes. */
  keys(): Record<string, z.ZodType>;
  /** What is wrong between keys that are right one by one. */
  fault?(spec: Spec): string | undefined;
  /** Whether its law does not change with time: only then may a profile of the day be laid over it. */
  readonly isStationary?: boolean;
  /** Whether it repeats itself every day or week: a cycle must then be of whole days. */
  readonly isDaily?: boolean;
  /**
   * Expected arrivals a second over [0, duration), before rate_scale; of a trace, the rows there are; of independent
   * gaps, in the long run.
   */
  meanRate(spec: Spec, duration_us: number): number;
  /** The highest expected rate there ever is, in arrivals a second, before rate_scale; 0 for a log. */
  peakRate(spec: Spec): number;
  /** Coefficient of variation of the gaps between arrivals, where theory knows it. */
  gapCv?(spec: Spec, rateScale: number): number | undefined;
  /**
   * How many arrivals more than rate x duration, `expected`, a run has on average since its first gap is like the
   * others; in long runs.
   */
  edge?(spec: Spec, expected: number): number;
  /** Variance over mean of the counts in windows, where theory knows it. */
  dispersion?(spec: Spec, windows: Windows): number | undefined;
  /** Which attributes come with the arrivals and are not drawn by the source. */
  gives?(spec: Spec): { images: boolean; size: boolean; adapter?: boolean };
  make(spec: Spec, context: ProcessContext): ArrivalProcess;
}
