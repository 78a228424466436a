/** Prints the engine's time for a request, by number of busy containers: medians of interleaved rounds. */
import { LAWS, measurePool } from './pool.ts';
import { measureTraffic, TRAFFIC } from './traffic.ts';

const BUSY = [1, 10, 100, 1000, 10_000];
const ROUNDS = 5;
const REQUESTS = Number(process.argv[2] ?? 2e6);

const cells = LAWS.flatMap((law) => BUSY.map((busy) => ({ law, busy, times: [] as number[], checksum: '' })));
for (let round = 0; round <= ROUNDS; round++) {
  for (const cell of cells) {
    const { ns_per_request, checksum } = measurePool(cell.busy, cell.law, REQUESTS);
    // The first round warms up.
    if (round > 0) cell.times.push(ns_per_request);
    cell.checksum = checksum;
  }
}
console.log(
  'service    busy   ns/request  M requests/s  checksum: completed / alive s / latency s / last p95 us',
);
for (const { law, busy, times, checksum } of cells) {
  const median = times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
  const figures = [
    law.padEnd(10),
    String(busy).padStart(5),
    median.toFixed(1).padStart(11),
    (1000 / median).toFixed(1).padStart(12),
  ];
  console.log(`${figures.join(' ')}   ${checksum}`);
}

const sources = TRAFFIC.map((spec) => ({ spec, times: [] as number[], checksum: 0 }));
for (let round = 0; round <= ROUNDS; round++) {
  for (const source of sources) {
    const { ns, checksum } = measureTraffic(source.spec, REQUESTS);
    if (round > 0) source.times.push(ns);
    source.checksum = checksum;
  }
}
const median = (times: number[]) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
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
