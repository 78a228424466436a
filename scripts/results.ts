/** Remakes what is made from the code: the committed results of the shipped scenarios, and their JSON Schema. */
import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { jsonSchema } from '../src/scenario/schema.ts';

writeFileSync('scenarios/warmpool.schema.json', `${JSON.stringify(jsonSchema(), null, 2)}\n`);
const scenarios = readdirSync('scenarios').filter((name) => name.endsWith('.yaml'));
const words = ['--import', 'tsx', 'src/cli/main.ts', 'run', ...scenarios.map((name) => `scenarios/${name}`)];
const { status } = spawnSync(process.execPath, words, { stdio: 'inherit' });
// 3: a shipped scenario shows a platform that cannot keep up.
process.exitCode = status === 3 ? 0 : (status ?? 1);
