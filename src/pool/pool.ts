import { assert } from '../core/assert.ts';
import { HOUR_US, microseconds } from '../core/time.ts';
import { Draws } from '../random/distributions/distribution.ts';
import { makeDistribution } from '../random/distributions/table.ts';
import type { Streams } from '../random/stream.ts';
import type { PoolBatch, PoolOptions } from './batch.ts';
import { DueHeap, DueRing, type DueSet } from './due.ts';
import { type Hours, newHours } from './hours.ts';
import { IdleList, type IdleSet, idleDraws, newIdleSet } from './idle.ts';
import { KeepWarm } from './keep-warm.ts';
import type { PoolPolicy } from './policy.ts';
import { Queue } from './queue.ts';
import { RequestBook } from './request-book.ts';
import { TimeBook } from './time-book.ts';
import type { Trail } from './trail.ts';

/** Sets up to this many busy containers are kept sorted rather than in a heap. */
const FEW = 16;

/**
 * One first-come-first-served queue before a set of containers, each of which serves one request at a time.
 *
 * At every event the pool wants min(max, max(keep_warm, L + (buffer if L > 0))) containers, L being the requests that
 * wait or are served. At one instant, in this order: services end; cold starts end; start deadlines; keep_warm
 * changes; arrivals; cold starts of zero length begun at this instant; a start deadline of zero; idle windows end.
 */
export class Pool {
  readonly #policy: PoolPolicy;
  readonly #streams: Streams;
  readonly #book: TimeBook;
  readonly #requests: RequestBook;
  readonly #hours: Hours;
  readonly #trail: Trail | undefined;
  readonly #schedule: KeepWarm;
  readonly #busy: DueSet;
  readonly #starting: DueSet;
  readonly #idle: IdleSet;
  readonly #queue = new Queue();
  readonly #deadline_us: number;
  readonly #duration_us: number;
  #coldStarts: Draws;
  #keepWarm: number;
  #keepWarmChange_us: number;
  #started = 0;
  #clock_us: number;
  /** The last instant whose arrivals have begun: what is due then is a cold start of zero length, after them. */
  #opened_us: number;

  constructor(policy: PoolPolicy, streams: Streams, options: PoolOptions) {
    const { duration_us, begin_us = 0, hour_us = HOUR_US, limit_us = Number.POSITIVE_INFINITY } = options;
    this.#policy = policy;
    this.#streams = streams;
    this.#duration_us = duration_us;
    this.#hours = newHours(Math.ceil(duration_us / hour_us));
    this.#book = new TimeBook(this.#hours, begin_us, duration_us, hour_us);
    this.#requests = new RequestBook(this.#hours, limit_us, hour_us);
    this.#trail = options.trail;
    this.#deadline_us = microseconds(policy.start_deadline_s);
    this.#schedule = new KeepWarm(policy.keep_warm, options.day_us);
    this.#keepWarm = this.#schedule.at(begin_us);
    this.#keepWarmChange_us = this.#schedule.nextChange(begin_us);
    this.#clock_us = this.#opened_us = begin_us;
    const pass = begin_us < 0 ? '/warm-up' : '';
    const coldStart = makeDistribution(policy.cold_start);
    this.#coldStarts = new Draws(coldStart, streams(`cold start${pass}`));
    this.#starting = policy.cold_start.distribution === 'constant' ? new DueRing() : new DueHeap();
    this.#busy = options.constantService || policy.max_containers <= FEW ? new DueRing() : new DueHeap();
    this.#idle = newIdleSet(policy, streams, pass);
    this.#begin();
  }

  /** Serves the requests of a batch; their arrivals continue those of the last one. */
  serve(batch: PoolBatch): void {
    const { count, arrival_us, service_us, images } = batch;
    for (let i = 0; i < count; i++) {
      const t_us = arrival_us[i]!;
      while (this.#step(t_us));
      this.#arrive(t_us, service_us[i]!, images[i]!);
    }
  }

  /** Lets the run end and the last request leave. */
  finish(): Hours {
    while (this.#step(this.#duration_us));
    this.#turn(this.#duration_us);
    while (this.#queue.count + this.#busy.count > 0) {
      assert(this.#step(Number.POSITIVE_INFINITY), 'a pool with requests has something to do');
    }
    this.#requests.finish();
    this.#book.finish();
    return this.#hours;
  }

  #begin(): void {
    this.#book.keepWarmChanges(this.#clock_us, this.#keepWarm);
    if (this.#policy.start === 'warm') {
      for (; this.#started < Math.min(this.#keepWarm, this.#policy.max_containers); this.#started++) {
        this.#book.warmAtBegin(this.#clock_us);
        this.#idle.push(this.#clock_us, this.#started);
      }
    }
    this.#startWanted();
  }

  /** Does the next thing that comes before an arrival at `limit_us`; false when there is none. */
  #step(limit_us: number): boolean {
    const end_us = this.#busy.next_us;
    const ready_us = this.#starting.next_us;
    const deadline_us = this.#queue.head_us + this.#deadline_us;
    const change_us = this.#keepWarmChange_us;
    const due_us = Math.min(end_us, ready_us, deadline_us, change_us);
    if (this.#idle.firstEnd_us < limit_us && this.#book.alive > this.#desired()) {
      const stop_us = Math.max(this.#idle.firstEnd_us, this.#clock_us);
      if (stop_us < due_us && stop_us < limit_us) {
        this.#turn(stop_us);
        this.#idle.stop();
        this.#book.stopped(stop_us);
        return true;
      }
    }
    if (
      due_us > limit_us ||
      (due_us === limit_us && limit_us === this.#opened_us) ||
      due_us === Number.POSITIVE_INFINITY
    )
      return false;
    this.#turn(due_us);
    if (end_us === due_us) this.#endService(due_us);
    else if (ready_us === due_us) this.#endColdStart(due_us);
    else if (deadline_us === due_us) this.#abort();
    else this.#changeKeepWarm(due_us);
    return true;
  }

  #arrive(t_us: number, service_us: number, images: number): void {
    this.#turn(t_us);
    this.#opened_us = t_us;
    if (images >= 0) {
      this.#book.arrived();
      this.#trail?.arrived();
    }
    if (this.#idle.count > 0) {
      this.#book.serviceBegins(t_us);
      this.#start(t_us, this.#idle.take(), t_us, service_us, images, 0);
    } else if (this.#queue.count < this.#policy.queue_limit) {
      this.#queue.push(t_us, service_us, images);
    } else if (images >= 0) {
      this.#book.rejected();
      this.#trail?.rejected();
    }
    this.#startWanted();
  }

  #endService(t_us: number): void {
    const container = this.#busy.pop();
    if (this.#queue.count > 0) {
      this.#startHead(t_us, container, 0);
    } else {
      this.#book.serviceEnds(t_us);
      this.#idle.push(t_us, container);
    }
  }

  #endColdStart(t_us: number): void {
    const container = this.#starting.pop();
    this.#book.startEnds(t_us);
    if (this.#queue.count > 0) {
      this.#book.serviceBegins(t_us);
      this.#startHead(t_us, container, 1);
    } else {
      this.#idle.push(t_us, container);
    }
  }

  #startHead(t_us: number, container: number, cold: number): void {
    const { head_us, headService_us, headImages } = this.#queue;
    this.#queue.shift();
    this.#start(t_us, container, head_us, headService_us, headImages, cold);
  }

  #start(
    t_us: number,
    container: number,
    arrival_us: number,
    service_us: number,
    images: number,
    cold: number,
  ): void {
    this.#busy.push(t_us + service_us, container);
    if (images < 0) return;
    this.#requests.started(arrival_us, t_us, service_us, images, cold);
    this.#trail?.started(t_us, service_us, cold === 1);
  }

  /** The start deadline of the request that waits longest has come. */
  #abort(): void {
    if (this.#queue.headImages >= 0) {
      this.#requests.aborted(this.#queue.head_us);
      this.#trail?.aborted();
    }
    this.#queue.shift();
  }

  #changeKeepWarm(t_us: number): void {
    this.#opened_us = t_us;
    this.#keepWarm = this.#schedule.at(t_us);
    this.#keepWarmChange_us = this.#schedule.nextChange(t_us);
    this.#book.keepWarmChanges(t_us, this.#keepWarm);
    this.#startWanted();
  }

  #desired(): number {
    const requests = this.#queue.count + this.#busy.count;
    const needed = requests > 0 ? requests + this.#policy.buffer_containers : 0;
    return Math.min(this.#policy.max_containers, Math.max(this.#keepWarm, needed));
  }

  #startWanted(): void {
    const desired = this.#desired();
    while (this.#book.alive < desired) {
      this.#book.startBegins(this.#clock_us);
      this.#starting.push(this.#clock_us + microseconds(this.#coldStarts.next()), this.#started++);
    }
  }

  /** Moves the clock, closing the hours that end until then. */
  #turn(t_us: number): void {
    while (t_us >= this.#book.boundary_us) {
      const wasReported = this.#book.isReported;
      this.#book.close(this.#queue.reported);
      if (!wasReported) this.#redraw();
    }
    this.#clock_us = t_us;
  }

  /** The unreported pass is over: from now on the pool draws from the streams of the run. */
  #redraw(): void {
    this.#coldStarts = new Draws(makeDistribution(this.#policy.cold_start), this.#streams('cold start'));
    if (this.#idle instanceof IdleList) this.#idle.redraw(...idleDraws(this.#policy, this.#streams, ''));
  }
}
