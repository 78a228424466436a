/** A process of its own for one model of run.ts: prints the fastest of a few runs after a short one, as JSON. */
import { measurePool, modelOf } from './pool.ts';

const RUNS = 8;
const [model, requests] = process.argv.slice(2);
const measure = (requests: number) => measurePool(modelOf(model!), requests);
measure(Number(requests) / 10);
const runs = Array.from({ length: RUNS }, () => measure(Number(requests)));
console.log(
  JSON.stringify(runs.reduce((best, run) => (run.ns_per_request < best.ns_per_request ? run : best))),
);
