import { expect, test } from 'vitest';
import { LAWS, measurePool, modelOf, PEERS } from '../bench/pool.ts';
import { measureTraffic, TRAFFIC } from '../bench/traffic.ts';

test.each(TRAFFIC)('the benchmark of $process draws the same every time', (spec) => {
  expect(measureTraffic(spec, 5000).checksum).toBe(measureTraffic(spec, 5000).checksum);
});

test.each([...LAWS.map((law) => `${law} 10`), ...Object.keys(PEERS)])(
  'the benchmark of %s finds the same every time',
  (name) => {
    const { requests, checksum } = measurePool(modelOf(name), 20_000);
    expect(requests).toBeGreaterThan(15_000);
    expect(measurePool(modelOf(name), 20_000).checksum).toBe(checksum);
  },
);

test.each(Object.entries(PEERS).filter(([, { latencyMean_s }]) => latencyMean_s !== undefined))(
  'what other simulators were measured on, %s, has the mean latency that it should',
  (_, model) => {
    const { latencyMean_s } = measurePool(model, 1e6);
    expect(Math.abs(latencyMean_s / model.latencyMean_s! - 1)).toBeLessThan(0.02);
  },
);
