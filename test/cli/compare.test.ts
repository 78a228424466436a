import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SCENARIO } from '../scenario/problems.ts';
import { ROOT, warmpool } from './spawn.ts';
import { temporaryFolder, written } from './temporary.ts';

const folder = temporaryFolder();
const both = `${SCENARIO}  second:\n    kind: modal\n    usd_per_second: 0.0007\n    seconds_per_image: 6\n`;
const file = written(folder, 'both.yaml', both);
const results = join(ROOT, 'results', 'peak-hours');

describe('warmpool compare', () => {
  test('sets two platforms of a file side by side, on the same requests', async () => {
    const { code, stdout, stderr } = await warmpool(['compare', `${file}:modal`, `${file}:second`]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/A: modal.*B: second.*B - A/);
    expect(stdout).toContain('Both served the same requests');
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  test('sets two results side by side, and says that they may not be paired', async () => {
    const { code, stdout } = await warmpool(['compare', `${results}:always-0`, `${results}:table`, '--json']);
    expect(code).toBe(0);
    const { a, b, contrasts } = JSON.parse(stdout);
    expect([a, b]).toEqual(['always-0', 'table']);
    const cost = contrasts.find(({ name }: { name: string }) => name === 'cost_usd_per_hour');
    expect(cost.difference.value).toBeCloseTo(cost.b - cost.a, 9);
    const table = await warmpool(['compare', `${results}:always-0`, `${file}:modal`]);
    expect(table.stdout.replaceAll('\n', ' ')).toContain('not known to have served the same requests');
  });

  test.each([
    [[file, file], /name one of its platforms; as .*both\.yaml:modal; there are modal, second/],
    [[`${file}:modl`, file], /no platform "modl"; did you mean "modal"\?/],
    [[results, results], /name one of its platforms/],
    [[folder, file], /summary\.csv cannot be read.*expected a folder that warmpool run wrote/],
    [['none.yaml', file], /none\.yaml: error: cannot be read/],
    [[file], /expected two scenarios or folders of results/],
  ])('%j is refused', async (words, message) => {
    const { code, stdout, stderr } = await warmpool(['compare', ...words]);
    expect(stderr).toMatch(message);
    expect([code, stdout]).toEqual([2, '']);
  });
});
