import { HOUR_US } from '../core/time.ts';
import { CarriedSum } from '../stats/carried-sum.ts';
import { SampleBuilder } from '../stats/sample.ts';
import type { PoolBatch } from './batch.ts';
import type { Hours } from './hours.ts';
import { FAILED } from './trail.ts';

/**
 * Books requests to the hour of their arrival. Services start (or waiting requests leave) in order of arrival, so one
 * hour is open at a time; it closes when a request of a later hour is booked.
 */
export class RequestBook {
  readonly #hours: Hours;
  readonly #limit_us: number;
  readonly #hour_us: number;
  readonly #latencies = new SampleBuilder();
  readonly #isByHour: boolean;
  #hour = 0;
  #closes_us = 0;
  #completed = 0;
  #images = 0;
  #cold = 0;
  #within = 0;
  #run_us = 0;
  /** Waits of the completed, and of the others that were started. */
  readonly #wait_us = new CarriedSum();
  readonly #cutWait_us = new CarriedSum();
  readonly #coldWait_us = new CarriedSum();

  /**
   * @param limit_us latencies up to this count as within the limit
   * @param isByHour whether latencies are kept hour by hour; else the first hour has those of all
   */
  constructor(hours: Hours, limit_us: number, hour_us = HOUR_US, isByHour = true) {
    this.#isByHour = isByHour;
    this.#hours = hours;
    this.#limit_us = limit_us;
    this.#hour_us = hour_us;
    this.#closes_us = hour_us;
  }

  /** A request begins a service that it will complete, which decides its latency. */
  started(arrival_us: number, start_us: number, service_us: number, images: number, cold: number): void {
    if (arrival_us >= this.#closes_us) this.#open(arrival_us);
    const wait_us = start_us - arrival_us;
    const latency_us = wait_us + service_us;
    this.#completed++;
    this.#images += images;
    if (cold) this.#startedCold(wait_us);
    this.#run_us += service_us;
    this.#wait_us.add(wait_us);
    if (latency_us <= this.#limit_us) this.#within++;
    this.#latencies.add(latency_us);
  }

  /** Requests of one hour whose services have begun on arrival: how many of them are reported. */
  atOnce({ arrival_us, service_us, images }: PoolBatch, from: number, to: number): number {
    const limit_us = this.#limit_us;
    let completed = 0;
    let outputs = 0;
    let within = 0;
    let run_us = 0;
    for (let i = from; i < to; ) {
      const first = i;
      for (; i < to; i++) {
        const made = images[i]!;
        if (made < 0) break;
        const latency_us = service_us[i]!;
        outputs += made;
        run_us += latency_us;
        if (latency_us <= limit_us) within++;
      }
      if (i > first) {
        // Not for others' requests: one of ours that is held back may still belong to the hour before.
        if (completed === 0 && arrival_us[first]! >= this.#closes_us) this.#open(arrival_us[first]!);
        completed += i - first;
        this.#latencies.addFrom(service_us, first, i);
      }
      // One that is not reported.
      i++;
    }
    this.#completed += completed;
    this.#images += outputs;
    this.#within += within;
    this.#run_us += run_us;
    return completed;
  }

  /** A request begins a service that will be cut. @param fate FAILED or CANCELED */
  cut(arrival_us: number, start_us: number, service_us: number, cold: number, fate: number): void {
    if (arrival_us >= this.#closes_us) this.#open(arrival_us);
    if (cold) this.#startedCold(start_us - arrival_us);
    this.#cutWait_us.add(start_us - arrival_us);
    this.#hours.cut_us[this.#hour]! += service_us;
    this.#hours[fate === FAILED ? 'failed' : 'canceled'][this.#hour]!++;
  }

  #startedCold(wait_us: number): void {
    this.#cold++;
    this.#coldWait_us.add(wait_us);
  }

  adapterLoaded(arrival_us: number): void {
    this.#hours.adapter_loads[Math.floor(arrival_us / this.#hour_us)]!++;
  }

  aborted(arrival_us: number): void {
    this.#hours.aborted[Math.floor(arrival_us / this.#hour_us)]!++;
  }

  /** Closes the last hour. */
  finish(): void {
    const hours = this.#hours.requests.length;
    this.#open(hours * this.#hour_us);
    while (this.#hours.latencies.length < hours) this.#hours.latencies.push(this.#latencies.takeUnsorted());
  }

  #open(arrival_us: number): void {
    const hours = this.#hours;
    const next = Math.floor(arrival_us / this.#hour_us);
    const wait_us = this.#wait_us.take();
    hours.completed[this.#hour] = this.#completed;
    hours.images[this.#hour] = this.#images;
    hours.cold_requests[this.#hour] = this.#cold;
    hours.within_limit[this.#hour] = this.#within;
    hours.latency_us[this.#hour] = Number(wait_us + BigInt(this.#run_us));
    hours.wait_us[this.#hour] = Number(wait_us + this.#cutWait_us.take());
    hours.cold_wait_us[this.#hour] = Number(this.#coldWait_us.take());
    hours.run_us[this.#hour] = this.#run_us;
    while (this.#isByHour && hours.latencies.length < next)
      hours.latencies.push(this.#latencies.takeUnsorted());
    this.#completed = this.#images = this.#cold = this.#within = this.#run_us = 0;
    this.#hour = next;
    this.#closes_us = (next + 1) * this.#hour_us;
  }
}
