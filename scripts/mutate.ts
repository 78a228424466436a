/**
 * Plants faults into the engine, folder by folder, and asks quick tests about each: `npm run mutate`, or one part of it by
 * `npx tsx scripts/mutate.ts pool`. Each part takes about half an hour.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

const RUNS = {
  pool: ['src/pool/**/*.ts'],
  rest: ['src/platforms/**/*.ts', '!src/platforms/prices/*.ts', 'src/measure/**/*.ts'],
};

const [only] = process.argv.slice(2);
for (const [name, mutate] of Object.entries(RUNS)) {
  if (only !== undefined && only !== name) continue;
  const config = `.stryker-${name}.json`;
  const own = {
    mutate,
    incrementalFile: `.stryker/incremental-${name}.json`,
    jsonReporter: { fileName: `.stryker/${name}.json` },
  };
  const { default: common } = await import('../stryker.config.json', { with: { type: 'json' } });
  writeFileSync(config, JSON.stringify({ ...common, ...own }));
  spawnSync('npx', ['stryker', 'run', config], { stdio: 'inherit', env: { ...process.env, MUTATE: name } });
}
