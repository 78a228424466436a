import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { COVERED, coverageOf, MODELS } from '../scripts/coverage.ts';
import { coverageTable } from '../scripts/trust.ts';
import { ROOT } from './cli/spawn.ts';

test('the models of docs/TRUST.md run, with at most 20,000 requests a replication', () => {
  expect(MODELS).toHaveLength(10);
  for (const model of MODELS) {
    const { requests, held } = coverageOf(model, 2);
    expect(requests).toBeLessThan(20_000);
    expect(Object.keys(held)).toEqual([...COVERED]);
  }
});

test('the table marks what is outside 93 to 97 %', () => {
  const held = { ...Object.fromEntries(COVERED.map((name) => [name, 0.95])), latency_p95_s: 0.92 };
  const table = coverageTable([{ model: 'one', requests: 1234, held: held as never }]);
  expect(table).toContain('| one | 1230 | 95 | 95 | 95 | **92** | 95 |');
});

test('docs/TRUST.md speaks of every model', () => {
  const page = join(ROOT, 'docs', 'TRUST.md');
  expect(existsSync(page)).toBe(true);
  const text = readFileSync(page, 'utf8');
  for (const { name } of MODELS) expect(text).toContain(`| ${name} |`);
});
