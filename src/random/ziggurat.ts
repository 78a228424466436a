import type { Stream } from './stream.ts';

/**
 * Exponential and normal variates by the ziggurat of Marsaglia and Tsang ("The ziggurat method for generating random
 * variables", J. Stat. Software 5(8), 2000) with 256 layers; layer, sign and position come from separate bits (Doornik
 * 2005). A variate takes two words of the stream, and more where its position is outside the sure part of its layer.
 */
const LAYERS = 256;

interface Shape {
  /** Where the layers end and the tail begins. */
  end: number;
  /** Of a layer. */
  area: number;
  /** Density over its greatest value, falling from 0 on; and its inverse. */
  f: (x: number) => number;
  inverse: (y: number) => number;
  /** Draws a variate from the tail. */
  tail: (stream: Stream) => number;
  /** Whether half of the variates are negative. */
  isSymmetric: boolean;
}

class Ziggurat {
  /** Right edge of each layer over 2^53; then the same again, on the other side for a law that has one. */
  readonly #width = new Float64Array(2 * LAYERS);
  /** Positions below this are inside the layer above, and need no test. */
  readonly #inside = new Float64Array(LAYERS);
  /** Density at each edge. */
  readonly #density: Float64Array;
  readonly #f: (x: number) => number;
  readonly #tail: (stream: Stream) => number;

  constructor({ end, area, f, inverse, tail, isSymmetric }: Shape) {
    const edge = new Float64Array(LAYERS + 1);
    edge[LAYERS] = area / f(end);
    edge[LAYERS - 1] = end;
    for (let i = LAYERS - 2; i >= 1; i--) edge[i] = inverse(area / edge[i + 1]! + f(edge[i + 1]!));
    for (let i = 0; i < LAYERS; i++) {
      this.#width[i] = edge[i + 1]! * 2 ** -53;
      this.#width[LAYERS + i] = (isSymmetric ? -1 : 1) * this.#width[i]!;
      this.#inside[i] = (edge[i]! / edge[i + 1]!) * 2 ** 53;
    }
    this.#density = edge.map(f);
    this.#f = f;
    this.#tail = tail;
  }

  /** Draws variates into `out[from] .. out[to - 1]`: what `next` does so many times, with the stream's state in registers. */
  fill(stream: Stream, out: Float64Array, from: number, to: number): void {
    const width = this.#width;
    const inside = this.#inside;
    const { state } = stream;
    let s0 = state[0]!;
    let s1 = state[1]!;
    let s2 = state[2]!;
    let s3 = state[3]!;
    for (let i = from; i < to; i++) {
      // The step of Stream.bits, twice.
      let x = Math.imul(s1, 5);
      const high = Math.imul((x << 7) | (x >>> 25), 9) >>> 0;
      let shifted = s1 << 9;
      s2 ^= s0;
      s3 ^= s1;
      s1 ^= s2;
      s0 ^= s3;
      s2 ^= shifted;
      s3 = (s3 << 11) | (s3 >>> 21);
      x = Math.imul(s1, 5);
      const low = Math.imul((x << 7) | (x >>> 25), 9);
      shifted = s1 << 9;
      s2 ^= s0;
      s3 ^= s1;
      s1 ^= s2;
      s0 ^= s3;
      s2 ^= shifted;
      s3 = (s3 << 11) | (s3 >>> 21);
      const position = high * 2097152 + (low >>> 11);
      const value = position * width[low & 511]!;
      if (position < inside[low & 255]!) {
        out[i] = value;
        continue;
      }
      state[0] = s0;
      state[1] = s1;
      state[2] = s2;
      state[3] = s3;
      out[i] = this.#atEdge(stream, low, value);
      s0 = state[0]!;
      s1 = state[1]!;
      s2 = state[2]!;
      s3 = state[3]!;
    }
    state[0] = s0;
    state[1] = s1;
    state[2] = s2;
    state[3] = s3;
  }

  /** The next variate. */
  next(stream: Stream): number {
    const high = stream.bits() >>> 0;
    const low = stream.bits();
    const position = high * 2097152 + (low >>> 11);
    const x = position * this.#width[low & 511]!;
    return position < this.#inside[low & 255]! ? x : +this.#atEdge(stream, low, x);
  }

  /** The variate that a draw outside the sure part of its layer leads to. @param low word that the layer and sign came from */
  #atEdge(stream: Stream, low: number, x: number): number {
    const layer = low & 255;
    if (layer === LAYERS - 1) return Math.sign(x) * this.#tail(stream);
    const above = this.#density[layer + 1]!;
    const below = this.#density[layer]!;
    return above + stream.uniform() * (below - above) < this.#f(x) ? x : this.next(stream);
  }
}

const EXPONENTIAL_END = 7.69711747013105;
const EXPONENTIAL = new Ziggurat({
  end: EXPONENTIAL_END,
  area: 0.003949659822581557,
  f: (x) => Math.exp(-x),
  inverse: (y) => -Math.log(y),
  tail: (stream) => EXPONENTIAL_END - Math.log(stream.open()),
  isSymmetric: false,
});

const NORMAL_END = 3.6541528853610088;
const NORMAL = new Ziggurat({
  end: NORMAL_END,
  area: 0.00492867323399,
  f: (x) => Math.exp(-0.5 * x * x),
  inverse: (y) => Math.sqrt(-2 * Math.log(y)),
  tail: normalTail,
  isSymmetric: true,
});

/** A normal variate from the tail (Marsaglia 1964). */
function normalTail(stream: Stream): number {
  for (;;) {
    const x = -Math.log(stream.open()) / NORMAL_END;
    const y = -Math.log(stream.open());
    if (y + y >= x * x) return NORMAL_END + x;
  }
}

/** A standard exponential variate: mean 1. */
export function exponential(stream: Stream): number {
  return EXPONENTIAL.next(stream);
}

/** Standard exponential variates into `out[from] .. out[to - 1]`: the same as one after the other, in half the time. */
export function exponentials(stream: Stream, out: Float64Array, from: number, to: number): void {
  EXPONENTIAL.fill(stream, out, from, to);
}

/** A standard normal variate: mean 0, variance 1. */
export function normal(stream: Stream): number {
  return NORMAL.next(stream);
}

/** Standard normal variates into `out[from] .. out[to - 1]`. */
export function normals(stream: Stream, out: Float64Array, from: number, to: number): void {
  NORMAL.fill(stream, out, from, to);
}
