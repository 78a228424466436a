/** What an SLO may bound. */
export const SLO_QUANTITIES = [
  'latency_p50',
  'latency_p95',
  'latency_p99',
  'latency_mean',
  'wait_mean',
] as const;
export type SloQuantity = (typeof SLO_QUANTITIES)[number];

/** Upper bounds in seconds on what users wait. */
export type Slo = Partial<Record<SloQuantity, number>>;
