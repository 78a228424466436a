import { assert } from '../core/assert.ts';
import { HOUR_US, microseconds } from '../core/time.ts';
import type { Streams } from '../random/stream.ts';
import { AtOnce } from './at-once.ts';
import type { PoolBatch, PoolOptions } from './batch.ts';
import type { DueSet } from './due-set.ts';
import { Entrance } from './entrance.ts';
import { type Hours, newHours } from './hours.ts';
import { IdleDeque, IdleList, type IdleSet, idleDraws, newIdleSet } from './idle.ts';
import { Lives } from './lives.ts';
import type { PoolPolicy } from './policy.ts';
import { Queue } from './queue.ts';
import { Scaler } from './scaler.ts';
import { Services } from './services.ts';
import { Starts } from './starts.ts';
import { TimeBook } from './time-book.ts';

/**
 * One first-come-first-served queue before a set of containers, each of which serves one request at a time.
 *
 * At one instant, in this order: services end; cold starts end; start deadlines; keep_warm changes; the check of the
 * queue's delay; requests that were held back enter; arrivals; cold starts of zero length begun at this instant; a
 * start deadline of zero; idle windows end.
 */
export class Pool {
  readonly #policy: PoolPolicy;
  readonly #streams: Streams;
  readonly #book: TimeBook;
  readonly #hours: Hours;
  readonly #scaler: Scaler;
  readonly #services: Services;
  readonly #busy: DueSet;
  readonly #starts: Starts;
  readonly #starting: DueSet;
  readonly #idle: IdleSet;
  readonly #queue = new Queue();
  readonly #entrance: Entrance;
  readonly #atOnce: AtOnce | undefined;
  /** Whether something may happen by rule beside changes of keep_warm. */
  readonly #hasRules: boolean;
  readonly #deadline_us: number;
  readonly #duration_us: number;
  // Fields of instants begin as numbers, not as undefined, or the engine would keep every value in an object.
  #clock_us = 0;
  /** The last instant whose arrivals have begun: what is due then is a cold start of zero length, after them. */
  #opened_us = 0;

  constructor(policy: PoolPolicy, streams: Streams, options: PoolOptions) {
    const { duration_us, begin_us = 0, hour_us = HOUR_US } = options;
    const pass = begin_us < 0 ? '/warm-up' : '';
    this.#policy = policy;
    this.#streams = streams;
    this.#duration_us = duration_us;
    this.#hours = newHours(Math.ceil(duration_us / hour_us));
    const lives = policy.life_rounding_s > 0 ? new Lives(policy.life_rounding_s) : undefined;
    this.#book = new TimeBook(this.#hours, options, lives);
    this.#scaler = new Scaler(policy, begin_us, options.day_us);
    this.#services = new Services(policy, streams, options, this.#hours, pass);
    this.#busy = this.#services.busy;
    this.#idle = newIdleSet(policy, streams, pass, this.#services.caches);
    this.#starts = new Starts(policy, streams, pass);
    this.#starting = this.#starts.starting;
    this.#entrance = new Entrance(policy, this.#queue, this.#book, options);
    this.#hasRules = policy.creations !== undefined || policy.scaling.rule === 'queue-delay';
    this.#deadline_us = microseconds(Math.min(policy.start_deadline_s, policy.deadline_s));
    if (this.#services.arePlain && this.#idle instanceof IdleDeque)
      this.#atOnce = new AtOnce(this.#services, this.#idle, this.#book, this.#scaler, this.#entrance);
    this.#clock_us = this.#opened_us = begin_us;
    this.#begin();
  }

  /** Serves the requests of a batch, or those of a part of it; their arrivals continue those of the last one. */
  serve(batch: PoolBatch, from = 0, to = batch.count): void {
    const { arrival_us, service_us, images, adapter } = batch;
    let firstCut = -1;
    for (let i = from; i < to; i++) {
      if (this.#atOnce && this.#queue.count === 0) {
        if (i > firstCut) firstCut = this.#services.firstCut(batch, i, to);
        if (i < firstCut) i = this.#serveAtOnce(this.#atOnce, batch, i, firstCut);
      }
      if (i === to) return;
      const t_us = arrival_us[i]!;
      while (this.#step(t_us));
      this.#arrive(t_us, service_us[i]!, images[i]!, adapter[i]!);
    }
  }

  #serveAtOnce(atOnce: AtOnce, batch: PoolBatch, from: number, to: number): number {
    atOnce.clock_us = this.#clock_us;
    const end = atOnce.serve(batch, from, to, this.#starting.next_us);
    this.#clock_us = atOnce.clock_us;
    return end;
  }

  /** Lets everything happen that comes before an instant, at which no request arrives. */
  advance(until_us: number): void {
    while (this.#step(until_us));
  }

  /** Lets the run end and the last request leave. */
  finish(): Hours {
    this.advance(this.#duration_us);
    this.#turn(this.#duration_us);
    while (this.#queue.count + this.#busy.count + this.#entrance.held > 0) {
      assert(this.#step(Number.POSITIVE_INFINITY), 'a pool with requests has something to do');
    }
    this.#services.finish();
    this.#book.finish();
    return this.#hours;
  }

  #begin(): void {
    const { keepWarm } = this.#scaler;
    this.#book.keepWarmChanges(this.#clock_us, keepWarm);
    if (this.#policy.start === 'warm') {
      while (this.#starts.count < Math.min(keepWarm, this.#policy.max_containers)) {
        const container = this.#starts.count++;
        this.#book.warmAtBegin(this.#clock_us, container);
        this.#idle.push(this.#clock_us, container);
      }
    }
    this.#startWanted();
  }

  /** Does the next thing that comes before an arrival at `limit_us`; false when there is none. */
  #step(limit_us: number): boolean {
    const end_us = this.#busy.next_us;
    const ready_us = this.#starting.next_us;
    const deadline_us = this.#queue.head_us + this.#deadline_us;
    const rule_us = this.#hasRules ? this.#nextRule_us() : this.#scaler.keepWarmChange_us;
    const due_us = Math.min(end_us, ready_us, deadline_us, rule_us);
    if (this.#idle.firstEnd_us < limit_us && this.#book.alive > this.#desired()) {
      const stop_us = Math.max(this.#idle.firstEnd_us, this.#clock_us);
      if (stop_us < due_us && stop_us < limit_us) {
        this.#stop(stop_us);
        return true;
      }
    }
    if (due_us > limit_us || due_us === Number.POSITIVE_INFINITY) return false;
    if (due_us === limit_us && limit_us === this.#opened_us) return false;
    this.#turn(due_us);
    if (end_us === due_us) this.#endService(due_us);
    else if (ready_us === due_us) this.#endColdStart(due_us);
    else if (deadline_us === due_us) this.#services.abort(this.#queue);
    else this.#followRules(due_us);
    return true;
  }

  #arrive(t_us: number, service_us: number, images: number, adapter: number): void {
    this.#turn(t_us);
    this.#opened_us = t_us;
    if (this.#entrance.arrive(t_us, service_us, images, adapter, this.#idle.count > 0)) this.#enter(t_us);
  }

  /** The last in the queue has just entered it: if a container is idle, it is the only one there. */
  #enter(t_us: number): void {
    if (this.#idle.count > 0) {
      this.#book.serviceBegins(t_us);
      this.#services.start(this.#queue, this.#idle.take(this.#queue.headAdapter), t_us, 0);
    } else if (this.#scaler.startsFirst && this.#book.alive === 0) this.#startOne();
    this.#startWanted();
  }

  #endService(t_us: number): void {
    const container = this.#busy.pop();
    if (this.#queue.count > 0) {
      this.#services.start(this.#queue, container, t_us, 0);
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
      this.#services.start(this.#queue, container, t_us, 1);
    } else {
      this.#idle.push(t_us, container);
    }
  }

  #stop(t_us: number): void {
    this.#turn(t_us);
    const container = this.#idle.stop();
    this.#book.stopped(t_us, container);
    this.#services.caches?.forget(container);
  }

  #nextRule_us(): number {
    return Math.min(
      this.#scaler.keepWarmChange_us,
      this.#scaler.nextCheck_us(this.#queue.head_us, this.#book.alive),
      this.#entrance.next_us,
    );
  }

  /** What the rules say of this instant, before its arrivals. */
  #followRules(t_us: number): void {
    this.#opened_us = t_us;
    if (this.#scaler.keepWarmChange_us === t_us) {
      this.#scaler.changeKeepWarm(t_us);
      this.#book.keepWarmChanges(t_us, this.#scaler.keepWarm);
      this.#startWanted();
    }
    if (this.#scaler.nextCheck_us(this.#queue.head_us, this.#book.alive) === t_us) {
      this.#scaler.checked(t_us);
      this.#startOne();
    }
    if (this.#entrance.next_us !== t_us) return;
    for (let left = this.#entrance.release(t_us); left > 0; left--) {
      if (this.#entrance.letIn(t_us, this.#idle.count > 0)) this.#enter(t_us);
    }
  }

  #desired(): number {
    return this.#scaler.desired(this.#queue.count + this.#busy.count);
  }

  #startWanted(): void {
    const desired = this.#desired();
    while (this.#book.alive < desired) this.#startOne();
  }

  #startOne(): void {
    this.#book.startBegins(this.#clock_us, this.#starts.start(this.#clock_us));
  }

  /** Moves the clock, closing the hours that end until then. */
  #turn(t_us: number): void {
    while (t_us >= this.#book.boundary_us) {
      const wasReported = this.#book.isReported;
      this.#book.close(this.#queue.reported + this.#entrance.heldReported);
      if (!wasReported) this.#redraw();
    }
    this.#clock_us = t_us;
  }

  /** The unreported pass is over: from now on the pool draws from the streams of the run. */
  #redraw(): void {
    this.#starts.redraw();
    if (this.#idle instanceof IdleList) this.#idle.redraw(...idleDraws(this.#policy, this.#streams, ''));
    this.#services.caches?.redraw(this.#streams('adapter load'));
  }
}
