import { HOUR_US, seconds } from '../core/time.ts';
import { charge, type PlatformSpec } from '../platforms/table.ts';
import { type Charge, NO_USAGE, total_usd, totalCharge, type Usage } from '../platforms/usage.ts';
import { type Hours, mergeHours } from '../pool/hours.ts';
import { exactSum } from '../stats/exact-sum.ts';
import { mergeSamples, type Sample } from '../stats/sample.ts';

/** One replication of one platform: what its pool left, what each hour costs, and its totals. */
export interface RunRecord {
  readonly hours: Hours;
  /** The requests whose latency, wait and cold starts are reported: in a total with trainings, those that are none. */
  readonly answered: Hours;
  readonly lengths_us: readonly number[];
  readonly charges: readonly Charge[];
  readonly after_end_cost_usd: number;
  /** All latencies of the run, in microseconds. */
  readonly latencies: Sample;
}

/** Lengths of the hours of a run; the last one may be shorter. */
export function hourLengths_us(duration_us: number): number[] {
  const count = Math.ceil(duration_us / HOUR_US);
  return Array.from({ length: count }, (_, h) => Math.min(HOUR_US, duration_us - h * HOUR_US));
}

/**
 * The same replication of several platforms as one.
 *
 * @param answering those whose latencies count
 * @param containers_max the most alive in all of them at once
 */
export function totalRecord(
  parts: readonly RunRecord[],
  answering: readonly RunRecord[],
  containers_max: Float64Array,
): RunRecord {
  const merged = (records: readonly RunRecord[]) =>
    mergeHours(
      records.map((record) => record.hours),
      containers_max,
    );
  const hours = merged(parts);
  return {
    hours,
    answered: answering.length === parts.length ? hours : merged(answering),
    lengths_us: parts[0]!.lengths_us,
    charges: parts[0]!.charges.map((_, h) => totalCharge(parts.map((part) => part.charges[h]!))),
    after_end_cost_usd: parts.reduce((sum, part) => sum + part.after_end_cost_usd, 0),
    latencies: mergeSamples(answering.map((part) => part.latencies)),
  };
}

export function runRecord(platform: PlatformSpec, hours: Hours, duration_us: number): RunRecord {
  const lengths_us = hourLengths_us(duration_us);
  const afterEnd: Usage = { ...NO_USAGE, busy_s: seconds(hours.after_end_busy_us) };
  return {
    hours,
    answered: hours,
    lengths_us,
    charges: lengths_us.map((length_us, h) => charge(platform, usageOf(hours, h, length_us))),
    after_end_cost_usd: total_usd(charge(platform, afterEnd)),
    latencies: mergeSamples(hours.latencies),
  };
}

function usageOf(hours: Hours, h: number, length_us: number): Usage {
  return {
    length_s: seconds(length_us),
    starting_s: seconds(hours.starting_us[h]!),
    busy_s: seconds(hours.busy_us[h]!),
    idle_s: seconds(hours.idle_us[h]!),
    floor_s: seconds(hours.floor_us[h]!),
    rounding_s: seconds(hours.rounding_us[h]!),
    images: hours.images[h]!,
    run_s: seconds(hours.run_us[h]!),
    cut_s: seconds(hours.cut_us[h]!),
  };
}

/** A quantity of an hour that can be summed. */
type Summable = Exclude<keyof Hours, 'latencies' | 'after_end_busy_us'>;

/** The exact total of a quantity over the requests whose latency is reported. */
export function answeredTotal(run: RunRecord, quantity: Summable): number {
  return exactSum(run.answered[quantity]);
}

/** The exact total of a quantity over the hours of a run. */
export function totalOf(run: RunRecord, quantity: Summable): number {
  return exactSum(run.hours[quantity]);
}

/** The total charge of a run up to its end, in order of the hours. */
export function cost_usd(run: RunRecord): number {
  return run.charges.reduce((sum, hour) => sum + total_usd(hour), 0);
}
