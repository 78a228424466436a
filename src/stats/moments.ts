/** Count, mean and sum of squared deviations of some values. */
export interface Moments {
  readonly count: number;
  readonly mean: number;
  readonly deviations: number;
}

export const NO_MOMENTS: Moments = { count: 0, mean: 0, deviations: 0 };

/** Moments of a union (Chan, Golub and LeVeque, "Algorithms for computing the sample variance", 1983). */
export function mergeMoments(a: Moments, b: Moments): Moments {
  if (a.count === 0) return b;
  if (b.count === 0) return a;
  const count = a.count + b.count;
  const apart = b.mean - a.mean;
  return {
    count,
    mean: a.mean + (apart * b.count) / count,
    deviations: a.deviations + b.deviations + (apart * apart * a.count * b.count) / count,
  };
}

/** The sample variance; undefined for fewer than two values. */
export function variance({ count, deviations }: Moments): number | undefined {
  return count < 2 ? undefined : deviations / (count - 1);
}

/** Collects values and gives their moments; deviations are taken from the first value, so that equal ones cost nothing. */
export class MomentsBuilder {
  #count = 0;
  #first = 0;
  #sum = 0;
  #squares = 0;

  add(value: number): void {
    if (this.#count++ === 0) this.#first = value;
    const off = value - this.#first;
    this.#sum += off;
    this.#squares += off * off;
  }

  /** Adds the value 0 `times` times. */
  addZeros(times: number): void {
    if (times === 0) return;
    if (this.#count === 0) this.#first = 0;
    this.#count += times;
    this.#sum -= times * this.#first;
    this.#squares += times * this.#first * this.#first;
  }

  moments(): Moments {
    if (this.#count === 0) return NO_MOMENTS;
    const mean = this.#sum / this.#count;
    return {
      count: this.#count,
      mean: this.#first + mean,
      deviations: Math.max(0, this.#squares - this.#count * mean * mean),
    };
  }
}

/** Moments of some values. */
export function momentsOf(values: Float64Array): Moments {
  const builder = new MomentsBuilder();
  for (const value of values) builder.add(value);
  return builder.moments();
}

/** Variance over mean; undefined for fewer than two values, or a mean of 0. */
export function dispersion(moments: Moments): number | undefined {
  const spread = variance(moments);
  return spread === undefined || moments.mean === 0 ? undefined : spread / moments.mean;
}
