/**
 * Kills `run` and `sweep` at random moments, and looks at what they leave: each file must be the old one or the new
 * one, whole; the same command must then give the new ones, and leave nothing else. `npx tsx scripts/kills.ts 200`
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = resolve(import.meta.dirname, '../dist/cli/main.js');

const SCENARIO = `name: killed
duration: 8h
replications: 4
traffic:
  - { name: images, process: poisson, rate: 600/h }
platforms:
  modal: { kind: modal, usd_per_second: 0.0007, seconds_per_image: 6 }
sweep:
  platform: modal
  grid: { keep_warm: [0, 1, 2, 3], container_idle_timeout: [2s, 20s, 60s, 300s] }
`;

export interface Kills {
  /** Moments at which a command was killed before it had ended. */
  readonly kills: number;
  /** What was found wrong, a line each. */
  readonly faults: readonly string[];
}

type Files = ReadonlyMap<string, string>;

/** @param seed of the moments */
export async function killAtRandom(command: 'run' | 'sweep', times: number, seed: number): Promise<Kills> {
  const folder = mkdtempSync(join(tmpdir(), 'warmpool-kills-'));
  const file = join(folder, 'killed.yaml');
  writeFileSync(file, SCENARIO);
  /** How long the command takes: the least of all times that it was let run to its end, for the machine may be busy. */
  let whole_ms = Number.POSITIVE_INFINITY;
  const made = async (out: string, seed: string) => {
    const began = Date.now();
    await warmpool([command, file, '--quiet', '--seed', seed, '--out', join(folder, out)]);
    whole_ms = Math.min(whole_ms, Date.now() - began);
    return filesOf(join(folder, out));
  };
  try {
    const old = await made('old', '1');
    const fresh = await made('new', '2');
    const faults: string[] = [];
    let [kills, state] = [0, seed];
    for (let k = 0; k < times; k++) {
      const out = `out-${k}`;
      cpSync(join(folder, 'old'), join(folder, out), { recursive: true });
      state = (Math.imul(state, 48271) >>> 0) % 2147483647;
      const after_ms = (state / 2147483647) * 1.1 * whole_ms;
      const words = [command, file, '--quiet', '--seed', '2', '--out', join(folder, out)];
      if (await warmpool(words, after_ms)) kills++;
      const left = filesOf(join(folder, out));
      for (const [name, hash] of left)
        if (hash !== old.get(name) && hash !== fresh.get(name))
          faults.push(`after ${after_ms.toFixed(0)} ms: ${name} is neither the old nor the new one`);
      for (const name of old.keys())
        if (!left.has(name)) faults.push(`after ${after_ms.toFixed(0)} ms: ${name} is gone`);
      const next = await made(out, '2');
      const names = readdirSync(join(folder, out, 'killed'))
        .sort()
        .join();
      if (!isSame(next, fresh) || names !== [...fresh.keys()].sort().join())
        faults.push(`after ${after_ms.toFixed(0)} ms: the next one gives other files: ${names}`);
      rmSync(join(folder, out), { recursive: true });
    }
    return { kills, faults };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The visible files of the results, by the SHA-256 of what is in them. */
function filesOf(out: string): Files {
  const folder = join(out, 'killed');
  const names = readdirSync(folder).filter((name) => !name.startsWith('.'));
  const hash = (name: string) =>
    createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex');
  return new Map(names.map((name) => [name, hash(name)]));
}

function isSame(a: Files, b: Files): boolean {
  return a.size === b.size && [...a].every(([name, hash]) => b.get(name) === hash);
}

/** @returns whether it was killed */
function warmpool(words: readonly string[], after_ms?: number): Promise<boolean> {
  const child = spawn(process.execPath, [MAIN, ...words], { stdio: 'ignore' });
  const timer = after_ms === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), after_ms);
  return new Promise((done) => {
    child.on('exit', (_, signal) => {
      clearTimeout(timer);
      done(signal === 'SIGKILL');
    });
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const times = Number(process.argv[2] ?? 200);
  for (const command of ['run', 'sweep'] as const) {
    const { kills, faults } = await killAtRandom(command, times, 7);
    console.log(`${command}: killed at ${kills} of ${times} random moments, ${faults.length} faults`);
    for (const fault of faults) console.log(`  ${fault}`);
    if (faults.length > 0) process.exitCode = 1;
  }
}
