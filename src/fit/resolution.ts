import { SECOND_US } from '../core/time.ts';
import type { Stream } from '../random/stream.ts';

/** What clocks of logs round to. */
const COARSE_US = [3600, 900, 300, 60, 10].map((s) => s * SECOND_US);
const FINE_US = [SECOND_US, 100_000, 10_000, 1000];
/** A clock coarser than a second is believed if so many requests share an instant, and else the traffic is that even. */
const LEAST_SHARED = 0.01;

/** So many of the times must lie on a step: a row or two may be written otherwise. */
const MOST = 0.99;

/** What a log rounds its times to, from an hour to a microsecond. @param arrival_us rising */
export function resolutionOf(arrival_us: Float64Array): number {
  const isStep = (step: number) => {
    let off = 0;
    for (const t of arrival_us) if (t % step !== 0) off++;
    return off <= (1 - MOST) * arrival_us.length;
  };
  let shared = 0;
  for (let i = 1; i < arrival_us.length; i++) if (arrival_us[i] === arrival_us[i - 1]) shared++;
  const coarse = shared > LEAST_SHARED * arrival_us.length ? COARSE_US : [];
  return [...coarse, ...FINE_US].find(isStep) ?? 1;
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
