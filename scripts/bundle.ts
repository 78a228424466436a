/**
 * After the compiler: puts into `dist` what is not to be installed with us. ECharts in place of the module that imports
 * it, and the explorer as one page, whose policy lets in its own script and style and nothing else.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { type BuildOptions, build } from 'esbuild';
import { EXPLORER_STYLE } from '../src/explorer/style.ts';

const COMMON: BuildOptions = {
  bundle: true,
  minify: true,
  define: { 'process.env.NODE_ENV': '"production"' },
  legalComments: 'none',
  logLevel: 'warning',
};

await build({
  ...COMMON,
  entryPoints: ['src/report/echarts.ts'],
  outfile: 'dist/report/echarts.js',
  platform: 'neutral',
  mainFields: ['module', 'main'],
  legalComments: 'eof',
});

const { outputFiles } = await build({
  ...COMMON,
  entryPoints: ['src/explorer/main.tsx'],
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
  loader: { '.yaml': 'text' },
  jsx: 'automatic',
  jsxImportSource: 'preact',
  // Messages of zod in other languages, which are never shown, are a third of the page.
  plugins: [
    {
      name: 'no locales',
      setup({ onLoad }) {
        onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, () => ({ contents: '' }));
      },
    },
  ],
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
