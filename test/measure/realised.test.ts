import { expect, it } from 'vitest';
import { contradiction } from '../../src/measure/realised.ts';
import { TrafficMeter } from '../../src/measure/traffic-meter.ts';
import { newBatch } from '../../src/workload/batch.ts';
import type { ProcessSpec } from '../../src/workload/processes/table.ts';
import { instantsBefore, sourceOf } from '../workload/draw.ts';

const HOUR_US = 3600e6;

/** What is said of some runs of a source, of which each is as long as it takes. */
function saidOf(spec: ProcessSpec, hours: number, replications: number, asked = spec): string | undefined {
  const records = Array.from({ length: replications }, (_, replication) => {
    const meter = new TrafficMeter(hours * HOUR_US);
    const instants = instantsBefore(spec, hours * HOUR_US, { replication });
    const batch = newBatch(instants.length);
    batch.arrival_us.set(instants);
    batch.count = instants.length;
    meter.watch(batch);
    return meter.finish();
  });
  return contradiction(sourceOf(asked), records, hours * HOUR_US);
}

const STEADY: [string, ProcessSpec][] = [
  ['poisson', { process: 'poisson', rate: 0.02 }],
  ['constant', { process: 'constant', rate: 0.03 }],
  ['gamma', { process: 'gamma', rate: 0.2, cv: 2 }],
  ['weibull', { process: 'weibull', rate: 0.2, shape: 0.5 }],
  ['hyperexponential', { process: 'hyperexponential', rate: 0.2, cv: 3 }],
  ['hawkes', { process: 'hawkes', base_rate: 0.05, branching: 0.6, decay: 20 }],
  ['on-off', { process: 'on-off', rate_on: 0.5, rate_off: 0, mean_on: 60, mean_off: 240 }],
  ['batch', { process: 'batch', rate: 0.02, size: { distribution: 'constant', value: 5 } }],
  ['diurnal', { process: 'diurnal', rate: 0.05, amplitude: 0.9, peak: 0 }],
  ['flash-crowd', { process: 'flash-crowd', base_rate: 0.01, at: 3600, peak_rate: 1, rise: 60, decay: 600 }],
];

it.each(STEADY)('%s traffic that had time to be itself is not remarked on', (_, spec) => {
  expect(saidOf(spec, 48, 10)).toBeUndefined();
});

it.each(STEADY)('%s traffic is remarked on where it is not what was asked for', (_, spec) => {
  expect(saidOf({ process: 'poisson', rate: 0.35 }, 48, 10, spec)).toContain('requests an hour (asked for: ');
});

it('bursts that are too few for the run are told, with what came and what was asked for', () => {
  const launches = { process: 'on-off', rate_on: 5, rate_off: 0, mean_on: 600, mean_off: 36_000 } as const;
  const said = saidOf(launches, 24, 1, launches);
  expect(said).toMatch(/^source on-off: there came .*\(asked for: 295\)/);
  expect(said).toContain('take a longer duration or more replications');
});

it('little traffic is not held against a source: chance alone may do it', () => {
  for (const rate of [1 / 7200, 1 / 1800])
    expect(saidOf({ process: 'poisson', rate }, 24, 1)).toBeUndefined();
});

it.each([
  ['bursts', { process: 'gamma', rate: 83 / 3600, cv: 10 }, 'which brings a burst'],
  ['bursts of long gaps', { process: 'weibull', rate: 83 / 3600, shape: 0.2 }, 'which brings a burst'],
  ['bursts of two kinds of gaps', { process: 'hyperexponential', rate: 20 / 3600, cv: 8 }, 'a burst'],
  ['even gaps', { process: 'constant', rate: 1.9 / 3600 }, 'after a whole gap'],
  ['nearly even gaps', { process: 'gamma', rate: 1.5 / 3600, cv: 0.3 }, 'after a whole gap'],
] as [string, ProcessSpec, string][])(
  '%s that begin with a gap like the others are not blamed on chance: only a longer duration helps',
  (_, spec, why) => {
    const said = saidOf(spec, 1, 200);
    expect(said).toContain(why);
    expect(said).toContain('take a longer duration; more replications do not help');
    expect(saidOf(spec, 30 * 24, 5)).toBeUndefined();
  },
);

it.each([
  ['gamma', { process: 'gamma', rate: 0.2, cv: 10 }],
  ['constant', { process: 'constant', rate: 0.003 }],
] as [string, ProcessSpec][])('the begin is no reason where it changes little: %s', (_, spec) => {
  const said = saidOf({ process: 'poisson', rate: 0.35 }, 24, 1, spec);
  expect(said).toContain('more replications');
  expect(said).not.toContain('do not help');
});

it('counts that vary more than was asked for are told, by the minute and by the hour, though the rate is right', () => {
  const fives: ProcessSpec = { process: 'batch', rate: 0.02, size: { distribution: 'constant', value: 5 } };
  const asked: ProcessSpec = { process: 'poisson', rate: 0.1 };
  const said = saidOf(fives, 48, 10, asked);
  expect(said).not.toContain('requests an hour');
  expect(said).toMatch(/a dispersion of (4\.\d+|5(\.\d+)?) by the minute \(asked for: 1\)/);
  expect(said).toMatch(/a dispersion of (4\.\d+|5(\.\d+)?) by the hour \(asked for: 1\)/);
  // Four hours of one run are too few to tell it by the hour.
  expect(saidOf(fives, 4, 1, asked)).not.toContain('by the hour');
});
