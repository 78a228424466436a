import { expect, test } from 'vitest';
import { LAWS, measurePool } from '../bench/pool.ts';

test.each(LAWS)('the benchmark with %s service finds the same every time', (law) => {
  const { requests, checksum } = measurePool(10, law, 20_000);
  expect(requests).toBeGreaterThan(15_000);
  expect(measurePool(10, law, 20_000).checksum).toBe(checksum);
});
