import { expect, test } from 'vitest';
import { logFolder, STAMP } from './log-scenario.ts';

const { load, problemsOf } = logFolder();

test('rows before the origin are told of, as those after the end are', async () => {
  const csv = `time\n2026-04-01 00:00:00\n2026-04-01 05:00:00\n`;
  const { warnings } = await load(csv, { keys: '    origin: 2026-04-01 02:00:00\n' });
  expect(warnings.map(({ message }) => message).join()).toMatch(/\b1 of its requests/);
});

test('an origin after every row is an error: nothing would be simulated', async () => {
  expect(await problemsOf(`time\n${STAMP}\n`, { keys: '    origin: 2027-01-01 00:00:00\n' })).toHaveLength(1);
});

test.each([
  [
    'a last line that was cut off',
    'time,w\n1,2\n3,4\n5',
    'line 4: expected 2 cells as in the header, here 1',
  ],
  ['a quote in the last line that was cut off', 'time,w\n1,2\n3,4\n5,"6', 'line 4: a quote that opens here'],
  ['a row of too many cells', 'time,w\n1,2\n1,2,3\n3,4\n', 'line 3: expected 2 cells'],
  ['a broken quote', 'time,w\n1,2\n1,2"3\n3,4\n', 'line 3: Invalid Opening Quote'],
  ['a broken line of JSON', '{"time": 1}\n{"time": \n{"time": 3}\n', 'line 2: expected a JSON object'],
  ['a broken first line of JSON', '{"time": \n{"time": 1}\n{"time": 3}\n', 'line 1: expected a JSON object'],
])('%s is dropped where that is asked for, and an error where not', async (_, text, words) => {
  const { scenario, warnings } = await load(text, { keys: '    bad_rows: drop\n' });
  expect(scenario.sources[0]!.process).toMatchObject({ rows: { arrival_us: new Float64Array([1e6, 3e6]) } });
  expect(warnings[0]!.message).toContain(`1 of 3 rows were dropped: 1 cannot be read, the first in ${words}`);
  const problems = await problemsOf(text);
  expect(problems.map(({ line, message }) => `line ${line}: ${message}`)).toEqual([
    expect.stringContaining(words),
  ]);
});

test.each([
  ['from: 2027-01-01', 'from', 'before 2027-01-01'],
  ['to: 2026-04-01', 'to', 'ends after it begins, here from t = 0 to 2026-04-01'],
  ['from: 2026-04-02, to: 2026-04-03', 'from', 'before 2026-04-02 or at or after 2026-04-03'],
  ['from: 2026-03-01, to: 2026-04-01', 'to', 'at or after 2026-04-01'],
  ['origin: 2026-04-02, to: 2026-04-03', 'origin', 'before the origin or at or after 2026-04-03'],
  ['from: 2h, to: 1h', 'to', 'ends after it begins'],
])('a slice that leaves nothing is an error at its key at fault: %s', async (slice, key, words) => {
  const keys = slice.split(', ').map((line) => `    ${line}\n`);
  const problems = await problemsOf(`time\n${STAMP}\n2026-04-05 00:00:00\n`, { keys: keys.join('') });
  expect(problems.map(({ path }) => path)).toEqual([`traffic.0.${key}`]);
  expect(problems[0]!.message).toContain(words);
});

test('of a slice that begins before the origin no row is told of that was kept', async () => {
  const keys = '    origin: 2026-04-02\n    from: 2026-04-01\n';
  const { warnings } = await load(`time\n${STAMP}\n2026-04-03 00:00:00\n`, { keys });
  expect(warnings).toEqual([]);
});

test('rows after the end are counted in a warning, also those of repeats', async () => {
  const { warnings } = await load('time\n1\n7200\n', { top: 'duration: 1h\n', keys: '    repeat: 3\n' });
  expect(warnings.map(({ message }) => message).join()).toContain('5 of its requests');
});

test('a log whose repeats pass what the clock can hold is refused', async () => {
  const problems = await problemsOf('time\n1\n39600\n', { keys: '    repeat: 400000\n' });
  expect(problems).toHaveLength(1);
});
