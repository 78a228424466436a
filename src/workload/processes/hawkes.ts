import { duration, number, rate } from '../../core/fields.ts';
import { SECOND_US } from '../../core/time.ts';
import { gamma } from '../../random/distributions/gamma.ts';
import type { Stream } from '../../random/stream.ts';
import { exponential } from '../../random/ziggurat.ts';
import type { ProcessKind } from './process.ts';

export interface HawkesSpec {
  process: 'hawkes';
  /** Arrivals a second that come by themselves. */
  base_rate: number;
  /** How many further arrivals each one brings on average, directly; below 1. */
  branching: number;
  /** How long after, on average, in seconds. */
  decay: number;
}

/** Times in which the process forgets its begin, and arrivals at most, before the run. */
const BURN_IN = 10;
const MOST_BURN_IN = 1e6;

/**
 * Self-exciting arrivals (Hawkes, Biometrika 58, 1971): each raises the rate by branching / decay, and what was raised
 * fades exponentially. Gaps are exact, the lesser of two that can be inverted (Dassios and Zhao, "Exact simulation of
 * Hawkes process with exponentially decaying intensity", Electron. Commun. Probab. 18, 2013). It starts stationary:
 * the raised rate is drawn from a gamma law with its true mean and variance, and then lives through ten times its
 * relaxation time decay / (1 - branching) before the run, which leaves e^-30 of what its third cumulant was off by.
 * A rate scale multiplies base_rate alone.
 */
export const hawkes: ProcessKind<HawkesSpec> = {
  keys: () => ({ base_rate: rate, branching: number({ min: 0 }), decay: duration }),
  isStationary: true,
  fault({ branching }) {
    if (branching >= 1)
      return `branching ${branching}: if a request brings one more or more on average, their number grows for ever; expected below 1`;
    return branching > 0.999 ? `branching ${branching}: expected at most 0.999` : undefined;
  },
  meanRate,
  peakRate: meanRate,
  // Hawkes's covariance density integrated, as in Da Fonseca and Zaatour, J. Futures Markets 34 (2014).
  dispersion({ branching, decay }, { window_s }) {
    const limit = (1 - branching) ** -2;
    const s = (window_s * (1 - branching)) / decay;
    return limit + ((1 - limit) * -Math.expm1(-s)) / s;
  },
  make(spec, { streams, begin_us, rateScale }) {
    const stream = streams('arrivals');
    const excited = new Excited(spec, rateScale, stream);
    let clock_us = begin_us;
    return {
      fill(batch, from, to) {
        for (let i = from; i < to; i++) {
          clock_us += Math.floor(excited.gap_s() * SECOND_US + 0.5);
          batch.arrival_us[i] = clock_us;
        }
        return to;
      },
    };
  },
};

function meanRate({ base_rate, branching }: HawkesSpec): number {
  return base_rate / (1 - branching);
}

/** The rate and how it goes on. */
class Excited {
  readonly #stream: Stream;
  readonly #base: number;
  readonly #jump: number;
  readonly #fade: number;
  /** What the arrivals so far have raised the rate by. */
  #raised: number;

  constructor(spec: HawkesSpec, rateScale: number, stream: Stream) {
    const { branching, decay } = spec;
    this.#stream = stream;
    this.#base = spec.base_rate * rateScale;
    this.#fade = 1 / decay;
    this.#jump = branching / decay;
    const perSecond = meanRate(spec) * rateScale;
    this.#raised = branching === 0 ? 0 : this.#stationary(perSecond, branching);
    if (branching > 0) this.#burnIn(perSecond, decay / (1 - branching));
  }

  /** Seconds to the next arrival. */
  gap_s(): number {
    const gap_s = this.#wait_s();
    this.#raised = this.#raised * Math.exp(-this.#fade * gap_s) + this.#jump;
    return gap_s;
  }

  #wait_s(): number {
    const base_s = exponential(this.#stream) / this.#base;
    if (this.#raised === 0) return base_s;
    const left = 1 - (this.#fade * exponential(this.#stream)) / this.#raised;
    return left > 0 ? Math.min(base_s, -Math.log(left) / this.#fade) : base_s;
  }

  /** Mean of the raised rate: n x rate; variance: n^2 x rate / (2 decay (1 - n)) (Hawkes 1971). */
  #stationary(perSecond: number, n: number): number {
    const mean = n * perSecond;
    const variance = (n * this.#jump * perSecond) / (2 * (1 - n));
    const out = new Float64Array(1);
    gamma(mean, Math.sqrt(variance) / mean).fill(this.#stream, out, 0, 1);
    return out[0]!;
  }

  #burnIn(perSecond: number, relaxation_s: number): void {
    const until_s = Math.min(BURN_IN * relaxation_s, MOST_BURN_IN / perSecond);
    for (let t_s = 0; ; ) {
      const gap_s = this.#wait_s();
      t_s += gap_s;
      if (t_s >= until_s) {
        this.#raised *= Math.exp(-this.#fade * (until_s - (t_s - gap_s)));
        return;
      }
      this.#raised = this.#raised * Math.exp(-this.#fade * gap_s) + this.#jump;
    }
  }
}
