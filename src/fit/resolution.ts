import { SECOND_US } from '../core/time.ts';
import type { Stream } from '../random/stream.ts';

/** What a log rounds its times to: whole seconds, milliseconds or microseconds. */
export function resolutionOf(arrival_us: Float64Array): number {
  for (const step of [SECOND_US, 1000]) if (arrival_us.every((t) => t % step === 0)) return step;
  return 1;
}

/** Rounds times down to what the log rounds to. */
export function roundedDown(arrival_us: Float64Array, resolution_us: number): Float64Array {
  return arrival_us.map((t) => Math.floor(t / resolution_us) * resolution_us);
}

/**
 * Undoes the rounding, so that no two arrivals fall together: each is put at a random place within its tick, those of
 * one tick in rising order.
 */
export function spread(arrival_us: Float64Array, resolution_us: number, stream: Stream): Float64Array {
  return arrival_us.map((t) => t + stream.open() * resolution_us).sort();
}
