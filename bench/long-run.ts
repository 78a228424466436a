/** One run of 10^8 requests (or as many as named) at 500 a second, its time and its peak memory. */
import { measurePool, modelOf } from './pool.ts';

/** Containers of 2 s a request. */
const BUSY = 1000;
const requests = Number(process.argv[2] ?? 1e8);
const { requests: served, ns_per_request, checksum } = measurePool(modelOf(`lognormal ${BUSY}`), requests);
const peak_mb = process.resourceUsage().maxRSS / 1024;
console.log(
  `${served} requests, ${ns_per_request.toFixed(1)} ns each, peak memory ${peak_mb.toFixed(0)} MB, checksum ${checksum}`,
);
