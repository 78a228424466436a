// Of so many inputs, vitest's expect would take a third of the time.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadText } from '../../src/cli/load-scenario.ts';
import { ScenarioError } from '../../src/scenario/problem.ts';
import { ScenarioReader } from '../../src/scenario/read.ts';
import { ROOT } from '../cli/spawn.ts';
import { temporaryFolder, written } from '../cli/temporary.ts';

/** More inputs: FUZZ=1000000 npx vitest run test/fuzz */
const INPUTS = Number(process.env.FUZZ ?? 20_000);
const SLOWEST_MS = 1000;

const folder = join(ROOT, 'scenarios');
/** The shorter ones, which are read sooner. */
const SHIPPED = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => readFileSync(join(folder, name), 'utf8'))
  .filter((text) => text.length < 715);

/** Words of the format, and what is none of it. */
const fragment = fc.oneof(
  fc.constantFrom(
    'process: poisson',
    'rate: 5/h',
    'rate: -1/s',
    'kind: modal',
    'gpu: H100',
    '{',
    '}',
    '[',
    ']',
    ':',
    '\n',
    '  ',
    '- ',
    '&a',
    '*a',
    '!!js/function',
    '"',
    "'",
    '|',
    '>',
    '%',
    '\u0000',
    '\ufeff',
    '1e999',
    '.inf',
    'NaN',
    '0x10',
    'null',
    '~',
    '99999999999999999999',
    '30d',
    '-5m',
    '1/0',
    'slo:',
    'sweep:',
    'grid:',
    'traffic:',
    'platforms:',
    '<<: *a',
    '---',
    '#',
    'keep_warm: {"25:00": 1}',
    'cold_start: { distribution: lognormal, mean: 8s, cv: 1e9 }',
    'seed: 2.5',
  ),
  fc.string({ maxLength: 8 }),
  fc.double().map(String),
  fc.integer().map(String),
);

/** A shipped scenario in which some stretches were cut, doubled or replaced. */
const mutated = fc
  .record({
    text: fc.constantFrom(...SHIPPED),
    edits: fc.array(
      fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), cut: fc.nat(40), put: fragment }),
      {
        minLength: 1,
        maxLength: 6,
      },
    ),
  })
  .map(({ text, edits }) =>
    edits.reduce((now, { at, cut, put }) => {
      const from = Math.floor(at * now.length);
      return now.slice(0, from) + put + now.slice(from + cut);
    }, text),
  );

/** A scenario whose lines are shuffled words of the format. */
const raw = fc.array(fragment, { maxLength: 25 }).map((parts) => parts.join(''));

/** What is read must be a scenario, or be refused with a place, and soon. */
function expectKind(text: string): void {
  const began = performance.now();
  try {
    const { scenario } = ScenarioReader.of(text, 'fuzz.yaml').finish();
    assert(scenario.platforms.length > 0, 'a scenario has platforms');
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    assert(error.problems.length > 0, 'a refusal says why');
    for (const { file, line, message } of error.problems) {
      assert(message.length > 5, 'a refusal has words');
      assert(file === 'fuzz.yaml' && line !== undefined && line >= 1, `"${message}" has a place`);
    }
  }
  assert(performance.now() - began < SLOWEST_MS, `it takes at most ${SLOWEST_MS} ms`);
}

test('the reader of scenarios takes or refuses whatever it is given', { timeout: 10_000_000 }, () => {
  const share = (part: number) => ({ numRuns: Math.ceil(INPUTS * part), seed: 61 });
  fc.assert(fc.property(mutated, expectKind), share(0.15));
  fc.assert(fc.property(raw, expectKind), share(0.8));
});

const cell = fc.oneof(
  fc.integer().map(String),
  fc.double().map(String),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.constantFrom(
    '',
    '"',
    '""',
    '"a,b"',
    '"x\ny"',
    'NaN',
    '-0',
    '1,5',
    '\u0000',
    '\ud800',
    '1e400',
    '{"a":1}',
    '\r',
  ),
  fc.string({ maxLength: 6 }),
);
const log = fc
  .record({
    head: fc.constantFrom('time,work', 'time;work', 'time\twork', '', '{"time": 1}', 'time', '"time","work"'),
    rows: fc.array(fc.array(cell, { maxLength: 4 }), { maxLength: 12 }),
    join: fc.constantFrom(',', ';', '\t'),
    end: fc.constantFrom('\n', '\r\n', '\r', ''),
  })
  .map(({ head, rows, join: by, end }) => [head, ...rows.map((row) => row.join(by))].join(end));

test('the reader of logs takes or refuses whatever it is given', { timeout: 10_000_000 }, async () => {
  const out = temporaryFolder();
  const scenarioOf = (file: string) => `name: log
traffic: [{ process: trace, file: ${file}, time_column: time, bad_rows: drop }]
platforms: { one: { kind: dedicated, machines: 1, usd_per_hour: 1, seconds_per_image: 1 } }
`;
  let [taken, refused] = [0, 0];
  await fc.assert(
    fc.asyncProperty(log, fc.constantFrom('log.csv', 'log.jsonl', 'log.csv.gz'), async (text, name) => {
      const began = performance.now();
      written(out, name, text);
      try {
        await loadText(scenarioOf(name), join(out, 'log.yaml'));
        taken++;
      } catch (error) {
        if (!(error instanceof ScenarioError)) throw error;
        refused++;
        for (const { file, message } of error.problems) {
          assert(message.length > 5, 'a refusal has words');
          assert(file.startsWith(out), `"${message}" names the file`);
        }
      }
      assert(performance.now() - began < SLOWEST_MS, `it takes at most ${SLOWEST_MS} ms`);
    }),
    { numRuns: Math.ceil(INPUTS * 0.05), seed: 62 },
  );
  expect([taken > 0, refused > 0]).toEqual([true, true]);
});
