import type { Stream } from './stream.ts';

/**
 * Exponential and normal variates by the ziggurat of Marsaglia and Tsang ("The ziggurat method for generating random
 * variables", J. Stat. Software 5(8), 2000) with 256 layers; layer and position come from separate bits (Doornik 2005).
 */
const LAYERS = 256;

interface Ziggurat {
  /** Right edge of each layer over 2^53. */
  readonly width: Float64Array;
  /** Positions below this are inside the layer above, and need no test. */
  readonly inside: Float64Array;
  /** Density at each edge. */
  readonly density: Float64Array;
}

function ziggurat(
  tail: number,
  area: number,
  f: (x: number) => number,
  inverse: (y: number) => number,
): Ziggurat {
  const edge = new Float64Array(LAYERS + 1);
  edge[LAYERS] = area / f(tail);
  edge[LAYERS - 1] = tail;
  for (let i = LAYERS - 2; i >= 1; i--) edge[i] = inverse(area / edge[i + 1]! + f(edge[i + 1]!));
  const width = new Float64Array(LAYERS);
  const inside = new Float64Array(LAYERS);
  for (let i = 0; i < LAYERS; i++) {
    width[i] = edge[i + 1]! * 2 ** -53;
    inside[i] = (edge[i]! / edge[i + 1]!) * 2 ** 53;
  }
  return { width, inside, density: edge.map(f) };
}

const EXPONENTIAL_TAIL = 7.69711747013105;
const EXPONENTIAL = ziggurat(
  EXPONENTIAL_TAIL,
  0.003949659822581557,
  (x) => Math.exp(-x),
  (y) => -Math.log(y),
);

/** A standard exponential variate: mean 1. */
export function exponential(stream: Stream): number {
  const high = stream.bits() >>> 0;
  const low = stream.bits();
  const layer = low & 255;
  const position = high * 2097152 + (low >>> 11);
  const x = position * EXPONENTIAL.width[layer]!;
  return position < EXPONENTIAL.inside[layer]! ? x : +exponentialAtEdge(stream, layer, x);
}

/** The variate that a draw outside the sure part of a layer leads to. */
function exponentialAtEdge(stream: Stream, layer: number, x: number): number {
  if (layer === LAYERS - 1) return EXPONENTIAL_TAIL - Math.log(stream.open());
  const above = EXPONENTIAL.density[layer + 1]!;
  const below = EXPONENTIAL.density[layer]!;
  return above + stream.uniform() * (below - above) < Math.exp(-x) ? x : exponential(stream);
}

const NORMAL_TAIL = 3.6541528853610088;
const NORMAL = ziggurat(
  NORMAL_TAIL,
  0.00492867323399,
  (x) => Math.exp(-0.5 * x * x),
  (y) => Math.sqrt(-2 * Math.log(y)),
);

/** A standard normal variate: mean 0, variance 1. */
export function normal(stream: Stream): number {
  const high = stream.bits() >>> 0;
  const low = stream.bits();
  const layer = low & 255;
  const position = high * 2097152 + (low >>> 11);
  const x = (low & 256 ? -1 : 1) * position * NORMAL.width[layer]!;
  return position < NORMAL.inside[layer]! ? x : +normalAtEdge(stream, layer, x);
}

/** The variate that a draw outside the sure part of a layer leads to. */
function normalAtEdge(stream: Stream, layer: number, x: number): number {
  if (layer === LAYERS - 1) return Math.sign(x) * normalTail(stream);
  const above = NORMAL.density[layer + 1]!;
  const below = NORMAL.density[layer]!;
  return above + stream.uniform() * (below - above) < Math.exp(-0.5 * x * x) ? x : normal(stream);
}

/** A normal variate beyond the last layer (Marsaglia 1964). */
function normalTail(stream: Stream): number {
  for (;;) {
    const x = -Math.log(stream.open()) / NORMAL_TAIL;
    const y = -Math.log(stream.open());
    if (y + y >= x * x) return NORMAL_TAIL + x;
  }
}
