import { expect, test } from 'vitest';
import { assertBalanced, mergeHours, newHours } from '../../src/pool/hours.ts';
import { Queue } from '../../src/pool/queue.ts';
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

test('a latency that equals the limit is within it, one microsecond more is not', () => {
  const hours = newHours(1);
  const book = new RequestBook(hours, 1000);
  // Waits of 400 and services of 599, 600 and 601; then services that begin on arrival.
  for (const service_us of [599, 600, 601]) book.started(0, 400, service_us, 1, 0);
  const batch = {
    count: 4,
    arrival_us: Float64Array.of(1, 2, 3, 4),
    service_us: Float64Array.of(999, 1000, 1001, 5),
    images: Float64Array.of(1, 2, 1, -1),
    adapter: Int32Array.of(-1, -1, -1, -1),
  };
  expect(book.atOnce(batch, 0, 4)).toBe(3);
  book.finish();
  expect([hours.within_limit[0], hours.completed[0], hours.images[0]]).toEqual([4, 6, 7]);
});

test('hours of pools add up, but for the most containers, and an imbalance is noticed', () => {
  const hours = (k: number) => {
    const one = newHours(2);
    const book = new RequestBook(one, 1000);
    for (let i = 0; i < k; i++) book.started(0, 0, 100 * k, 1, 0);
    book.finish();
    one.requests[0] = k;
    one.busy_us[1] = 10 * k;
    one.containers_max[0] = 5;
    one.after_end_busy_us = k;
    return one;
  };
  const merged = mergeHours([hours(2), hours(3)], Float64Array.of(7, 8));
  expect([...merged.completed, ...merged.busy_us]).toEqual([5, 0, 0, 50]);
  expect([...merged.containers_max, merged.after_end_busy_us]).toEqual([7, 8, 5]);
  expect(merged.latencies.map(({ count }) => count)).toEqual([5, 0]);
  expect(() => assertBalanced(merged)).not.toThrow();
  const faults: ((one: typeof merged) => void)[] = [
    (one) => one.requests[1]!++,
    (one) => one.rejected[0]!++,
    (one) => (one.aborted[0]! += 1),
    (one) => (one.failed[0]! += 1),
    (one) => (one.canceled[0]! += 1),
    (one) => (one.idle_us[1] = -1),
    (one) => (one.busy_us[0] = -1),
    (one) => one.latencies.pop(),
    (one) => one.latencies.shift(),
  ];
  for (const [k, fault] of faults.entries()) {
    const broken = mergeHours([hours(2), hours(3)], Float64Array.of(7, 8));
    fault(broken);
    if (k === 7) expect(() => assertBalanced(broken)).not.toThrow();
    else expect(() => assertBalanced(broken), String(fault)).toThrow();
  }
});

test('a queue grows while its head is anywhere, and keeps what it holds', () => {
  const queue = new Queue();
  const put = (k: number) => queue.push(k, k + 0.5, 2 * k, 1, k % 3, k);
  let [next, head] = [0, 0];
  for (const [more, fewer] of [
    [50, 30],
    [200, 100],
    [700, 10],
  ] as const) {
    for (let k = 0; k < more; k++) put(next++);
    for (let k = 0; k < fewer; k++) {
      const { headArrival_us, head_us, headService_us, headImages, headAdapter, headNumber } = queue;
      expect([headArrival_us, head_us, headService_us, headImages, headAdapter, headNumber]).toEqual([
        head,
        head + 0.5,
        2 * head,
        1,
        head % 3,
        head,
      ]);
      queue.shift();
      head++;
    }
  }
  expect([queue.count, queue.reported]).toEqual([next - head, next - head]);
});
