/** After the compiler: puts into what ships the parts that it is not to install, in place of the modules that import them. */
import { build } from 'esbuild';

await build({
  entryPoints: ['src/report/echarts.ts'],
  outfile: 'dist/report/echarts.js',
  bundle: true,
  minify: true,
  platform: 'neutral',
  mainFields: ['module', 'main'],
  define: { 'process.env.NODE_ENV': '"production"' },
  legalComments: 'eof',
  logLevel: 'warning',
});
