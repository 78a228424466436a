import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadScenario } from '../../src/cli/load-scenario.ts';
import { run } from '../../src/index.ts';
import { priceBooks } from '../../src/platforms/prices/table.ts';
import { priceText, priceYaml } from '../../src/render/prices.ts';
import { readPriceFile } from '../../src/scenario/price-source.ts';
import { resident } from './resident.ts';

const folder = mkdtempSync(join(tmpdir(), 'warmpool-prices-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function told(text: string): string {
  try {
    readPriceFile(text, 'p.yaml');
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('a file of prices', () => {
  test.each(priceBooks.map((book) => [book.name, book] as const))(
    'that was printed from the book %s is that book',
    (name, book) => {
      expect(readPriceFile(priceYaml(book), 'p.yaml')).toEqual({ ...book, name: `my-${name}` });
    },
  );

  test('that extends a book has its entries, but for those that it gives', () => {
    const book = readPriceFile(
      '{ name: mine, extends: "2026-10", read: 2026-11, modal: { gpus: { H100: 0.5 } } }',
      'p.yaml',
    );
    expect(book.modal.gpus.H100).toEqual({
      value: 0.5,
      unit: '$/s',
      read: '2026-11',
      source: 'the price file itself',
      grade: 'inferred',
    });
    expect(book.modal.gpus.T4).toEqual(priceBooks[0]!.modal.gpus.T4);
    expect(book.replicate).toEqual(priceBooks[0]!.replicate);
  });

  test.each([
    ['name: a\nmodl: {}', 'p.yaml:2:1: error: modl: unknown key "modl"; did you mean "modal"?'],
    [
      'name: a\nmodal: { gpus: { H100: -1 } }',
      'p.yaml:2:24: error: modal.gpus.H100: expected a number from 0',
    ],
    ['name: a\nmodal: { gpus: { H100: cheap } }', 'here "cheap"'],
    ['name: a\nname: b', 'p.yaml:2:1: error: this key is given twice'],
    ['name: a\nextends: 2026-11', 'p.yaml:2:10: error: extends: expected one of 2026-10, article-2026-04'],
    ['name: "2026-10"', 'is the name of a book that comes with the program'],
    ['', 'expected a scenario'],
    ['[1, 2]', 'p.yaml:1:1'],
  ])('%j is refused at its place', (text, message) => {
    expect(told(text)).toContain(message);
  });
});

const scenario = (keys: string, platform: string) => `
name: own-prices
duration: 1h
replications: 2
${keys}
traffic: [{ process: poisson, rate: 100/h }]
platforms: { it: { kind: modal, gpu: H100, ${platform} } }
`;

describe('a scenario with prices of its own', () => {
  write(
    'mine.yaml',
    '{ name: mine, modal: { gpus: { H100: 0.25 } }, speeds: { flux-dev: { bf16: { H100: 7 } } } }',
  );

  test('gives what it gives with the prices written out, and names the file in its inputs', async () => {
    const own = await loadScenario(write('own.yaml', scenario('prices: mine.yaml\nmodel: flux-dev', '')));
    const written = await loadScenario(
      write('written.yaml', scenario('', 'usd_per_second: 0.25, seconds_per_image: 7')),
    );
    const [a, b] = [await run(own), await run(written)];
    expect(a.platforms[0]!.summary.row).toEqual(b.platforms[0]!.summary.row);
    expect(own.scenario.prices).toBe('mine');
    expect(own.inputs).toEqual([{ file: 'mine.yaml', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
  });

  test('is refused where the file is missing, wrong, or a folder, at its place', async () => {
    const refused = async (prices: string) => {
      const path = write('bad.yaml', scenario(`prices: ${prices}`, ''));
      return loadScenario(path).then(
        () => '',
        (error: Error) => error.message,
      );
    };
    expect(await refused('none.yaml')).toContain(
      'bad.yaml:5:9: error: prices: "none.yaml" cannot be read: no such file',
    );
    write('wrong.yaml', 'name: wrong\nmodal: { gpu: {} }');
    expect(await refused('wrong.yaml')).toContain('wrong.yaml:2:10: error: modal.gpu: unknown key "gpu"');
    expect(await refused('2026-11')).toContain(
      'expected one of 2026-10, article-2026-04, or a file of prices ending in .yaml',
    );
  });
});

describe('warmpool prices', () => {
  test('prints every book, each entry with its unit, and fits 80 columns but for long sources', async () => {
    const { stdout, code } = await resident(['prices']);
    expect(code).toBe(0);
    for (const book of priceBooks) expect(stdout).toContain(priceText(book));
    expect(stdout.split('\n').filter((line) => !line.startsWith('  read') && line.length > 80)).toEqual([]);
  });

  test('--json prints one object, and --yaml a file that it reads again', async () => {
    const { stdout } = await resident(['prices', '--json']);
    expect(JSON.parse(stdout).name).toBe('2026-10');
    const { stdout: yaml } = await resident(['prices', 'article-2026-04', '--yaml']);
    const { stdout: again, code } = await resident(['prices', write('again.yaml', yaml)]);
    expect([code, again.split('\n')[0]]).toEqual([0, 'Price book my-article-2026-04']);
  });

  test('an unknown book is exit 2 with a suggestion', async () => {
    const { stdout, stderr, code } = await resident(['prices', '2026-1']);
    expect([stdout, code]).toEqual(['', 2]);
    expect(stderr).toContain('did you mean "2026-10"?');
  });
});
