import type { Quantity } from './measured.ts';

/** A model whose values are known exactly, and what they are. */
export interface Case {
  readonly name: string;
  /** Where the values come from, in a few words. */
  readonly source: string;
  /** A scenario of one platform, as its text. */
  readonly scenario: string;
  readonly truths: Partial<Record<Quantity, number>>;
  /** Quantities that the case tells so exactly that a value 2 % off, either way, is refused. */
  readonly refuses?: readonly Quantity[];
}

/** One pool behind one source, as a Modal platform. */
export interface PoolModel {
  /** Lines of the source, as `process: poisson` and `rate: 0.8/s`. */
  readonly traffic: readonly string[];
  /** Mean service in seconds and its law. */
  readonly service: number;
  readonly work: string;
  /** Lines of the platform. */
  readonly pool: readonly string[];
  readonly duration: string;
  /**
   * `cycle`, the default: from a first pass of the same length. A pool of constant size needs none where it forgets
   * its state within a thousandth of the run: the error of an empty start is far below the standard error.
   */
  readonly start?: 'cycle' | 'warm';
  /** Default 1. */
  readonly seed?: number;
}

export const EXPONENTIAL = '{ distribution: exponential }';
export const CONSTANT = '1';
/** Of the containers of all cases. */
export const USD_PER_SECOND = 0.000694;
export const REPLICATIONS = 20;

/** The scenario of a pool. */
export function poolScenario(model: PoolModel): string {
  return [
    'name: exact',
    `duration: ${model.duration}`,
    `replications: ${REPLICATIONS}`,
    `seed: ${model.seed ?? 1}`,
    `start: ${model.start ?? 'cycle'}`,
    'traffic:',
    '  - name: requests',
    ...model.traffic.map((line) => `    ${line}`),
    `    work: ${model.work}`,
    'platforms:',
    '  pool:',
    '    kind: modal',
    `    usd_per_second: ${USD_PER_SECOND}`,
    `    seconds_per_image: ${model.service}`,
    ...model.pool.map((line) => `    ${line}`),
  ].join('\n');
}

export function poisson(perSecond: number): string[] {
  return ['process: poisson', `rate: ${perSecond}/s`];
}
