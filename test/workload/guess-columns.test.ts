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
    'two times, of which the named one counts',
    'end_date,start_time,run',
    '2026-03-03,2026-03-02,7',
    ['end_date', 'timestamp'],
    'run',
    undefined,
  ],
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

it.each([
  ['arrival_s', rising, 'time'],
  ['arrival_s', rising.toReversed(), 'time'],
  ['start', byEnd, 'time'],
  ['time', constant, 'time'],
  ['time_taken', swinging, ''],
  ['response_time', swinging, ''],
  ['ArrivalRate', swinging, ''],
  ['arrival_rate', rising, ''],
  ['start_port', constant, ''],
  ['run_count', swinging, ''],
  ['run_id', rising, ''],
  ['execution_time', swinging, 'work'],
  ['count', swinging, 'images'],
  ['images_count', swinging, 'images'],
  ['token_count', swinging, ''],
])('numbers under %s', (column, values, what) => expect(guessOf(column, values)).toBe(what));
