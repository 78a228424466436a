import { describe, expect, test } from 'vitest';
import { loadScenario } from '../../src/cli/load-scenario.ts';
import { temporaryFolder, written } from '../cli/temporary.ts';

const folder = temporaryFolder();
const log = written(
  folder,
  'sizes.csv',
  ['t,size', ...Array.from({ length: 48 }, (_, hour) => `${hour * 3600},${hour < 24 ? 5 : 20}`)].join('\n'),
);
const scenario = (attributes: string, more = '') =>
  written(
    folder,
    `${Math.random()}.yaml`,
    `name: sliced
${more}traffic:
  - { name: drawn, process: poisson, rate: 60/h, attributes: { file: ${log}, work_column: size, ${attributes} } }
platforms: { modal: { kind: modal, usd_per_second: 0.001, seconds_per_image: 1 } }
`,
  );

describe('attributes of a slice', () => {
  test('are those of the rows within it', async () => {
    const { scenario: read } = await loadScenario(scenario('time_column: t, from: 24h, to: 48h'));
    const { work } = read.sources[0]!.attributes!.rows!;
    expect(Array.from(work!)).toEqual(Array(24).fill(20));
    const whole = await loadScenario(scenario('bad_rows: error'));
    expect(whole.scenario.sources[0]!.attributes!.rows!.work).toHaveLength(48);
  });

  test.each([
    ['from: 24h', 'a slice needs the time_column of the log'],
    ['time_column: t, from: soon', 'expected a timestamp, or a duration from t = 0 as 36h'],
  ])('%s is refused', async (attributes, message) => {
    await expect(loadScenario(scenario(attributes))).rejects.toThrow(message);
  });
});

test('a log that ends long before the run is told', async () => {
  const file = written(
    folder,
    'short.yaml',
    `name: short
duration: 30d
traffic: [{ process: trace, file: ${log}, time_column: t }]
platforms: { modal: { kind: modal, usd_per_second: 0.001, seconds_per_image: 1 } }
`,
  );
  const { warnings } = await loadScenario(file);
  expect(warnings.map(({ message }) => message)).toEqual([
    'the log ends after 2 of the 30 days of the run, and nothing comes after it: shorten the run, or give repeat: 15',
  ]);
});
