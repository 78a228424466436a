/** Puts the real output of commands into the README and into docs/DECIDE.md. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withOutput } from './shown-output.ts';

const words = ['--import', 'tsx', 'src/cli/main.ts', 'run', 'scenarios/flux-dev-crossover.yaml'];
const { stdout } = spawnSync(process.execPath, words, {
  encoding: 'utf8',
  env: { ...process.env, NO_COLOR: '1' },
});
const text = readFileSync('README.md', 'utf8');
writeFileSync('README.md', text.replace(/```text\n[\s\S]*?\n```/, `\`\`\`text\n${stdout.trimEnd()}\n\`\`\``));

const decide = readFileSync('docs/DECIDE.md', 'utf8');
const out = mkdtempSync(join(tmpdir(), 'warmpool-decide-'));
writeFileSync('docs/DECIDE.md', withOutput(decide, ['--import', 'tsx', 'src/cli/main.ts'], out));
rmSync(out, { recursive: true });
