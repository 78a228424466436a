import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { HOURLY_COLUMNS, REQUEST_COLUMNS, SUMMARY_COLUMNS } from '../src/measure/columns.ts';
import { commonKeys } from '../src/platforms/keys.ts';
import { priceBooks } from '../src/platforms/prices/table.ts';
import { platformKinds } from '../src/platforms/table.ts';
import { distributions } from '../src/random/distributions/table.ts';
import { ScenarioReader } from '../src/scenario/read.ts';
import { scenarioKeys } from '../src/scenario/schema.ts';
import { processes } from '../src/workload/processes/table.ts';
import { sourceKeys } from '../src/workload/schema.ts';
import { MAIN } from './cli/spawn.ts';

const ROOT = resolve(import.meta.dirname, '..');
const read = (name: string) => readFileSync(join(ROOT, name), 'utf8');
const README = read('README.md');
const temporary = mkdtempSync(join(tmpdir(), 'warmpool-docs-'));
afterAll(() => rmSync(temporary, { recursive: true }));

/** The text of the first code block of a language. */
const block = (language: string) => new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\\n\`\`\``).exec(README)![1]!;

function node(words: string[]) {
  return spawnSync(process.execPath, words, {
    encoding: 'utf8',
    cwd: ROOT,
    env: { ...process.env, NO_COLOR: '1' },
  });
}

test('the README shows what its main command prints', () => {
  const { stdout } = node([
    MAIN,
    'run',
    'scenarios/flux-dev-crossover.yaml',
    '--out',
    join(temporary, 'results'),
  ]);
  expect(stdout.trimEnd().replace(`${temporary}/`, '')).toBe(block('text'));
});

test('the README has the two commands', () => {
  expect(README).toContain('npm ci && npx warmpool run scenarios/flux-dev-crossover.yaml');
  expect(README).toContain('npm ci && npm test');
});

test("the README's scenario is right", () => {
  const { scenario, warnings } = ScenarioReader.of(block('yaml'), 'README.md').finish();
  expect(scenario.platforms.map((platform) => platform.name)).toEqual(['replicate', 'modal']);
  expect(warnings).toEqual([]);
});

test('every file that ARCHITECTURE.md names is there', () => {
  const named = read('docs/ARCHITECTURE.md')
    .split('\n')
    .flatMap((line) => {
      // A row of the table of layers names files of its layer.
      const layer = /^\| `(\w+)`/.exec(line)?.[1];
      return [...line.matchAll(/`([\w/.-]+\.tsx?)`/g)].map(([, file]) => ({ layer, file: file! }));
    });
  const missing = named.filter(
    ({ layer, file }) => !['', 'src', `src/${layer}`].some((folder) => existsSync(join(ROOT, folder, file))),
  );
  expect(named.length).toBeGreaterThan(30);
  expect(missing).toEqual([]);
});

test("the README's program runs against the library", () => {
  const file = join(temporary, 'readme.mjs');
  const library = pathToFileURL(join(ROOT, 'dist', 'index.js')).href;
  writeFileSync(file, block('ts').replace("'warmpool'", `'${library}'`));
  const { stdout, stderr } = node([file]);
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^replicate \{[\s\S]*\nmodal \{/);
});

test("the README's arithmetic holds", () => {
  expect(0.000694 * 3600).toBeCloseTo(2.4984, 12);
  expect(((83.28 * 6) / 3600) * 100).toBeCloseTo(13.88, 10);
  expect((3600 * 0.000694) / 0.03).toBeCloseTo(83.28, 10);
});

test('the README names every option of run, and no other', () => {
  const { stdout } = node([MAIN, 'run', '--help']);
  const options = (text: string) => new Set(Array.from(text.matchAll(/--[a-z]+/g), ([name]) => name));
  const known = options(stdout);
  const named = options(README.slice(README.indexOf('| option of `run`'), README.indexOf('Exit codes')));
  for (const common of ['--help', '--version']) known.delete(common);
  expect([...named].sort()).toEqual([...known].sort());
});

test('MODEL.md defines every column, and every kind of platform', () => {
  const model = read('docs/MODEL.md');
  for (const name of [
    ...Object.keys(HOURLY_COLUMNS),
    ...Object.keys(SUMMARY_COLUMNS),
    ...Object.keys(REQUEST_COLUMNS),
  ]) {
    if (/_ci_(low|high)$/.test(name)) continue;
    const isDefined =
      model.includes(`\`${name}\``) || (name.startsWith('latency_') && model.includes('`latency_*`'));
    expect([name, isDefined]).toEqual([name, true]);
  }
  for (const kind of Object.keys(platformKinds)) expect(model).toContain(`\`${kind}\``);
});

test('SCENARIO.md names every key, process, distribution and kind that the schema knows', () => {
  const text = read('docs/SCENARIO.md');
  const named = (word: string) => expect([word, text.includes(`\`${word}\``)]).toEqual([word, true]);
  for (const key of Object.keys(scenarioKeys)) named(key);
  for (const [name, { keys }] of Object.entries(processes))
    for (const key of [name, ...Object.keys(keys())]) named(key);
  for (const name of Object.keys(distributions)) named(name);
  for (const [name, { keys }] of Object.entries(platformKinds))
    for (const key of [name, ...Object.keys(keys())]) named(key);
  for (const key of [...Object.keys(commonKeys), ...Object.keys(sourceKeys)]) named(key);
  for (const { name } of priceBooks) named(name);
});
