import { expect, it } from 'vitest';
import { guessColumns, unitOf } from '../../src/workload/guess-columns.ts';

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
    ['service_s', 1],
    'images',
  ],
  [
    'epoch milliseconds',
    'id,createdAt,durationMs,numOutputs',
    '17,1772496000500,4300,2',
    ['createdAt', 'epoch-milliseconds'],
    ['durationMs', 0.001],
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
    ['run', 1],
    undefined,
  ],
  ['no times at all', 'a,b', 'x,y', undefined, undefined, undefined],
] as const)('%s', (_, header, row, time, work, images) => {
  const guess = guessColumns(header.split(','), [row.split(','), row.split(',')]);
  expect(guess.time && [guess.time.column, guess.time.format]).toEqual(time && [...time]);
  expect(guess.work && [guess.work.column, guess.work.unit_s]).toEqual(work && [...work]);
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
  ['ms', 0.001],
  ['latency_ms', 0.001],
  ['durationMs', 0.001],
  ['items', 1],
  ['service_s', 1],
])('the unit of %s is %d s', (column, unit) => expect(unitOf(column)).toBe(unit));
