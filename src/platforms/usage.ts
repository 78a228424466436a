/** What happened in an hour of a pool: all that a tariff may see. Seconds; requests by hour of arrival. */
export interface Usage {
  /** Length of the hour; the last one may be shorter. */
  readonly length_s: number;
  readonly starting_s: number;
  readonly busy_s: number;
  readonly idle_s: number;
  /** Integral of min(alive, keep_warm). */
  readonly floor_s: number;
  /** What the lives of containers that stopped are rounded up by. */
  readonly rounding_s: number;
  /** Outputs and service seconds of completed requests. */
  readonly images: number;
  readonly run_s: number;
  /** Service seconds of requests that were cut: by their timeout, or at their deadline. */
  readonly cut_s: number;
}

/** An hour in which nothing was and nothing happened. */
export const NO_USAGE: Usage = {
  length_s: 0,
  starting_s: 0,
  busy_s: 0,
  idle_s: 0,
  floor_s: 0,
  rounding_s: 0,
  images: 0,
  run_s: 0,
  cut_s: 0,
};

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

/** Charges of several platforms as one. */
export function totalCharge(charges: readonly Charge[]): Charge {
  const sum = (pick: (charge: Charge) => number) =>
    charges.reduce((total, charge) => total + pick(charge), 0);
  return {
    billed_s: charges.every((charge) => charge.billed_s === null)
      ? null
      : sum((charge) => charge.billed_s ?? 0),
    starting_usd: sum((charge) => charge.starting_usd),
    busy_usd: sum((charge) => charge.busy_usd),
    idle_usd: sum((charge) => charge.idle_usd),
    request_usd: sum((charge) => charge.request_usd),
  };
}

/** A charge for every second of a prediction, also of one that was cut: what waits and boots is the provider's. */
export function runCharge({ run_s, cut_s }: Usage, usd_per_run_second: number): Charge {
  return {
    billed_s: run_s + cut_s,
    starting_usd: 0,
    busy_usd: 0,
    idle_usd: 0,
    request_usd: (run_s + cut_s) * usd_per_run_second,
  };
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
