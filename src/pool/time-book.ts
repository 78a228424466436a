import { HOUR_US } from '../core/time.ts';
import type { PoolOptions } from './batch.ts';
import type { Census } from './census.ts';
import type { Hours } from './hours.ts';
import type { Lives } from './lives.ts';

/**
 * Books container time to the hour in which it passes. A count that changes at t adds (end of the hour - t) times the
 * change to its integral, so that a change costs one addition whatever the number of containers; an hour's end writes
 * the integrals down and begins those of the next hour with the counts that carry on.
 */
export class TimeBook {
  /** The next end of an hour; events from here on belong to a later hour. */
  boundary_us = 0;
  alive = 0;
  #starting = 0;
  #busy = 0;
  #keepWarm = 0;
  readonly #hours: Hours;
  readonly #hour_us: number;
  readonly #duration_us: number;
  /** The open hour; -1 before the reported time. */
  #hour: number;
  /** Integrals of the open hour are taken against this instant: its end, or, after the run, the end of the run. */
  #against_us = 0;
  #starting_us = 0;
  #busy_us = 0;
  #alive_us = 0;
  #floor_us = 0;
  #aliveSince_us = 0;
  #mostAlive = 0;
  #coldStarts = 0;
  #requests = 0;
  #rejected = 0;
  #rounding_us = 0;
  readonly #censuses: readonly Census[];
  readonly #lives: Lives | undefined;

  /** @param lives where lives are rounded up */
  constructor(hours: Hours, options: PoolOptions, lives?: Lives) {
    const { duration_us, begin_us = 0, hour_us = HOUR_US, censuses = [] } = options;
    this.#hours = hours;
    this.#hour_us = hour_us;
    this.#duration_us = duration_us;
    this.#hour = begin_us < 0 ? -1 : 0;
    this.boundary_us = begin_us < 0 ? 0 : Math.min(hour_us, duration_us);
    this.#against_us = this.boundary_us;
    this.#aliveSince_us = begin_us;
    this.#censuses = censuses;
    this.#lives = lives;
  }

  get isReported(): boolean {
    return this.#hour >= 0;
  }

  arrived(requests = 1): void {
    this.#requests += requests;
  }

  /** @param arrival_us a request that was held back may be turned away in a later hour */
  rejected(arrival_us: number): void {
    const hour = Math.floor(arrival_us / this.#hour_us);
    if (hour === this.#hour) this.#rejected++;
    else this.#hours.rejected[hour]!++;
  }

  startBegins(t_us: number, container: number): void {
    this.#changeAlive(t_us, 1);
    this.#lives?.begin(container, t_us);
    this.#coldStarts++;
    this.#starting++;
    this.#starting_us += this.#against_us - t_us;
  }

  startEnds(t_us: number): void {
    this.#starting--;
    this.#starting_us -= this.#against_us - t_us;
  }

  serviceBegins(t_us: number): void {
    this.#busy++;
    this.#busy_us += this.#against_us - t_us;
  }

  serviceEnds(t_us: number): void {
    this.#busy--;
    this.#busy_us -= this.#against_us - t_us;
  }

  /**
   * Services that have begun and ended since the last change, all within the open hour.
   * @param origin_us an instant of the open hour
   * @param ended_us the instants of the ends less those of the begins, all from the origin
   */
  servicesChange(begun: number, ended: number, origin_us: number, ended_us: number): void {
    this.#busy += begun - ended;
    this.#busy_us += (begun - ended) * (this.#against_us - origin_us) + ended_us;
  }

  /** A container that is warm from the beginning on. */
  warmAtBegin(t_us: number, container: number): void {
    this.#changeAlive(t_us, 1);
    this.#lives?.begin(container, t_us);
  }

  stopped(t_us: number, container: number): void {
    this.#changeAlive(t_us, -1);
    if (this.#lives !== undefined) this.#rounding_us += this.#lives.end(container, t_us);
  }

  /** At least that many are alive from now on, so the floor, min(alive, keep_warm), is keep_warm itself. */
  keepWarmChanges(t_us: number, containers: number): void {
    this.#floor_us += (containers - this.#keepWarm) * (this.#against_us - t_us);
    this.#keepWarm = containers;
  }

  /** Closes the open hour at its end. @param backlog requests that wait then */
  close(backlog: number): void {
    const end_us = this.boundary_us;
    this.#holdAlive(end_us);
    if (this.#hour >= 0) this.#write(backlog);
    this.#hour++;
    const isOver = end_us >= this.#duration_us;
    this.boundary_us = isOver
      ? Number.POSITIVE_INFINITY
      : Math.min(end_us + this.#hour_us, this.#duration_us);
    this.#against_us = isOver ? this.#duration_us : this.boundary_us;
    const length_us = this.#against_us - end_us;
    this.#starting_us = this.#starting * length_us;
    this.#busy_us = this.#busy * length_us;
    this.#alive_us = this.alive * length_us;
    this.#floor_us = this.#keepWarm * length_us;
    this.#mostAlive = this.#coldStarts = this.#requests = this.#rejected = this.#rounding_us = 0;
  }

  /** Writes down the service after the run, once none is left. */
  finish(): void {
    this.#hours.after_end_busy_us = this.#busy_us;
  }

  #changeAlive(t_us: number, change: 1 | -1): void {
    this.#holdAlive(t_us);
    this.#alive_us += change * (this.#against_us - t_us);
    this.alive += change;
    for (const census of this.#censuses) census.changed(t_us, change);
  }

  /** The number alive until now counts if it was alive for a positive time. */
  #holdAlive(t_us: number): void {
    if (t_us > this.#aliveSince_us && this.alive > this.#mostAlive) this.#mostAlive = this.alive;
    this.#aliveSince_us = t_us;
  }

  #write(backlog: number): void {
    const hours = this.#hours;
    const hour = this.#hour;
    hours.requests[hour] = this.#requests;
    hours.rejected[hour] = this.#rejected;
    hours.starting_us[hour] = this.#starting_us;
    hours.busy_us[hour] = this.#busy_us;
    hours.alive_us[hour] = this.#alive_us;
    hours.idle_us[hour] = this.#alive_us - this.#starting_us - this.#busy_us;
    hours.floor_us[hour] = this.#floor_us;
    hours.rounding_us[hour] = this.#rounding_us;
    hours.cold_starts[hour] = this.#coldStarts;
    hours.containers_max[hour] = this.#mostAlive;
    hours.backlog[hour] = backlog;
  }
}
