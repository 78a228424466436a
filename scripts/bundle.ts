/**
 * Makes what ships, in `dist`: the command line and the library, whose own modules and most packages are bundled, since a start
 * from some hundred files takes twice as long; and the explorer as one page, whose policy lets in its own script and style
 * and nothing else. The compiler makes the declarations.
 */
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type BuildOptions, build, type Plugin, transform } from 'esbuild';
import { EXPLORER_STYLE } from '../src/explorer/style.ts';

/** Everything measures text with the string-width of the tables: the newer one of yargs takes 20 ms to load, for emoji. */
const oneStringWidth: Plugin = {
  name: 'one string-width',
  setup({ onResolve }) {
    const { resolve } = createRequire(import.meta.resolve('cli-table3'));
    onResolve({ filter: /^string-width$/ }, () => ({ path: resolve('string-width') }));
  },
};

/** Packages get short names, for there is less to read at a start then; ours keep theirs, for a stack that a user sends. */
const shortNames: Plugin = {
  name: 'short names',
  setup({ onLoad }) {
    onLoad({ filter: /node_modules.*\.[cm]?js$/ }, async ({ path }) => ({
      contents: (
        await transform(await readFile(path, 'utf8'), {
          minifyIdentifiers: true,
          minifySyntax: true,
          target: 'node20',
          sourcefile: path,
        })
      ).code,
    }));
  },
};

const COMMON: BuildOptions = {
  bundle: true,
  jsx: 'automatic',
  jsxImportSource: 'preact',
  plugins: [oneStringWidth],
  define: { 'process.env.NODE_ENV': '"production"' },
  legalComments: 'none',
  logLevel: 'warning',
};

for (const folder of ['dist', 'dist/cli'])
  for (const name of readable(folder)) if (name.endsWith('.js')) rmSync(join(folder, name));

function readable(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

await build({
  ...COMMON,
  entryPoints: ['src/cli/main.ts', 'src/cli/worker.ts', 'src/index.ts'],
  outdir: 'dist',
  outbase: 'src',
  // Beside the entries, so that a path relative to a module of src/cli holds in its chunk too.
  chunkNames: 'cli/[name]-[hash]',
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  plugins: [oneStringWidth, shortNames],
  minifyWhitespace: true,
  lineLimit: 200,
  // It finds files of its own beside it.
  external: ['piscina'],
  banner: {
    js: "import { createRequire as warmpoolRequire } from 'node:module'; const require = warmpoolRequire(import.meta.url);",
  },
});
chmodSync('dist/cli/main.js', 0o755);

const { outputFiles } = await build({
  ...COMMON,
  entryPoints: ['src/explorer/main.tsx'],
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
  loader: { '.yaml': 'text' },
  minify: true,
  write: false,
});
// What would end the element may stand in text.
const page = outputFiles[0]!.text.trim().replaceAll('</script', '<\\/script');
const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const policy = `default-src 'none'; script-src ${hashOf(page)} blob:; worker-src blob:; style-src ${hashOf(EXPLORER_STYLE)}; img-src data:; base-uri 'none'; form-action 'none'`;

mkdirSync('dist/explorer', { recursive: true });
writeFileSync(
  'dist/explorer/page.html',
  `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Warmpool explorer</title>
<link rel="icon" href="data:,">
<style>${EXPLORER_STYLE}</style>
</head>
<body>
<div id="page"></div>
<script type="application/json" id="scenario">null</script>
<script>${page}</script>
</body>
</html>
`,
);
