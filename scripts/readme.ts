/** Puts the real output of the README's main command into the README. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const words = ['--import', 'tsx', 'src/cli/main.ts', 'run', 'scenarios/flux-dev-crossover.yaml'];
const { stdout } = spawnSync(process.execPath, words, {
  encoding: 'utf8',
  env: { ...process.env, NO_COLOR: '1' },
});
const text = readFileSync('README.md', 'utf8');
writeFileSync('README.md', text.replace(/```text\n[\s\S]*?\n```/, `\`\`\`text\n${stdout.trimEnd()}\n\`\`\``));
