import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SCENARIO } from '../scenario/problems.ts';
import { resident } from './resident.ts';
import { ROOT } from './spawn.ts';
import { temporaryFolder, written } from './temporary.ts';

const folder = temporaryFolder();
const both = `${SCENARIO}  second:\n    kind: modal\n    usd_per_second: 0.0007\n    seconds_per_image: 6\n`;
const file = written(folder, 'both.yaml', both);
const results = join(ROOT, 'results', 'peak-hours');
const table = (name: string, text: string) => {
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, name, 'summary.csv'), text);
  return join(folder, name);
};
const broken = table('broken', 'a,"b\n');
const foreign = table('foreign', 'a,b\n1,2\n');
const wrong = table('wrong', 'platform,status,cost_usd_per_hour\nmodal,ok,much\n');

describe('warmpool compare', () => {
  test('sets two platforms of a file side by side, on the same requests', async () => {
    const { code, stdout, stderr } = await resident(['compare', `${file}:modal`, `${file}:second`]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/A: modal.*B: second.*B - A/);
    expect(stdout).toContain('Both served the same requests');
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  test('sets two results side by side, and says that they may not be paired', async () => {
    const { code, stdout } = await resident(['compare', `${results}:always-0`, `${results}:table`, '--json']);
    expect(code).toBe(0);
    const { a, b, contrasts } = JSON.parse(stdout);
    expect([a, b]).toEqual(['always-0', 'table']);
    const cost = contrasts.find(({ name }: { name: string }) => name === 'cost_usd_per_hour');
    expect(cost.difference.value).toBeCloseTo(cost.b - cost.a, 9);
    const table = await resident(['compare', `${results}:always-0`, `${file}:modal`]);
    expect(table.stdout.replaceAll('\n', ' ')).toContain('not known to have served the same requests');
  });

  test('says that a platform is unstable, and ends with 3', async () => {
    const set = ['--set', 'platforms.modal.max_containers=1', '--set', 'traffic.images.rate=5000/h'];
    const { code, stderr } = await resident(['compare', `${file}:modal`, `${file}:second`, ...set]);
    expect([code, stderr.includes('warning: modal is unstable')]).toEqual([3, true]);
  });

  test('does not take two logs of one name for the same', async () => {
    const log = (name: string, times: number[]) => {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'log.csv'), `time\n${times.join('\n')}\n`);
      const trace = SCENARIO.replace(
        /traffic:[\s\S]*?platforms:/,
        'traffic: [{ process: trace, file: log.csv, time_column: time, time_format: seconds }]\nplatforms:',
      );
      writeFileSync(join(folder, name, 's.yaml'), trace);
      return join(folder, name, 's.yaml');
    };
    const { stdout } = await resident(['compare', log('p', [1, 2, 3]), log('q', [1, 2000, 3000])]);
    expect(stdout.replaceAll('\n', ' ')).toContain('not known to have served the same requests');
  });

  test.each([
    [[file, file], /name one of its platforms, as .*both\.yaml:modal; there are modal, second/],
    [[`${file}:modl`, file], /no platform "modl"; did you mean "modal"\?/],
    [[results, results], /name one of its platforms/],
    [[folder, file], /summary\.csv cannot be read.*expected a folder that warmpool run wrote/],
    [
      ['none.yaml', file],
      /none\.yaml: there is no such file or folder; expected a scenario file or a folder/,
    ],
    [['', file], /an empty name: there is no such file/],
    [[`${file}:`, file], /name one of its platforms, as/],
    [[results, file, '--seed', '3'], /--seed 3: .*peak-hours holds results, which are what they are/],
    [[broken, file], /summary\.csv is not a table that warmpool wrote: .*Quote/],
    [[foreign, file], /is not a table that warmpool wrote: no column platform/],
    [[wrong, file], /expected a number in the column cost_usd_per_hour, here "much"/],
    [[file], /expected two scenarios or folders of results/],
  ])('%j is refused', async (words, message) => {
    const { code, stdout, stderr } = await resident(['compare', ...words]);
    expect(stderr).toMatch(message);
    expect([code, stdout]).toEqual([2, '']);
  });
});
