/** How many requests are drawn at a time. */
export const BATCH_LENGTH = 256;

/** Some requests in order of arrival: arrays that are made once and filled again and again. */
export interface Batch {
  count: number;
  /** Instants, in microseconds of the clock, never falling. */
  readonly arrival_us: Float64Array;
  /** Size relative to the reference image: images x work; of a training, its duration in seconds. */
  readonly size: Float64Array;
  /** Outputs, a whole number. */
  readonly images: Float64Array;
  /** Position of the request's source in the list of traffic. */
  readonly source: Uint16Array;
  /** The adapter that a request needs, counted over all sources; -1: none. */
  readonly adapter: Int32Array;
}

export function newBatch(length = BATCH_LENGTH): Batch {
  return {
    count: 0,
    arrival_us: new Float64Array(length),
    size: new Float64Array(length),
    images: new Float64Array(length),
    source: new Uint16Array(length),
    adapter: new Int32Array(length).fill(-1),
  };
}
