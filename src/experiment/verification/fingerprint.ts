/**
 * A scenario in which much happens, whose results must have the same bytes on every machine and for any number of
 * threads: bursts, a log-normal service, drawn cold starts and windows, other tenants, a shared queue and limits.
 */
export const FINGERPRINT_SCENARIO = `name: fingerprint
duration: 6h
replications: 4
seed: same bytes
prices: article-2026-04
model: flux-dev
traffic:
  - { name: bursts, process: on-off, rate_on: 40/s, mean_on: 90s, mean_off: 60s, work: { distribution: lognormal, cv: 0.5 } }
  - { name: steady, process: gamma, rate: 3/s, cv: 2, images: 2 }
platforms:
  drawn:
    kind: modal
    gpu: A100-80GB
    seconds_per_image: 1.5
    max_containers: 200
    keep_warm: { "00:00": 1, "03:00": 5 }
    cold_start: { distribution: lognormal, mean: 8s, cv: 0.4 }
    container_idle_timeout: { distribution: uniform, min: 5s, max: 60s }
    dispatch: random
    queue_limit: 500
  plain:
    kind: modal
    gpu: H100
    seconds_per_image: 1
    max_containers: 150
    start_deadline: 30s
`;

/** SHA-256 of what this version makes of it: summary.csv, then hourly.csv. */
export const FINGERPRINT = 'd575f1b0a93d1ff0a9effc516011d158ebb21255e07a18264d08c1c281ccb7cb';
