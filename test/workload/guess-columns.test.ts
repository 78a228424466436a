import { expect, it } from 'vitest';
import { guessColumns } from '../../src/workload/guess-columns.ts';
import { unitOf } from '../../src/workload/work-unit.ts';

it.each([
  [
    'the Azure LLM format',
    'TIMESTAMP,ContextTokens,GeneratedTokens',
    '2023-11-16 18:17:03.9799600,4808,10',
    ['TIMESTAMP', 'timestamp'],
    undefined,
    undefined,
  ],
  [
    'seconds from a beginning',
    'arrival_s,service_s,images,steps',
    '3470,32,1,30',
    ['arrival_s', 'seconds'],
    'service_s',
    'images',
  ],
  [
    'epoch milliseconds',
    'id,createdAt,durationMs,numOutputs',
    '17,1772496000500,4300,2',
    ['createdAt', 'epoch-milliseconds'],
    'durationMs',
    'numOutputs',
  ],
  [
    'epoch seconds under an odd name',
    'who,when,n',
    'x,1772496000.5,1',
    ['when', 'epoch-seconds'],
    undefined,
    'n',
  ],
  [
    'two times, of which the end is no arrival',
    'end_date,start_time,run',
    '2026-03-03,2026-03-02,7',
    ['start_time', 'timestamp'],
    'run',
    undefined,
  ],
  ['an end alone', 'end_date,run', '2026-03-03,7', ['end_date', 'timestamp'], 'run', undefined],
  ['no times at all', 'a,b', 'x,y', undefined, undefined, undefined],
] as const)('%s', (_, header, row, time, work, images) => {
  const guess = guessColumns(header.split(','), [row.split(','), row.split(',')]);
  expect(guess.time && [guess.time.column, guess.time.format]).toEqual(time && [...time]);
  expect(guess.work?.column).toBe(work);
  expect(guess.images?.column).toBe(images);
});

it('a column with some bad cells is still one of times', () => {
  const rows = ['1', '2', '', '4', '5', '6'].map((cell) => [cell]);
  expect(
    guessColumns(
      ['t', 'time'],
      rows.map(([cell]) => ['x', cell!]),
    ).time?.column,
  ).toBe('time');
});

it.each([
  ['ms', 'ms'],
  ['latency_ms', 'ms'],
  ['durationMs', 'ms'],
  ['DURATION_MS', 'ms'],
  ['duration (ms)', 'ms'],
  ['Elapsed Milliseconds', 'ms'],
  ['duration_us', 'us'],
  ['duration [µs]', 'us'],
  ['latencyMicros', 'us'],
  ['durationNs', 'ns'],
  ['elapsed_seconds', 's'],
  ['service_s', 's'],
  ['runtimeMin', 'min'],
  ['items', undefined],
  ['us_requests', undefined],
  ['duration', undefined],
])('the unit of %s is %s', (column, unit) => expect(unitOf(column)).toBe(unit));

/** A column of numbers beside one of words, and what it is guessed to be. */
function guessOf(column: string, values: readonly number[]) {
  const rows = values.map((value) => ['x', String(value)]);
  const { time, work, images } = guessColumns(['who', column], rows);
  return [time && 'time', work && 'work', images && 'images'].filter((what) => what !== undefined).join();
}

const rising = Array.from({ length: 60 }, (_, i) => 10 * i);
/** In the order of their ends: a request that takes longer is logged later. */
const byEnd = rising.map((t, i) => t - (i % 5) * 17 + 100);
const swinging = rising.map((_, i) => 50 + ((i * 37) % 60));
const constant = rising.map(() => 8080);
/** What seconds since 1970 are as large as. */
const large = (values: readonly number[]) => values.map((value) => 7e8 + 1000 * value);

it.each([
  ['arrival_s', rising, 'time'],
  ['arrival_s', rising.toReversed(), 'time'],
  ['start', byEnd, 'time'],
  ['time', constant, 'time'],
  ['start_time_utc', rising, 'time'],
  ['startedAt', rising, 'time'],
  ['arrival (s)', rising, 'time'],
  ['time_taken', swinging, ''],
  ['time_taken', rising, ''],
  ['response_time', swinging, ''],
  ['ArrivalRate', swinging, ''],
  ['arrival_rate', rising, ''],
  ['ArrivalRatePerHour', rising, ''],
  ['ColdStartProbability', rising.toReversed(), ''],
  ['queue_time', constant, ''],
  ['service_time', rising, 'work'],
  ['when', large(rising), 'time'],
  ['timestamp', large(swinging), 'time'],
  ['when', large(swinging), ''],
  ['user_id', large(rising), ''],
  ['duration_us', large(swinging), 'work'],
  ['run_end', large(rising), ''],
  ['start_port', constant, ''],
  ['run_count', swinging, ''],
  ['run_id', rising, ''],
  ['execution_time', swinging, 'work'],
  ['count', swinging, 'images'],
  ['images_count', swinging, 'images'],
  ['token_count', swinging, ''],
])('numbers under %s', (column, values, what) => expect(guessOf(column, values)).toBe(what));

it('a number as large as seconds since 1970 is no time beside one that is named so', () => {
  const header = ['user_id', 'duration_us', 'work_us', 'arrival_s'];
  const rows = rising.map((t, i) => [7e8 + i, 7e8 + ((i * 37) % 60), 7e8, t].map(String));
  const { time, work } = guessColumns(header, rows);
  expect([time?.column, work?.column]).toEqual(['arrival_s', 'duration_us']);
});

it('a table of what a platform does at growing rates holds no times', () => {
  const header = ['', 'ArrivalRate', 'ServiceTimeWarm', 'ServiceTimeCold', 'ColdStartProbability'];
  const rows = [
    'experiment_13,0.00186,1955.00,2563.42,0.34298',
    'experiment_14,0.00246,1954.20,2462.75,0.21083',
    'experiment_15,0.01638,1959.43,2340.86,0.01955',
    'experiment_16,0.09987,1972.59,2310.11,0.00595',
    'experiment_17,0.39749,1997.78,2180.51,0.00208',
    'experiment_18,1.00053,2021.75,2172.54,0.00131',
  ];
  expect(
    guessColumns(
      header,
      rows.map((row) => row.split(',')),
    ).time,
  ).toBeUndefined();
});

it('a column that numbers the rows holds no images', () => {
  const rows = Array.from({ length: 50 }, (_, k) => [
    `2026-03-03 10:00:${String(k).padStart(2, '0')}`,
    String(k),
  ]);
  expect(guessColumns(['time', 'n'], rows).images).toBeUndefined();
  expect(
    guessColumns(
      ['time', 'n'],
      rows.map(([time], k) => [time!, String(1 + (k % 4))]),
    ).images?.column,
  ).toBe('n');
});
