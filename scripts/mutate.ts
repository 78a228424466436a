/** Plants faults into the engine, folder by folder, and asks quick tests about each: `npm run mutate`. Half an hour. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

const RUNS = {
  pool: ['src/pool/**/*.ts'],
  rest: ['src/platforms/**/*.ts', '!src/platforms/prices/*.ts', 'src/measure/**/*.ts'],
};

for (const [name, mutate] of Object.entries(RUNS)) {
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
