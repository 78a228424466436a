import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withOutput } from '../scripts/shown-output.ts';
import { EXIT } from '../src/cli/exit-code.ts';
import { jsonSchema } from '../src/scenario/schema.ts';
import { MAIN, ROOT, warmpool } from './cli/spawn.ts';

const scenarios = readdirSync(join(ROOT, 'scenarios')).filter((name) => name.endsWith('.yaml'));
/** The questions that a scenario asks beside a run, and the files of each. */
const QUESTIONS = {
  crossover: ['crossover-curve.csv', 'crossover.csv', 'crossover.manifest.json'],
  sweep: ['sweep.csv', 'sweep.manifest.json'],
} as const;
const questionsOf = (file: string) =>
  (Object.keys(QUESTIONS) as (keyof typeof QUESTIONS)[]).filter((question) =>
    new RegExp(`^${question}:`, 'm').test(readFileSync(file, 'utf8')),
  );
/** Some of them are asked in a document, which shows the answers. */
const decide = readFileSync(join(ROOT, 'docs', 'DECIDE.md'), 'utf8');
let decideNow: string;
const out = mkdtempSync(join(tmpdir(), 'warmpool-results-'));

beforeAll(async () => {
  const files = scenarios.map((name) => join(ROOT, 'scenarios', name));
  // One thread: other files of tests have the other core.
  const words = ['run', ...files, '--out', out, '--quiet', '--threads', '1'];
  const { code, stderr } = await warmpool(words, { timeout_ms: 120_000 });
  expect(code, stderr).toBe(EXIT.doubtful);
  decideNow = withOutput(decide, [MAIN], out);
  for (const file of files)
    for (const question of questionsOf(file)) {
      if (decide.includes(`npx warmpool ${question} ${relative(ROOT, file)}\n`)) continue;
      const answered = await warmpool([question, file, '--out', out, '--quiet', '--threads', '1']);
      expect(answered.code, answered.stderr).toBe(EXIT.done);
    }
});
afterAll(() => rmSync(out, { recursive: true }));

test('results holds the results of every shipped scenario and of no other', () => {
  expect(readdirSync(join(ROOT, 'results')).sort()).toEqual(readdirSync(out).sort());
  expect(readdirSync(out)).toHaveLength(scenarios.length);
});

test.each(scenarios.map((name) => name.replace('.yaml', '')))(
  'results/%s is what its scenario writes, byte by byte',
  (name) => {
    const answers = questionsOf(join(ROOT, 'scenarios', `${name}.yaml`)).flatMap((one) => QUESTIONS[one]);
    const files = ['hourly.csv', 'manifest.json', 'summary.csv', ...answers].sort();
    expect(readdirSync(join(ROOT, 'results', name)).sort()).toEqual(files);
    for (const file of files) {
      expect([file, readFileSync(join(ROOT, 'results', name, file), 'utf8')]).toEqual([
        file,
        readFileSync(join(out, name, file), 'utf8'),
      ]);
    }
  },
);

test('DECIDE.md shows what its commands print', () => {
  expect(decide).toContain('* cheapest that surely meets the SLO');
  expect(decideNow).toBe(decide);
});

test.each(scenarios)('%s names the schema in its first line, and then says why in two', (name) => {
  const lines = readFileSync(join(ROOT, 'scenarios', name), 'utf8').split('\n');
  expect(lines[0]).toBe('# yaml-language-server: $schema=./warmpool.schema.json');
  expect(lines[1]).toMatch(/^# \S/);
  expect(lines[2]).toMatch(/^# \S/);
  expect(lines[3]).toBe(`name: ${name.replace('.yaml', '')}`);
});

test('the schema beside the scenarios is the one that the command prints', () => {
  expect(JSON.parse(readFileSync(join(ROOT, 'scenarios/warmpool.schema.json'), 'utf8'))).toEqual(
    JSON.parse(JSON.stringify(jsonSchema())),
  );
});
