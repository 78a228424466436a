import { expect, test } from 'vitest';
import { LAWS, measurePool } from '../bench/pool.ts';
import { measureTraffic, TRAFFIC } from '../bench/traffic.ts';

test.each(TRAFFIC)('the benchmark of $process draws the same every time', (spec) => {
  expect(measureTraffic(spec, 5000).checksum).toBe(measureTraffic(spec, 5000).checksum);
});

test.each(LAWS)('the benchmark with %s service finds the same every time', (law) => {
  const { requests, checksum } = measurePool(10, law, 20_000);
  expect(requests).toBeGreaterThan(15_000);
  expect(measurePool(10, law, 20_000).checksum).toBe(checksum);
});
