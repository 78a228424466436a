import { seconds } from '../src/core/time.ts';
import { limit_us } from '../src/experiment/replication.ts';
import { type Pass, System } from '../src/platforms/system.ts';
import type { PlatformSpec } from '../src/platforms/table.ts';
import type { Hours } from '../src/pool/hours.ts';
import type { DistributionSpec } from '../src/random/distributions/table.ts';
import { streamsOf } from '../src/random/stream.ts';
import { quantile } from '../src/stats/sample.ts';
import { mmcWait } from '../src/theory/erlang.ts';
import type { SourceSpec } from '../src/workload/source.ts';
import { Workload } from '../src/workload/workload.ts';

export const LAWS = ['constant', 'lognormal'] as const;
export type Law = (typeof LAWS)[number];

export interface Measured {
  requests: number;
  /** Processor time of this process for a request: traffic, pool, percentiles and hourly books. */
  ns_per_request: number;
  latencyMean_s: number;
  /** What the run found, so that a faster wrong answer is seen. */
  checksum: string;
}

/** Poisson traffic and the containers that serve it: the most recent first, whatever is not said here without a limit. */
export interface Model {
  /** Requests a second. */
  rate: number;
  /** Mean of a service, and its law about that mean. */
  service_s: number;
  law: DistributionSpec;
  keepWarm: number;
  most: number;
  boot_s: number;
  window_s: number;
}

const ONE: DistributionSpec = { distribution: 'constant', value: 1 };
const EXPONENTIAL: DistributionSpec = { distribution: 'exponential', mean: 1 };

/** A Modal pool that such traffic keeps busy. */
function busyPool(busy: number, law: Law): Model {
  return {
    rate: busy / 2,
    service_s: 2,
    law: law === 'constant' ? ONE : { distribution: 'lognormal', mean: 1, cv: 0.53 },
    keepWarm: 0,
    most: 32_768,
    boot_s: 8,
    window_s: 60,
  };
}

/** What other simulators were measured on (README.md), and the mean latency where there is a formula for it. */
export const PEERS: Record<string, Model & { latencyMean_s?: number }> = {
  'M/M/1': { ...queue(0.8, 1), latencyMean_s: 1 + mmcWait(0.8, 1, 1) },
  'M/M/10': { ...queue(9, 10), latencyMean_s: 1 + mmcWait(9, 1, 10) },
  SimFaaS: {
    rate: 0.9,
    service_s: 1.991,
    law: EXPONENTIAL,
    keepWarm: 0,
    most: 1000,
    boot_s: 0.253,
    window_s: 600,
  },
};

function queue(rate: number, servers: number): Model {
  return {
    ...busyPool(2, 'constant'),
    rate,
    service_s: 1,
    law: EXPONENTIAL,
    keepWarm: servers,
    most: servers,
  };
}

/** @param name of a peer's model, or a law and how many containers are busy: `lognormal 10` */
export function modelOf(name: string): Model {
  if (name in PEERS) return PEERS[name]!;
  const [law, busy] = name.split(' ');
  return busyPool(Number(busy), law as Law);
}

/** Runs a model for that many requests, rounded up to whole hours. */
export function measurePool(
  { rate, service_s, law, keepWarm, most, boot_s, window_s }: Model,
  requests: number,
): Measured {
  const duration_us = Math.ceil(requests / rate / 3600) * 3600e6;
  const source: SourceSpec = {
    name: 'requests',
    process: { process: 'poisson', rate },
    rate_scale: 1,
    images: ONE,
    work: law,
  };
  const platform: PlatformSpec = {
    name: 'modal',
    kind: 'modal',
    seconds_per_image: service_s,
    training_speed: 1,
    sources: [0],
    poolPerAdapter: false,
    terms: { usd_per_second: 0.0011 },
    policy: {
      keep_warm: [{ at_s: 0, containers: keepWarm }],
      max_containers: most,
      scaling: { rule: 'load', buffer: 0 },
      cold_start: { distribution: 'constant', value: boot_s },
      idle_window: { distribution: 'constant', value: window_s },
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
  return {
    requests: served,
    ns_per_request: ((user + kernel) * 1000) / served,
    latencyMean_s: seconds(total(hours.latency_us) / total(hours.completed)),
    checksum: checksumOf(hours),
  };
}

const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);

function checksumOf(hours: Hours): string {
  const last = hours.latencies.at(-1)!;
  return [
    total(hours.completed),
    total(hours.alive_us) / 1e6,
    total(hours.latency_us) / 1e6,
    quantile(last, 0.95),
  ].join('/');
}
