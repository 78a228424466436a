import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { readCsv } from '../../src/cli/read-csv.ts';
import { readTable } from '../../src/cli/read-table.ts';

const folder = mkdtempSync(join(tmpdir(), 'warmpool-table-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Rows with their lines, the header first; of a broken one what is wrong. */
async function tableOf(name: string, content: string | Buffer) {
  const file = join(folder, name);
  writeFileSync(file, content);
  const rows: [number, readonly string[] | string][] = [];
  await readTable(file, {
    header: (cells) => rows.push([1, cells]),
    row: (cells, line) => rows.push([line, cells]),
    broken: (message, line) => rows.push([line, message]),
  });
  return rows;
}

describe('a CSV file', () => {
  const cell = fc.oneof(
    fc.constantFrom('', 'a', '1.5', ' x ', 'é', '日本', "'"),
    fc.constantFrom('"q"', '"a,b;c\td"', '"two\nlines"', '"""', '""""').filter((text) => text !== '"""'),
  );

  it('is read as the parser reads it, quoted or not, in chunks of any size', async () => {
    const law = fc.asyncProperty(
      fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 12 }),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom(['a', 'b'], ['"a"', 'b'], ['"a,1,2,3"', '"b;c"']),
      fc.constantFrom(',', ';', '\t'),
      async (rows, end, isEnded, size, header, delimiter) => {
        const lines = [header, ...rows].map((row) => row.join(delimiter));
        const text = `${lines.join(end)}${isEnded ? end : ''}`;
        const expected = parse(text, { skip_empty_lines: true, info: true, delimiter }) as unknown as {
          record: string[];
          info: { lines: number };
        }[];
        const bytes = Buffer.from(text);
        async function* chunks() {
          for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
        }
        const found: (readonly string[])[] = [];
        await readCsv(chunks(), {
          header: (cells) => found.push(cells),
          row: (cells) => found.push(cells),
          broken: (message) => expect.fail(message),
        });
        expect(found).toEqual(expected.map(({ record }) => record));
      },
    );
    await fc.assert(law, { seed: 31, numRuns: 300 });
  });

  it('counts its lines, also across empty ones and after the first quote', async () => {
    expect(await tableOf('a.csv', 'a,b\n1,2\n\n3,4\n"5\n6",7\n8,9\n')).toEqual([
      [1, ['a', 'b']],
      [2, ['1', '2']],
      [4, ['3', '4']],
      [6, ['5\n6', '7']],
      [7, ['8', '9']],
    ]);
  });

  it('may begin with a byte order mark', async () => {
    expect((await tableOf('a.csv', '\ufeffa,b\n1,2'))[0]).toEqual([1, ['a', 'b']]);
    expect((await tableOf('a.csv', '\ufeff"a",b\n1,2'))[0]).toEqual([1, ['a', 'b']]);
  });

  it.each([
    ['a,b\n1,2\n3,"4\n5,6', 3, 'a quote that opens here is never closed'],
    ['', 1, 'expected a header and rows, here an empty file'],
  ])('%j is refused with its line', async (text, line, message) => {
    await expect(tableOf('a.csv', text)).rejects.toMatchObject({ line, message });
  });

  const few = 'expected 2 cells as in the header, here 1';
  it.each([
    [
      'a,b\n1,2\n3\n4,5\n',
      [
        [3, few],
        [4, ['4', '5']],
      ],
    ],
    [
      'a,b\n1,2\n"3",4\n5',
      [
        [3, ['3', '4']],
        [4, few],
      ],
    ],
    ['a,b\n1,2\n3,"4', [[3, 'a quote that opens here is never closed']]],
    [
      'a,b\n1,2\n3"x",4\n5,6\n',
      [
        [3, expect.stringContaining('Invalid Opening Quote')],
        [4, ['5', '6']],
      ],
    ],
    [
      'a,b\n1,2\n3"x,4\n5"x,6\n"7",8\n',
      [
        [3, expect.any(String)],
        [4, expect.any(String)],
        [5, ['7', '8']],
      ],
    ],
  ])('%j has a broken row in its line', async (text, rows) => {
    expect((await tableOf('a.csv', text)).slice(2)).toEqual(rows);
  });
});

describe('a gzipped file', () => {
  it('is read as what is in it', async () => {
    const text = `t,n\n${Array.from({ length: 50_000 }, (_, i) => `${i},x`).join('\n')}`;
    const rows = await tableOf('a.csv.gz', gzipSync(text));
    expect(rows).toHaveLength(50_001);
    expect(rows.at(-1)).toEqual([50_001, ['49999', 'x']]);
  });

  it.each([
    ['cut off', gzipSync('t\n'.repeat(1000)).subarray(0, 20)],
    ['no gzip at all', Buffer.from('t,n\n1,2\n')],
  ])('that is %s is refused', async (_, content) => {
    await expect(tableOf('a.csv.gz', content)).rejects.toMatchObject({
      message: expect.stringContaining('expected a whole gzip file'),
    });
  });
});

describe('JSON lines', () => {
  it('are rows whose columns the first one names; what is missing is an empty cell', async () => {
    const text =
      '{"t": 1.5, "name": "a, b", "deep": {"x": 1}}\n\n{"name": null, "t": "2026-01-01"}\r\n{"more": 1}\n';
    expect(await tableOf('a.jsonl', text)).toEqual([
      [1, ['t', 'name', 'deep']],
      [1, ['1.5', 'a, b', '']],
      [3, ['2026-01-01', '', '']],
      [4, ['', '', '']],
    ]);
    expect(await tableOf('a.jsonl.gz', gzipSync(text))).toHaveLength(4);
  });

  it.each([
    ['{"t": 1}\n{"t": \n{"t": 2}', 2],
    ['{"t": 1}\n[1]\n{"t": 2}', 2],
    ['{"t": 1}\n\nnull\n{"t": 2}', 3],
    ['{"t": 1}\n{"t": 2}\n{"t": 3, "na', 3],
  ])('%j has a broken row in its line', async (text, line) => {
    const rows = await tableOf('a.jsonl', text);
    expect(rows).toContainEqual([line, 'expected a JSON object on a line of its own']);
    expect(rows).toContainEqual([expect.any(Number), ['2']]);
  });

  it('have their columns from the first that is an object, and none after more than twenty other lines', async () => {
    const message = 'expected a JSON object on a line of its own';
    expect(await tableOf('a.jsonl', '{"t":\n\n{"t": 1}\n{"t": 2}')).toEqual([
      [1, ['t']],
      [1, message],
      [3, ['1']],
      [4, ['2']],
    ]);
    await expect(tableOf('a.jsonl', '{"t":\n{"t"\n')).rejects.toMatchObject({ line: 1, message });
    await expect(tableOf('a.jsonl', `{"t":\n${'x\n'.repeat(500)}{"t": 1}`)).rejects.toMatchObject({
      line: 1,
    });
  });
});
