import { SECOND_US, seconds } from '../core/time.ts';
import { streamsOf } from '../random/stream.ts';
import { type ProfileSpec, paceOf } from '../workload/profile.ts';
import { gapsOf, type Stretch } from './dispersion-curve.ts';
import { spread } from './resolution.ts';

/** What a process is fitted to. */
export interface GapSample {
  /** Above 0, in seconds and in their order. */
  readonly gaps_s: Float64Array;
  /** Arrivals a second over the whole stretch: fitted processes keep it, whatever the likelihood says of the mean. */
  readonly rate: number;
  /** How many arrivals share each instant of the log. */
  readonly batches: Float64Array;
  /** What the log rounds its times to, in seconds. */
  readonly resolution_s: number;
}

/** Where a log lies in the week, and what it rounds to. */
export interface Calendar {
  /** A Monday 00:00, in the log's own microseconds. */
  readonly monday_us: number;
  readonly resolution_us: number;
}

/** Gaps that a likelihood is made from: more take longer and say little more. */
const MOST_GAPS = 100_000;
/** They come in so many blocks from all over the log: bursts stay whole, and no season is left out. */
const BLOCKS = 10;
const SHORTEST_GAP_S = 1e-9;

/** The gaps of a stretch in the time that passes at the pace of a profile (in the clock's without one). */
export function gapSample(
  stretch: Stretch,
  { monday_us, resolution_us }: Calendar,
  profile: ProfileSpec | undefined,
): GapSample {
  const pace = profile && paceOf(profile);
  const own_s = (t_us: number) =>
    pace ? pace.expected(seconds(t_us - monday_us)) : seconds(t_us - monday_us);
  const { arrival_us, from_us, to_us } = stretch;
  const parts = blocksOf(arrival_us);
  const stream = streamsOf('fit', 0)('spread');
  const gaps = parts.map((part) =>
    gapsOf(spread(part, resolution_us, stream).map((t) => own_s(t) * SECOND_US)),
  );
  return {
    gaps_s: joined(gaps).map((gap) => Math.max(gap, SHORTEST_GAP_S)),
    rate: arrival_us.length / (own_s(to_us) - own_s(from_us)),
    batches: joined(parts.map(batchesOf)),
    resolution_s: seconds(resolution_us),
  };
}

function blocksOf(arrival_us: Float64Array): Float64Array[] {
  if (arrival_us.length <= MOST_GAPS + 1) return [arrival_us];
  const length = MOST_GAPS / BLOCKS + 1;
  return Array.from({ length: BLOCKS }, (_, k) => {
    const begin = Math.floor((k * (arrival_us.length - length)) / (BLOCKS - 1));
    return arrival_us.subarray(begin, begin + length);
  });
}

function batchesOf(arrival_us: Float64Array): Float64Array {
  const sizes: number[] = [];
  arrival_us.forEach((t, i) => {
    if (i > 0 && t === arrival_us[i - 1]) sizes[sizes.length - 1]!++;
    else sizes.push(1);
  });
  return Float64Array.from(sizes);
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
