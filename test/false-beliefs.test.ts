import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';

/** What spreadsheets take for granted and shipped scenarios contradict: never to be asserted as laws. */

type Row = Record<string, string>;
const rows = (scenario: string, file: string): Row[] =>
  parse(readFileSync(join(resolve(import.meta.dirname, '../results'), scenario, file), 'utf8'), {
    columns: true,
  });
/** A value beyond the intervals of both. */
function expectBelow(lower: Row, higher: Row, name: string): void {
  expect(Number(lower[`${name}_ci_high`])).toBeLessThan(Number(higher[`${name}_ci_low`]));
}

test('more keep_warm does not always cost more', () => {
  const cell = (warm: number) =>
    rows('tune-keep-warm', 'sweep.csv').find(
      (row) => row.keep_warm === String(warm) && row.container_idle_timeout === '2',
    )!;
  expectBelow(cell(1), cell(0), 'cost_usd_per_hour');
  expectBelow(cell(2), cell(0), 'cost_usd_per_hour');
});

test('more keep_warm does not always lower the p95', () => {
  const [one, two] = rows('batches-of-four', 'sweep.csv');
  expectBelow(one!, two!, 'latency_p95_s');
});

test('a shorter idle window is not always cheaper', () => {
  const cell = (window: number) =>
    rows('long-boots', 'sweep.csv').find((row) => Number(row.container_idle_timeout) === window)!;
  expectBelow(cell(118), cell(2), 'cost_usd_per_hour');
});

test('a longer idle window does not always lower the p95', () => {
  const [short, long] = rows('one-a-minute', 'sweep.csv');
  expectBelow(short!, long!, 'latency_p95_s');
});

test('more traffic does not always worsen the p95', () => {
  const [few, , , many] = rows('spreadsheet-poisson', 'sweep.csv');
  expectBelow(many!, few!, 'latency_p95_s');
});

test('a mean of hourly p95s is not the p95', () => {
  const hourly = rows('peak-hours', 'hourly.csv').filter(
    (row) => row.platform === 'always-0' && row.latency_p95_s !== '',
  );
  const mean = hourly.reduce((sum, row) => sum + Number(row.latency_p95_s), 0) / hourly.length;
  const whole = rows('peak-hours', 'summary.csv').find((row) => row.platform === 'always-0')!;
  expect(mean > Number(whole.latency_p95_s_ci_high) || mean < Number(whole.latency_p95_s_ci_low)).toBe(true);
});
