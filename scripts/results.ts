/** Remakes what is made from the code: the committed results of the shipped scenarios, and their JSON Schema. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { jsonSchema } from '../src/scenario/schema.ts';

writeFileSync('scenarios/warmpool.schema.json', `${JSON.stringify(jsonSchema(), null, 2)}\n`);
const scenarios = readdirSync('scenarios').filter((name) => name.endsWith('.yaml'));
const warmpool = (...words: string[]) =>
  spawnSync(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...words], { stdio: 'inherit' }).status;
// 3: a shipped scenario shows a platform that cannot keep up.
let isDone = [0, 3].includes(warmpool('run', ...scenarios.map((name) => `scenarios/${name}`)) ?? 1);
for (const name of scenarios)
  for (const question of ['sweep', 'crossover'])
    if (new RegExp(`^${question}:`, 'm').test(readFileSync(`scenarios/${name}`, 'utf8')))
      isDone = warmpool(question, `scenarios/${name}`) === 0 && isDone;
process.exitCode = isDone ? 0 : 1;
