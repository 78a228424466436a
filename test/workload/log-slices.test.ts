import { describe, expect, it } from 'vitest';
import { period_us, requestsBefore } from '../../src/workload/processes/trace.ts';
import { readLog } from './read-log.ts';

const DAYS = [
  't',
  '2026-03-02 22:00:00',
  '2026-03-03 01:00:00',
  '2026-03-03 23:59:59',
  '2026-03-04 00:00:00',
];

describe('a slice of a log', () => {
  it('begins at t = 0, holds what is from its begin and before its end, and repeats after its own length', () => {
    const { arrivals, rows, problems } = readLog(DAYS, { from: '2026-03-03', to: '2026-03-04' });
    expect(problems).toEqual([]);
    expect(arrivals).toEqual([3600, 86_399]);
    expect(rows!.reading).toMatchObject({ rows: 4, early: 1, late: 1 });
    expect(period_us(rows!)).toBe(86_400e6);
    expect(requestsBefore(rows!, 3, 2 * 86_400e6 + 1)).toBe(4);
  });

  it('may be given by durations from t = 0', () => {
    expect(readLog(DAYS, { from: '24h' }).arrivals).toEqual([3600, 86_399, 86_400]);
    expect(readLog(['t', '5', '10', '15'], { from: '7s', to: '15s' }).arrivals).toEqual([3]);
    expect(readLog(DAYS, { from: '1h', origin: 'first-arrival' }).arrivals).toEqual([7200, 89_999, 90_000]);
  });

  it.each([
    [{ from: '2026-03-03', origin: '2026-03-03 12:00:00' }, 1, 0],
    [{ from: '2026-03-03 12:00:00', origin: '2026-03-03' }, 2, 0],
    [{ from: '2026-03-01', origin: '2026-03-05' }, 0, 0],
    [{ to: '2026-03-04', origin: '2026-03-03' }, 1, 1],
    [{ to: '24h' }, 0, 3],
  ])('%j: a row that is not kept is early or late, and never both', (keys, early, late) => {
    const { arrivals, rows } = readLog(DAYS, keys);
    expect(rows!.reading).toMatchObject({ early, late });
    expect(early + late + arrivals!.length).toBe(4);
  });

  it('is refused where it cannot be', () => {
    expect(readLog(['t', '5'], { from: '2026-03-03' }).problems[0]).toContain('give a duration, as 36h');
  });
});

describe('a time format', () => {
  it.each([
    ['epoch-seconds', ['t', '1772496000.5', '1772492400']],
    ['epoch-milliseconds', ['t', '1772496000500', '1772492400000']],
    ['epoch-microseconds', ['t', '1772496000500000', '1772492400000000']],
    ['epoch-nanoseconds', ['t', '1772496000500000000', '1772492400000000000']],
    ['timestamp', ['t', '2026-03-03T00:00:00.5Z', '2026-03-02 23:00:00']],
  ] as const)('%s counts from the midnight before the first row', (time_format, lines) => {
    const { arrivals, rows } = readLog(lines, { time_format });
    expect(arrivals).toEqual([82_800, 86_400.5]);
    expect(rows!.reading).toMatchObject({ unsorted: 1, epoch_us: 1772409600e6 });
  });

  it('that does not fit is an error in every row', () => {
    expect(readLog(['t', '2026-03-03', '5'], { time_format: 'epoch-seconds' }).problems).toHaveLength(1);
    expect(readLog(['t', '-5'], { time_format: 'epoch-milliseconds' }).problems[0]).toContain(
      'milliseconds since 1970',
    );
  });
});

describe('bad rows that may be dropped', () => {
  const lines = ['t,w', '1,5', 'x,5', ',5', '2,', '3,6', '3,6'];

  it('are left out, and counted with the first', () => {
    const { arrivals, work, rows, problems } = readLog(lines, { work_column: 'w', bad_rows: 'drop' });
    expect(problems).toEqual([]);
    expect(arrivals).toEqual([1, 3, 3]);
    expect(work).toEqual([5, 6, 6]);
    expect(rows!.reading).toMatchObject({ rows: 6, unreadable: 3, repeated: 1, early: 0, late: 0 });
    expect(rows!.reading!.firstUnreadable).toContain('line 3: column t: expected');
  });

  it('are those as well that lie far from all others, but only then', () => {
    const stamps = Array.from({ length: 60 }, (_, i) => `2026-03-03 00:${String(i).padStart(2, '0')}:00`);
    const found = readLog(['t', '1970-01-01 00:00:00', ...stamps, '2099-01-01'], { bad_rows: 'drop' });
    expect(found.arrivals![0]).toBe(0);
    expect(found.arrivals).toHaveLength(60);
    expect(found.rows!.reading).toMatchObject({ far: 2, early: 0, late: 0 });
    expect(readLog(['t', ...stamps, '2026-03-03 05:00:00'], { bad_rows: 'drop' }).arrivals).toHaveLength(61);
    expect(readLog(['t', ...stamps, '2099-01-01']).arrivals).toHaveLength(61);
  });

  it('are those in another format than most, wherever they stand', () => {
    const stamps = Array.from({ length: 6 }, (_, i) => `2026-03-03 00:00:0${i}`);
    const found = readLog(['t', '5', ...stamps], { bad_rows: 'drop' });
    expect(found.arrivals).toEqual([0, 1, 2, 3, 4, 5]);
    expect(found.rows!.reading).toMatchObject({ rows: 7, unreadable: 1 });
    const seconds = Array.from({ length: 600 }, (_, i) => `${i}`);
    const long = readLog(['t', ...stamps, ...seconds, 'x'], { bad_rows: 'drop' });
    expect(long.rows!.reading).toMatchObject({ rows: 607, unreadable: 7 });
    expect(long.rows!.reading!.firstUnreadable).toContain('line 2: column t: expected seconds');
    expect(readLog(['t', '5', ...stamps], { bad_rows: 'drop', time_format: 'seconds' }).rows).toBeUndefined();
    expect(readLog(['t', '5', ...stamps]).problems).toHaveLength(6);
  });

  it('may not be more than half, which is told with the first of them', () => {
    const { problems, rows } = readLog(['t', '1', 'x', 'y'], { bad_rows: 'drop' });
    expect(rows).toBeUndefined();
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(
      /^3: 2 of 3 rows cannot be read, .*column t: .*here "x"; .*give time_format: /,
    );
    expect(readLog(['t', '1', 'x'], { bad_rows: 'drop' }).arrivals).toEqual([1]);
    const epoch = readLog(['t', '1772496000', '1772496001'], { bad_rows: 'drop' });
    expect(epoch.problems[0]).toContain('give time_format: epoch-seconds');
  });
});
