import { limit_us } from '../src/experiment/replication.ts';
import { type Pass, System } from '../src/platforms/system.ts';
import type { PlatformSpec } from '../src/platforms/table.ts';
import type { Hours } from '../src/pool/hours.ts';
import { streamsOf } from '../src/random/stream.ts';
import { quantile } from '../src/stats/sample.ts';
import type { SourceSpec } from '../src/workload/source.ts';
import { Workload } from '../src/workload/workload.ts';

export const LAWS = ['constant', 'lognormal'] as const;
export type Law = (typeof LAWS)[number];

export interface Measured {
  requests: number;
  /** Processor time of this process for a request: traffic, pool, percentiles and hourly books. */
  ns_per_request: number;
  /** What the run found, so that a faster wrong answer is seen. */
  checksum: string;
}

const SERVICE_S = 2;

/** A Modal pool (cold start 8 s, window 60 s, most-recent) under Poisson traffic that keeps `busy` containers busy. */
export function measurePool(busy: number, law: Law, requests: number): Measured {
  const rate = busy / SERVICE_S;
  const duration_us = Math.ceil(requests / rate / 3600) * 3600e6;
  const one = { distribution: 'constant', value: 1 } as const;
  const source: SourceSpec = {
    name: 'requests',
    process: { process: 'poisson', rate },
    rate_scale: 1,
    images: one,
    work: law === 'constant' ? one : { distribution: 'lognormal', mean: 1, cv: 0.53 },
  };
  const platform: PlatformSpec = {
    name: 'modal',
    kind: 'modal',
    seconds_per_image: SERVICE_S,
    training_speed: 1,
    sources: [0],
    poolPerAdapter: false,
    terms: { usd_per_second: 0.0011 },
    policy: {
      keep_warm: [{ at_s: 0, containers: 0 }],
      max_containers: 32_768,
      scaling: { rule: 'load', buffer: 0 },
      cold_start: { distribution: 'constant', value: 8 },
      idle_window: { distribution: 'constant', value: 60 },
      dispatch: 'most-recent',
      queue_limit: Number.POSITIVE_INFINITY,
      start_deadline_s: Number.POSITIVE_INFINITY,
      deadline_s: Number.POSITIVE_INFINITY,
      timeout_s: Number.POSITIVE_INFINITY,
      life_rounding_s: 0,
      start: 'warm',
    },
  };
  const before = process.cpuUsage();
  const streams = streamsOf(1, 0);
  const pass: Pass = { begin_us: 0, end_us: duration_us, isReported: true, suffix: '' };
  const options = { sources: [source], passes: [pass], limit_us: limit_us({}) };
  const system = new System(platform, (name) => streams(`platform/modal/${name}`), options);
  system.begin(pass);
  const traffic = new Workload(
    [source],
    (name) => (part) => streams(`traffic/${name}/${part}`),
    0,
    duration_us,
  );
  let served = 0;
  for (let batch = traffic.next(); batch !== null; batch = traffic.next()) {
    system.consume(batch);
    served += batch.count;
  }
  const hours = system.finish();
  const { user, system: kernel } = process.cpuUsage(before);
  return { requests: served, ns_per_request: ((user + kernel) * 1000) / served, checksum: checksumOf(hours) };
}

function checksumOf(hours: Hours): string {
  const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
  const last = hours.latencies.at(-1)!;
  return [
    total(hours.completed),
    total(hours.alive_us) / 1e6,
    total(hours.latency_us) / 1e6,
    quantile(last, 0.95),
  ].join('/');
}
