import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { legend, summaryTable, wrapped } from '../../src/cli/table.ts';
import { scenarioOf, simulate } from '../oracles/simulate.ts';

const platforms = (count: number) =>
  Array.from(
    { length: count },
    (_, i) =>
      `  p${i}: { kind: modal, usd_per_second: ${(i + 1) / 1000}, seconds_per_image: 6, keep_warm: ${i}, queue_limit: 1 }`,
  );

const result = (count: number, traffic = '[{ process: poisson, rate: 90/h }]', replications = 4) =>
  simulate(
    scenarioOf(
      `name: table\nduration: 3h\nreplications: ${replications}\ntraffic: ${traffic}\nslo: { latency_p95: 10s }\nplatforms:\n${platforms(count).join('\n')}\n`,
    ),
  );

const plain = stripVTControlCharacters;

test('no line is wider than the terminal, whatever the number of platforms', () => {
  for (const width of [40, 80, 120]) {
    for (const count of [1, 2, 3, 5]) {
      const lines = plain(summaryTable(result(count), width))
        .split('\n')
        .slice(1);
      for (const line of lines)
        expect([width, count, line.length <= width, line]).toEqual([width, count, true, line]);
    }
  }
});

test('every platform has a column, the cheapest a mark, and every estimate its interval', () => {
  const text = plain(summaryTable(result(5), 80));
  for (let i = 0; i < 5; i++) expect(text).toContain(` p${i} `);
  expect(text.match(/\* /g)).toHaveLength(1);
  expect(text).toMatch(/\$\/hour .*\* [\d.]+ ±[\d.]+ │/);
  expect(text).toMatch(/p95 <= 10 s +│ +(met|missed|too close to call)/);
  expect(text).toMatch(/not served +│ +[\d.]+ %/);
});

test('what has no data is a dash, and a single run has no ±', () => {
  const text = plain(summaryTable(result(2, '[]', 1), 80));
  expect(text).toMatch(/p95 +│ +– │/);
  expect(text).not.toContain('±');
  expect(legend(result(2, '[]', 1))).toBe('* cheapest');
});

test('long sentences are broken between words', () => {
  const text = 'a bb ccc dddd eeeee ffffff';
  for (const width of [6, 10, 80]) {
    const lines = wrapped(text, width).split('\n');
    expect(lines.join(' ')).toBe(text);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
  }
});
