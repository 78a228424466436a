import { SECOND_US, seconds } from '../core/time.ts';
import {
  dispersion,
  type Moments,
  MomentsBuilder,
  mergeMoments,
  NO_MOMENTS,
  variance,
} from '../stats/moments.ts';
import type { Batch } from '../workload/batch.ts';

/** What the arrivals of one replication were like. */
export interface TrafficRecord {
  readonly count: number;
  /** Gaps between successive arrivals, in seconds. */
  readonly gaps: Moments;
  /** Arrivals in consecutive windows that lie within the run. */
  readonly perMinute: Moments;
  readonly perHour: Moments;
}

/** Watches arrivals go by. */
export class TrafficMeter {
  readonly #gaps = new MomentsBuilder();
  readonly #windows: WindowCounter[];
  readonly #duration_us: number;
  #count = 0;
  #last_us = 0;

  constructor(duration_us: number) {
    this.#duration_us = duration_us;
    this.#windows = [60, 3600].map((length) => new WindowCounter(length * SECOND_US));
  }

  /** @param serves by source, whether its requests count; default: all do */
  watch(batch: Batch, serves?: readonly boolean[]): void {
    for (let i = 0; i < batch.count; i++) {
      if (serves !== undefined && !serves[batch.source[i]!]) continue;
      const t_us = batch.arrival_us[i]!;
      if (this.#count++ > 0) this.#gaps.add(seconds(t_us - this.#last_us));
      this.#last_us = t_us;
      for (const window of this.#windows) window.add(t_us);
    }
  }

  finish(): TrafficRecord {
    const [perMinute, perHour] = this.#windows.map((window) => window.finish(this.#duration_us));
    return { count: this.#count, gaps: this.#gaps.moments(), perMinute: perMinute!, perHour: perHour! };
  }
}

/** Measures the traffic of several sets of sources; equal sets are measured once. */
export class TrafficMeters {
  readonly #sets: readonly string[];
  readonly #meters: ReadonlyMap<string, { meter: TrafficMeter; serves: readonly boolean[] | undefined }>;

  /** @param sets positions of sources, out of `count` */
  constructor(sets: readonly (readonly number[])[], count: number, duration_us: number) {
    this.#sets = sets.map((set) => set.join());
    this.#meters = new Map(
      sets.map((set) => {
        const serves = Array.from({ length: count }, (_, k) => set.includes(k));
        const isAll = serves.every((one) => one);
        return [set.join(), { meter: new TrafficMeter(duration_us), serves: isAll ? undefined : serves }];
      }),
    );
  }

  watch(batch: Batch): void {
    for (const { meter, serves } of this.#meters.values()) meter.watch(batch, serves);
  }

  /** A record a set. */
  finish(): TrafficRecord[] {
    const records = new Map(Array.from(this.#meters, ([set, { meter }]) => [set, meter.finish()]));
    return this.#sets.map((set) => records.get(set)!);
  }
}

class WindowCounter {
  readonly #length_us: number;
  readonly #counts = new MomentsBuilder();
  #window = 0;
  #inWindow = 0;

  constructor(length_us: number) {
    this.#length_us = length_us;
  }

  add(t_us: number): void {
    const window = Math.floor(t_us / this.#length_us);
    if (window !== this.#window) this.#moveTo(window);
    this.#inWindow++;
  }

  /** Only windows that end within the run count. */
  finish(duration_us: number): Moments {
    const whole = Math.floor(duration_us / this.#length_us);
    if (this.#window < whole) this.#moveTo(whole);
    return this.#counts.moments();
  }

  #moveTo(window: number): void {
    this.#counts.add(this.#inWindow);
    this.#counts.addZeros(window - this.#window - 1);
    this.#inWindow = 0;
    this.#window = window;
  }
}

/** The traffic as it was really drawn, over all replications; null where there are too few data. */
export interface TrafficFacts {
  readonly rate_per_hour: number;
  /** Coefficient of variation of the gaps. */
  readonly interarrival_cv: number | null;
  /** Variance over mean of the counts in consecutive windows. */
  readonly dispersion_60s: number | null;
  readonly dispersion_3600s: number | null;
}

export function trafficFacts(records: readonly TrafficRecord[], duration_us: number): TrafficFacts {
  const pooled = (pick: (record: TrafficRecord) => Moments) =>
    records.map(pick).reduce(mergeMoments, NO_MOMENTS);
  const gaps = pooled((record) => record.gaps);
  const spread = variance(gaps);
  const count = records.reduce((total, record) => total + record.count, 0);
  return {
    rate_per_hour: count / ((seconds(duration_us) / 3600) * records.length),
    interarrival_cv: spread === undefined || gaps.mean === 0 ? null : Math.sqrt(spread) / gaps.mean,
    dispersion_60s: dispersion(pooled((record) => record.perMinute)) ?? null,
    dispersion_3600s: dispersion(pooled((record) => record.perHour)) ?? null,
  };
}
