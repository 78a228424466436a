import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const SRC = resolve(import.meta.dirname, '../src');

/** From the lowest to the highest. A file imports from its own layer and from those before it. */
const LAYERS = [
  'core',
  'stats',
  'theory',
  'random',
  'workload',
  'fit',
  'pool',
  'platforms',
  'scenario',
  'measure',
  'experiment',
  'render',
  'report',
  'explorer',
  'cli',
];
/** Below the shells nothing knows the machine, or the browser, it runs in. */
const SHELLS = ['explorer', 'cli'];
/** Packages that run in a browser as they are. */
const PURE_PACKAGES = [
  'zod',
  'yaml',
  'seedrandom',
  'fastest-levenshtein',
  'simple-statistics',
  '@stdlib/stats-base-dists-t-quantile',
  'csv-stringify/browser/esm/sync',
  'preact',
  'preact-render-to-string',
  'echarts/core',
  'echarts/charts',
  'echarts/components',
  'echarts/renderers',
];

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? sources(join(folder, entry.name))
      : /\.tsx?$/.test(entry.name)
        ? [join(folder, entry.name)]
        : [],
  );
}

const files = sources(SRC).filter((file) => relative(SRC, file) !== 'index.ts');
const layerOf = (file: string) => relative(SRC, file).split('/')[0]!;
const importsOf = (file: string) =>
  Array.from(
    readFileSync(file, 'utf8').matchAll(/(?:^(?:import|export|\}).*\bfrom|^import|import\()\s*'([^']+)'/gm),
    (match) => match[1]!,
  );

test('every folder of src is a layer', () => {
  expect([...new Set(files.map(layerOf))].sort()).toEqual([...LAYERS].sort());
});

test.each(files.map((file) => [relative(SRC, file), file]))(
  '%s imports only from its own layer and from lower ones',
  (_, file) => {
    const rank = LAYERS.indexOf(layerOf(file));
    for (const name of importsOf(file).filter((name) => name.startsWith('.'))) {
      const target = resolve(dirname(file), name);
      expect([name, LAYERS.indexOf(layerOf(target)) <= rank]).toEqual([name, true]);
    }
  },
);

test.each(files.filter((file) => !SHELLS.includes(layerOf(file))).map((file) => [relative(SRC, file), file]))(
  '%s knows no clock, no chance but its streams, no files and no packages that do',
  (_, file) => {
    const text = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    expect(text).not.toMatch(
      /Math\.random|Date\.now|new Date\(\)|performance\.|process\.(env|stdout|exit|hr)|setTimeout|globalThis/,
    );
    const foreign = importsOf(file).filter((name) => !name.startsWith('.') && !PURE_PACKAGES.includes(name));
    expect(foreign).toEqual([]);
  },
);

test('no file is longer than 250 lines, and none is a drawer for everything', () => {
  for (const file of files) {
    expect([relative(SRC, file), readFileSync(file, 'utf8').split('\n').length <= 251]).toEqual([
      relative(SRC, file),
      true,
    ]);
    expect(file).not.toMatch(/(utils|helpers|common|types|misc)\.ts$/);
  }
});
