import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Law } from './pool.ts';

/**
 * A twin of the pipeline in C, one file with everything specialised at compile time, as a measure of what a machine can
 * do: `./pool REQUESTS REPETITIONS VARIANT` prints nanoseconds a request for 1, 10, 100, 1,000 and 10,000 busy containers.
 */
const VARIANTS: Record<Law, string> = { constant: 'det_ring_z', lognormal: 'log_c2_z' };

/** @param file pool.c @returns ns a request by law and number of busy containers; undefined without gcc */
export function compileTwin(file: string): ((law: Law, requests: number) => number[]) | undefined {
  const out = join(mkdtempSync(join(tmpdir(), 'warmpool-twin-')), 'pool');
  const flags = ['-O3', '-march=native', '-DWMUL=4.0', '-o', out, basename(file), '-lm'];
  try {
    execFileSync('gcc', flags, { cwd: dirname(file), stdio: ['ignore', 'ignore', 'inherit'] });
  } catch {
    return undefined;
  }
  return (law, requests) => {
    const text = execFileSync(out, [String(requests), '5', VARIANTS[law]], { encoding: 'utf8' });
    const [, figures = ''] = text.trim().split('\n');
    return figures.split('|')[0]!.trim().split(/\s+/).slice(1).map(Number);
  };
}
