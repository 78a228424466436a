import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLog } from './read-log.ts';

describe('a log with times in seconds', () => {
  it('is sorted by arrival, rows of one instant in the order of the file', () => {
    const found = readLog(['t,w,i', '5,1,10', '2.5,2,20', '5,3,30', '0,4,40', '2.5,5,50'], {
      work_column: 'w',
      images_column: 'i',
    });
    expect(found.arrivals).toEqual([0, 2.5, 2.5, 5, 5]);
    expect(found.work).toEqual([4, 2, 5, 1, 3]);
    expect(found.images).toEqual([40, 20, 50, 10, 30]);
    expect(found.problems).toEqual([]);
  });

  it('keeps every row, whatever their order', () => {
    const law = fc.property(fc.array(fc.nat(50), { minLength: 1, maxLength: 40 }), (times) => {
      const { arrivals, work } = readLog(['t,w', ...times.map((t, i) => `${t},${i}`)], { work_column: 'w' });
      const stable = times.map((t, i) => [t, i] as const).sort((a, b) => a[0] - b[0]);
      expect(arrivals).toEqual(stable.map(([t]) => t));
      expect(work).toEqual(stable.map(([, i]) => i));
    });
    fc.assert(law, { seed: 21 });
  });

  it('takes the columns by name, in any place, and leaves out the others', () => {
    const found = readLog(['x,w,t', 'a,2,1', 'b,3,4'], { work_column: 'w' });
    expect(found).toMatchObject({ arrivals: [1, 4], work: [2, 3], problems: [] });
    expect(found.images).toBeUndefined();
  });

  it('counts from t = 0, or from its first arrival if that is the origin', () => {
    expect(readLog(['t', '12.5', '10', '11']).arrivals).toEqual([10, 11, 12.5]);
    expect(readLog(['t', '12.5', '10', '11'], { origin: 'first-arrival' }).arrivals).toEqual([0, 1, 2.5]);
  });

  it('may hold epoch seconds if the first arrival is the origin', () => {
    const lines = ['t', '1775035800.5', '1775035800.123456'];
    expect(readLog(lines, { origin: 'first-arrival' }).arrivals).toEqual([0, 0.376544]);
    expect(readLog(lines).problems[0]).toContain('for times since 1970 give time_format: epoch-seconds');
  });

  it('is rounded to microseconds', () => {
    expect(readLog(['t', '0.0000014', '0.0000016', '1e3']).arrivals).toEqual([0.000001, 0.000002, 1000]);
  });

  it('grows beyond any first guess of its length', () => {
    const { rows } = readLog(['t', ...Array.from({ length: 5000 }, (_, i) => String(i))]);
    expect(rows!.arrival_us).toHaveLength(5000);
    expect(rows!.arrival_us[4999]).toBe(4999e6);
  });

  // A row of words is no reason to read the rest as anything else.
  it('has an error for each cell that is none, with its line and what was there', () => {
    const { problems } = readLog(['t', '1', '', 'x', '-1', '900000001', '3']);
    expect(problems).toHaveLength(4);
    expect(problems[0]).toBe('3: column t: expected seconds from t = 0, from 0 to 900000000, here ""');
    expect(problems[1]).toMatch(/^4: .*here "x"$/);
    expect(problems[2]).toMatch(/^5: .*here "-1"$/);
    expect(problems[3]).toMatch(/^6: .*times since 1970.*here "900000001"$/);
  });
});

describe('a log with timestamps', () => {
  const day = (...times: string[]) => ['t', ...times.map((time) => `2026-04-01${time}`)];

  it('begins at the midnight (UTC) before its earliest row', () => {
    const lines = ['t', '2026-04-02 00:00:01', '2026-04-01 09:30:00', '2026-04-01 10:00:00.25'];
    expect(readLog(lines).arrivals).toEqual([34_200, 36_000.25, 86_401]);
    expect(readLog(lines, { origin: 'midnight' }).arrivals).toEqual([34_200, 36_000.25, 86_401]);
    expect(readLog(['t', '2026-04-01 00:00:00']).arrivals).toEqual([0]);
  });

  it('begins at its first arrival if that is the origin', () => {
    expect(readLog(day(' 09:30:00', ' 09:00:00'), { origin: 'first-arrival' }).arrivals).toEqual([0, 1800]);
  });

  it('begins at a given instant, and drops the rows before it', () => {
    const found = readLog(
      ['t,w', '2026-04-01 10:00:00,1', '2026-04-01 08:00:00,2', '2026-04-01 09:00:00,3'],
      {
        origin: '2026-04-01T09:00:00Z',
        work_column: 'w',
      },
    );
    expect(found).toMatchObject({ arrivals: [0, 3600], work: [3, 1], problems: [] });
  });

  it('may begin before its first row', () => {
    expect(readLog(day(' 09:00:00'), { origin: '2026-03-31' }).arrivals).toEqual([118_800]);
  });

  it.each([
    ['T09:30:00Z', 34_200],
    ['T09:30:00', 34_200],
    [' 09:30:00', 34_200],
    [' 09:30', 34_200],
    ['', 0],
    ['t09:30:00z', 34_200],
    [' 09:30:00 UTC', 34_200],
    ['T09:30:00+02:00', 27_000],
    ['T09:30:00+0200', 27_000],
    [' 09:30:00-05:30', 54_000],
    [' 18:17:03.9799600', 65_823.97996],
    [' 00:00:00.0000004', 0],
    [' 00:00:00.9999996', 1],
    [' 23:59:59.9', 86_399.9],
  ])('reads 2026-04-01%s', (time, expected) => {
    expect(readLog(day(time), { origin: '2026-04-01T00:00:00Z' })).toMatchObject({
      arrivals: [expected],
      problems: [],
    });
  });

  it('with a zone may begin on the day before: midnight is in UTC', () => {
    expect(readLog(day('T01:00:00+02:00')).arrivals).toEqual([82_800]);
  });

  it.each([
    '2026-02-29 00:00:00',
    '2026-13-01',
    '2026-04-01 24:00:00',
    '2026-04-01 09:60:00',
    '01/04/2026',
    '2026-4-1',
    '17',
  ])('has an error with the line for %j', (cell) => {
    const { problems } = readLog(['t', '2024-02-29 12:00:00', cell]);
    expect(problems).toEqual([
      `3: column t: expected a timestamp, as 2026-04-01 09:30:00 or 2026-04-01T09:30:00Z, here "${cell}"`,
    ]);
  });

  it('has one error, not one for every row, when only its first cell is bad', () => {
    expect(readLog(['t', '', '2026-04-01 09:00:00', '2026-04-01 09:30:00']).problems).toHaveLength(1);
  });
});

describe('columns beside the time', () => {
  it('must be numbers of at least 0, and whole for images', () => {
    const { problems } = readLog(
      ['t,w,i', '1,x,1', '2,-1,1', '3,,1', '4,1,1.5', '5,1,-1', '6,1,', '7,0.5,0'],
      {
        work_column: 'w',
        images_column: 'i',
      },
    );
    expect(problems.map((problem) => problem.split(':').slice(0, 2).join(':'))).toEqual([
      '2: column w',
      '3: column w',
      '4: column w',
      '5: column i',
      '6: column i',
      '7: column i',
    ]);
    expect(problems[0]).toBe('2: column w: expected a number of at least 0, here "x"');
    expect(problems[3]).toBe('5: column i: expected a whole number of at least 0, here "1.5"');
  });

  it('that are missing are errors of the header, with the name that was perhaps meant', () => {
    const { problems, rows } = readLog(['arrival_s,work', '1,2'], {
      time_column: 'arival_s',
      work_column: 'w',
    });
    expect(problems[0]).toBe(
      '1: no column "arival_s": the header has arrival_s, work; did you mean "arrival_s"?',
    );
    expect(problems[1]).toMatch(/^1: no column "w"/);
    expect(problems).toHaveLength(2);
    expect(rows).toBeUndefined();
  });

  it('a row that is too short has an error', () => {
    expect(readLog(['t,w', '1,2', '3'], { work_column: 'w' }).problems).toHaveLength(1);
  });
});

describe('a log without rows', () => {
  it('is an error', () => {
    expect(readLog(['t'])).toMatchObject({
      problems: ['1: expected at least one row below the header'],
      rows: undefined,
    });
  });
});
