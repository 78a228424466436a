import { expect, test } from 'vitest';
import { newHours } from '../../src/pool/hours.ts';
import { RequestBook } from '../../src/pool/request-book.ts';

test('service and wait of an hour are exact where their sum passes what a double can hold', () => {
  const hours = newHours(1);
  const book = new RequestBook(hours, Number.POSITIVE_INFINITY);
  let wait_us = 0n;
  for (let i = 0; i < 1_000_000; i++) {
    const start_us = 43_200_000_000 + 7 * i;
    wait_us += BigInt(start_us - i);
    book.started(i, start_us, 100_001, 1, 0);
  }
  book.finish();
  expect(wait_us > 2n ** 55n).toBe(true);
  expect(hours.run_us[0]).toBe(100_001e6);
  expect(hours.wait_us[0]).toBe(Number(wait_us));
  expect(hours.latency_us[0]).toBe(Number(wait_us + 100_001_000_000n));
});
