/** Prints the processor time of a start of the command, as it ships (`npm run build`), beside that of Node alone. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROUNDS = 12;
const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Lets a process say at its end how long it has computed, in all of its threads. */
const METER = `data:text/javascript,process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  process.stderr.write('\\n' + (user + system));
})`;

const STARTS: Record<string, readonly string[]> = {
  'node alone': ['--eval', '0'],
  'warmpool --version': ['dist/cli/main.js', '--version'],
  'warmpool validate': ['dist/cli/main.js', 'validate', 'scenarios/flux-dev-crossover.yaml'],
};

const starts = Object.entries(STARTS).map(([name, args]) => ({ name, args, times: [] as number[] }));
for (let round = 0; round < ROUNDS; round++) for (const { args, times } of starts) times.push(start_s(args));
console.log('start               least s  median s  x node alone');
const alone = Math.min(...starts[0]!.times);
for (const { name, times } of starts) {
  const least = Math.min(...times);
  const median = times.toSorted((a, b) => a - b)[ROUNDS / 2]!;
  const figures = [least.toFixed(3).padStart(7), median.toFixed(3).padStart(9)];
  console.log(`${name.padEnd(19)} ${figures.join(' ')} ${(least / alone).toFixed(1).padStart(13)}`);
}

function start_s(args: readonly string[]): number {
  const { status, stderr } = spawnSync(process.execPath, ['--import', METER, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return Number(stderr.split('\n').at(-1)) / 1e6;
}
