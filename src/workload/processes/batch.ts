import { rate } from '../../core/fields.ts';
import { SECOND_US } from '../../core/time.ts';
import { Draws } from '../../random/distributions/distribution.ts';
import { type DistributionSpec, makeDistribution } from '../../random/distributions/table.ts';
import { exponential } from '../../random/ziggurat.ts';
import { wholeQuantity } from '../whole-quantity.ts';
import type { ProcessKind } from './process.ts';

export interface BatchSpec {
  process: 'batch';
  /** Batches a second. */
  rate: number;
  /** Requests of a batch: whole numbers, at least 1. */
  size: DistributionSpec;
}

/**
 * Poisson batches: groups of requests that come at one instant (a compound Poisson process; Cox and Isham, Point
 * Processes, 1980, section 2.4). Variance over mean of counts is E[size^2] / E[size] in windows of any length.
 */
export const batch: ProcessKind<BatchSpec> = {
  keys: () => ({ rate, size: wholeQuantity }),
  isStationary: true,
  meanRate: (spec) => spec.rate * meanSize(spec),
  peakRate: (spec) => spec.rate * meanSize(spec),
  gapCv: (spec) => Math.sqrt(2 * meanSize(spec) - 1),
  dispersion: ({ size }) => meanSquare(size) / makeDistribution(size).mean,
  make({ rate: perSecond, size }, { streams, begin_us, rateScale }) {
    const stream = streams('arrivals');
    const sizes = new Draws(makeDistribution(size), streams('batch size'));
    const meanGap_us = SECOND_US / (perSecond * rateScale);
    let clock_us = begin_us;
    let left = 0;
    return {
      fill(out, from, to) {
        for (let i = from; i < to; i++) {
          if (left === 0) {
            clock_us += Math.floor(meanGap_us * exponential(stream) + 0.5);
            left = sizes.next();
          }
          out.arrival_us[i] = clock_us;
          left--;
        }
        return to;
      },
    };
  },
};

/** A sample that is not read yet counts as 1: the rate is asked for again when it is. */
function meanSize({ size }: BatchSpec): number {
  return isRead(size) ? makeDistribution(size).mean : 1;
}

function isRead(size: DistributionSpec): boolean {
  if (size.distribution === 'mixture') return size.parts.every(({ of }) => isRead(of));
  return size.distribution !== 'empirical' || size.values !== undefined;
}

function meanSquare(size: DistributionSpec): number {
  if (size.distribution === 'mixture') {
    const total = size.parts.reduce((sum, { weight }) => sum + weight, 0);
    return size.parts.reduce((sum, { weight, of }) => sum + (weight / total) * meanSquare(of), 0);
  }
  if (size.distribution === 'empirical')
    return size.values!.reduce((sum, value) => sum + value * value, 0) / size.values!.length;
  return makeDistribution(size).mean ** 2;
}
