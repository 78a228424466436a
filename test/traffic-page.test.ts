import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { trafficPage } from '../scripts/traffic-page.ts';
import { processes } from '../src/workload/processes/table.ts';
import { scenarioOf } from './oracles/simulate.ts';

const page = trafficPage();

test.each(page)('docs/%s is what the script makes', (name, text) => {
  expect(readFileSync(resolve(import.meta.dirname, '../docs', name), 'utf8')).toBe(text);
});

test('every process but the log has its picture, and its example is right', () => {
  const text = page.find(([name]) => name === 'TRAFFIC.md')![1];
  for (const process of Object.keys(processes))
    if (process !== 'trace') expect(text).toContain(`\n## ${process}\n`);
  for (const [, yaml] of text.matchAll(/^`(\{ process: .*)`$/gm)) {
    const written = yaml!.replace('[40/h, ... 24 of them]', `[${Array(24).fill('40/h').join(', ')}]`);
    scenarioOf(
      `name: x\ntraffic: [${written}]\nplatforms: { own: { kind: dedicated, machines: 1, usd_per_hour: 1, seconds_per_image: 1 } }`,
    );
  }
});
