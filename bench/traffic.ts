import { streamsOf } from '../src/random/stream.ts';
import { newBatch } from '../src/workload/batch.ts';
import { type ProcessSpec, processKind } from '../src/workload/processes/table.ts';

/** A request a second of every process that needs no log. */
export const TRAFFIC: readonly ProcessSpec[] = [
  { process: 'poisson', rate: 1 },
  { process: 'constant', rate: 1 },
  { process: 'gamma', rate: 1, cv: 2 },
  { process: 'weibull', rate: 1, shape: 0.5 },
  { process: 'hyperexponential', rate: 1, cv: 2 },
  { process: 'on-off', rate_on: 5, rate_off: 0, mean_on: 60, mean_off: 240 },
  {
    process: 'mmpp',
    states: [
      { rate: 4, mean_duration: 60 },
      { rate: 0.4, mean_duration: 300 },
    ],
  },
  { process: 'hawkes', base_rate: 0.3, branching: 0.7, decay: 30 },
  { process: 'batch', rate: 0.25, size: { distribution: 'constant', value: 4 } },
  { process: 'hourly', rates: Array.from({ length: 24 }, (_, h) => (h % 2) * 2), weekend_factor: 1 },
  { process: 'diurnal', rate: 1, amplitude: 0.8, peak: 50_400 },
  { process: 'phases', phases: [{ duration: 3600, rate: 0.5, ramp_to: 1.5 }], repeat: 1e6 },
  { process: 'flash-crowd', base_rate: 1, at: 3600, peak_rate: 20, rise: 60, decay: 1e6 },
];

/** Processor time of a drawn arrival, and the last instant as a checksum. */
export function measureTraffic(spec: ProcessSpec, arrivals: number): { ns: number; checksum: number } {
  const before = process.cpuUsage();
  const source = processKind(spec).make(spec, {
    streams: streamsOf(1, 0),
    begin_us: 0,
    end_us: 1e15,
    rateScale: 1,
  });
  const batch = newBatch();
  let drawn = 0;
  while (drawn < arrivals) {
    const filled = source.fill(batch, 0, batch.arrival_us.length);
    drawn += filled;
    if (filled < batch.arrival_us.length) break;
  }
  const { user, system } = process.cpuUsage(before);
  return { ns: ((user + system) * 1000) / drawn, checksum: batch.arrival_us[batch.arrival_us.length - 1]! };
}
