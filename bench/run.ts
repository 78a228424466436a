/**
 * Prints the engine's time for a request, by law of service and number of busy containers; on the models that others were
 * measured on; and the time to draw an arrival of every process.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { LAWS, type Measured, PEERS } from './pool.ts';
import { measureTraffic, TRAFFIC } from './traffic.ts';
import { compileTwin } from './twin.ts';

const BUSY = [1, 10, 100, 1000, 10_000];
const ROUNDS = 5;
const REQUESTS = Number(process.argv[2] ?? 2e6);
const bundle = bundleOfCell();
/** TWIN=path/to/pool.c sets the same work in C beside it, in the same rounds. */
const twin = process.env.TWIN === undefined ? undefined : compileTwin(process.env.TWIN);

const median = (times: readonly number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]!;

const cells = LAWS.flatMap((law) =>
  BUSY.map((busy) => ({ law, busy, times: [] as number[], inC: [] as number[], checksum: '' })),
);
for (let round = 0; round < ROUNDS; round++) {
  for (const law of LAWS) {
    const inC = twin?.(law, REQUESTS) ?? [];
    for (const [k, cell] of cells.filter((one) => one.law === law).entries()) {
      const { ns_per_request, checksum } = measureModel(`${law} ${cell.busy}`);
      cell.checksum = checksum;
      cell.times.push(ns_per_request);
      if (inC[k] !== undefined) cell.inC.push(inC[k]);
    }
  }
}
const ofTwin = twin ? '  least in C  x C  median' : '';
console.log(
  `service    busy   least ns/request  M requests/s${ofTwin}  checksum: completed / alive s / latency s / last p95 us`,
);
for (const { law, busy, times, inC, checksum } of cells) {
  const ns = Math.min(...times);
  const figures = [
    law.padEnd(10),
    String(busy).padStart(5),
    ns.toFixed(1).padStart(17),
    (1000 / ns).toFixed(1).padStart(12),
  ];
  if (inC.length > 0) {
    const leastInC = Math.min(...inC);
    figures.push(leastInC.toFixed(1).padStart(11), (ns / leastInC).toFixed(2).padStart(5));
    figures.push((median(times) / median(inC)).toFixed(2).padStart(7));
  }
  console.log(`${figures.join(' ')}   ${checksum}`);
}

console.log('\nmodel      least ns/request  M requests/s  mean latency s  truth');
for (const [name, { latencyMean_s }] of Object.entries(PEERS)) {
  const runs = Array.from({ length: ROUNDS }, () => measureModel(name));
  const ns = Math.min(...runs.map((run) => run.ns_per_request));
  const figures = [
    name.padEnd(10),
    ns.toFixed(1).padStart(16),
    (1000 / ns).toFixed(1).padStart(13),
    runs[0]!.latencyMean_s.toFixed(4).padStart(15),
    (latencyMean_s?.toFixed(4) ?? '').padStart(6),
  ];
  console.log(figures.join(' ').trimEnd());
}

const sources = TRAFFIC.map((spec) => ({ spec, times: [] as number[], checksum: 0 }));
for (let round = 0; round <= ROUNDS; round++) {
  for (const source of sources) {
    const { ns, checksum } = measureTraffic(source.spec, REQUESTS);
    // The first round warms up.
    if (round > 0) source.times.push(ns);
    source.checksum = checksum;
  }
}
const poisson = median(sources[0]!.times);
console.log('\ntraffic            ns/request  x poisson  checksum: last instant us');
for (const { spec, times, checksum } of sources) {
  const ns = median(times);
  const figures = [
    spec.process.padEnd(18),
    ns.toFixed(1).padStart(10),
    (ns / poisson).toFixed(2).padStart(10),
  ];
  console.log(`${figures.join(' ')}   ${checksum}`);
}

/** Every measurement has a process of its own: what the engine compiled for one cell would slow another. */
function measureModel(model: string): Measured {
  const args = [bundle, model, String(REQUESTS)];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Measured;
}

/** Bundles cell.ts, as what ships is bundled. */
function bundleOfCell(): string {
  const outfile = join(mkdtempSync(join(tmpdir(), 'warmpool-bench-')), 'cell.mjs');
  buildSync({
    entryPoints: [fileURLToPath(new URL('./cell.ts', import.meta.url))],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
  return outfile;
}
