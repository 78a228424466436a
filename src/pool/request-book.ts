import { HOUR_US } from '../core/time.ts';
import { SampleBuilder } from '../stats/sample.ts';
import type { Hours } from './hours.ts';

/** Sums of waits up to this, plus one more wait, are exact. */
const CARRY_US = 2 ** 52;

/**
 * Books requests to the hour of their arrival. Services start (or waiting requests leave) in order of arrival, so one
 * hour is open at a time; it closes when a request of a later hour is booked.
 */
export class RequestBook {
  readonly #hours: Hours;
  readonly #limit_us: number;
  readonly #hour_us: number;
  readonly #latencies = new SampleBuilder();
  #hour = 0;
  #closes_us: number;
  #completed = 0;
  #images = 0;
  #cold = 0;
  #within = 0;
  #run_us = 0;
  #wait_us = 0;
  /** What the sum of waits was, each time it came near to what a double holds exactly. */
  #waitCarried_us = 0n;

  /** @param limit_us latencies up to this count as within the limit */
  constructor(hours: Hours, limit_us: number, hour_us = HOUR_US) {
    this.#hours = hours;
    this.#limit_us = limit_us;
    this.#hour_us = hour_us;
    this.#closes_us = hour_us;
  }

  /** A request begins its service, which decides its latency. */
  started(arrival_us: number, start_us: number, service_us: number, images: number, cold: number): void {
    if (arrival_us >= this.#closes_us) this.#open(arrival_us);
    const wait_us = start_us - arrival_us;
    const latency_us = wait_us + service_us;
    this.#completed++;
    this.#images += images;
    this.#cold += cold;
    this.#run_us += service_us;
    this.#wait_us += wait_us;
    if (this.#wait_us >= CARRY_US) this.#carry();
    if (latency_us <= this.#limit_us) this.#within++;
    this.#latencies.add(latency_us);
  }

  aborted(arrival_us: number): void {
    this.#hours.aborted[Math.floor(arrival_us / this.#hour_us)]!++;
  }

  /** Closes the last hour. */
  finish(): void {
    this.#open(this.#hours.requests.length * this.#hour_us);
  }

  #carry(): void {
    this.#waitCarried_us += BigInt(this.#wait_us);
    this.#wait_us = 0;
  }

  #open(arrival_us: number): void {
    const hours = this.#hours;
    const next = Math.floor(arrival_us / this.#hour_us);
    hours.completed[this.#hour] = this.#completed;
    hours.images[this.#hour] = this.#images;
    hours.cold_requests[this.#hour] = this.#cold;
    hours.within_limit[this.#hour] = this.#within;
    this.#carry();
    hours.latency_us[this.#hour] = Number(this.#waitCarried_us + BigInt(this.#run_us));
    hours.wait_us[this.#hour] = Number(this.#waitCarried_us);
    hours.run_us[this.#hour] = this.#run_us;
    while (hours.latencies.length < next) hours.latencies.push(this.#latencies.take());
    this.#completed = this.#images = this.#cold = this.#within = this.#run_us = 0;
    this.#waitCarried_us = 0n;
    this.#hour = next;
    this.#closes_us = (next + 1) * this.#hour_us;
  }
}
