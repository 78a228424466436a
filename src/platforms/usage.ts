/** What happened in an hour of a pool: all that a tariff may see. Seconds; requests by hour of arrival. */
export interface Usage {
  /** Length of the hour; the last one may be shorter. */
  readonly length_s: number;
  readonly starting_s: number;
  readonly busy_s: number;
  readonly idle_s: number;
  /** Integral of min(alive, keep_warm). */
  readonly floor_s: number;
  /** Outputs and service seconds of completed requests. */
  readonly images: number;
  readonly run_s: number;
}

/** What an hour costs, by what the money goes to. */
export interface Charge {
  /** Seconds that were charged; null where seconds are not what is charged. */
  readonly billed_s: number | null;
  readonly starting_usd: number;
  readonly busy_usd: number;
  readonly idle_usd: number;
  readonly request_usd: number;
}

/** The whole charge. */
export function total_usd(charge: Charge): number {
  return charge.starting_usd + charge.busy_usd + charge.idle_usd + charge.request_usd;
}

/** A charge for every second alive. */
export function aliveCharge(usage: Usage, usd_per_second: number): Charge {
  return {
    billed_s: usage.starting_s + usage.busy_s + usage.idle_s,
    starting_usd: usage.starting_s * usd_per_second,
    busy_usd: usage.busy_s * usd_per_second,
    idle_usd: usage.idle_s * usd_per_second,
    request_usd: 0,
  };
}
