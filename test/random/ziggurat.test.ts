import assert from 'node:assert/strict';
import { describe, expect, it } from 'vitest';
import { Stream, streamsOf } from '../../src/random/stream.ts';
import { exponential, exponentials, normal, normals } from '../../src/random/ziggurat.ts';
import { exponentialCdf, normalCdf } from './cdf.ts';
import { chiSquareExcess, KOLMOGOROV_LIMIT, kolmogorov, meanOff } from './goodness.ts';

const DRAWS = 3_000_000;
const CELLS = 1000;

/** Standard deviations by which a count of hits is off, each draw hitting with chance p. */
function hitsOff(values: Float64Array, hit: (x: number) => boolean, p: number): number {
  let hits = 0;
  for (let i = 0; i < values.length; i++) if (hit(values[i]!)) hits++;
  return Math.abs(hits - values.length * p) / Math.sqrt(values.length * p * (1 - p));
}

function variates(name: string, variate: (stream: Stream) => number): Float64Array {
  const stream = streamsOf('ziggurat', 0)(name);
  const values = new Float64Array(DRAWS);
  for (let i = 0; i < DRAWS; i++) values[i] = variate(stream);
  return values;
}

/** The edges of the last layers, as published. */
const EXPONENTIAL_EDGE = 7.69711747013105;
const NORMAL_EDGE = 3.6541528853610088;

describe('exponential variates', () => {
  const values = variates('exponential', exponential);

  it('fill 1,000 equally likely cells evenly', () => {
    const counts = new Float64Array(CELLS);
    for (const x of values) counts[Math.floor(-Math.expm1(-x) * CELLS)]!++;
    expect(chiSquareExcess(counts)).toBeLessThan(4);
  });

  it.each([2, 5, EXPONENTIAL_EDGE, 9, 11])('pass %f as often as exp(-x) says', (x) => {
    expect(hitsOff(values, (value) => value > x, Math.exp(-x))).toBeLessThan(4);
  });

  it('forget: beyond the last layer the excess is exponential again', () => {
    const excess = values.filter((x) => x > EXPONENTIAL_EDGE).map((x) => x - EXPONENTIAL_EDGE);
    expect(excess.length).toBeGreaterThan(1000);
    expect(kolmogorov(excess, exponentialCdf(1))).toBeLessThan(KOLMOGOROV_LIMIT);
  });

  it('are fine near 0 as well: their smallest values are uniform', () => {
    const small = values.filter((x) => x < 0.001).map((x) => -Math.expm1(-x) / -Math.expm1(-0.001));
    expect(kolmogorov(small, (x) => x)).toBeLessThan(KOLMOGOROV_LIMIT);
    expect(hitsOff(values, (value) => value < 0.001, -Math.expm1(-0.001))).toBeLessThan(4);
  });

  it('do not depend on their predecessor', () => {
    const products = values.subarray(1).map((x, i) => (x - 1) * (values[i]! - 1));
    expect(meanOff(products, 0)).toBeLessThan(4);
  });
});

describe('normal variates', () => {
  const values = variates('normal', normal);

  it('fill 1,000 equally likely cells evenly', () => {
    const counts = new Float64Array(CELLS);
    for (let i = 0; i < values.length; i += 4) counts[Math.floor(normalCdf(values[i]!) * CELLS)]!++;
    expect(chiSquareExcess(counts)).toBeLessThan(4);
  });

  it('have mean 0, variance 1, no skewness and a fourth moment of 3', () => {
    const moments = [0, 1, 0, 3];
    const power = new Float64Array(1_000_000).fill(1);
    for (const [k, moment] of moments.entries()) {
      for (let i = 0; i < power.length; i++) power[i]! *= values[i]!;
      expect(meanOff(power, moment), `moment ${k + 1}`).toBeLessThan(4);
    }
  });

  it.each([
    [3, 1.3498980316e-3],
    [NORMAL_EDGE, 1.2901624383e-4],
    [4, 3.1671241833e-5],
    [4.5, 3.3976731247e-6],
  ])('pass %f on either side as often as they should', (x, tail) => {
    expect(1 - normalCdf(x)).toBeCloseTo(tail, 12);
    expect(hitsOff(values, (value) => value > x, tail)).toBeLessThan(4);
    expect(hitsOff(values, (value) => value < -x, tail)).toBeLessThan(4);
  });

  it('have the right law beyond the last layer', () => {
    const far = values.filter((x) => Math.abs(x) > NORMAL_EDGE).map(Math.abs);
    expect(far.length).toBeGreaterThan(600);
    expect(kolmogorov(far, (x) => 1 - (1 - normalCdf(x)) / (1 - normalCdf(NORMAL_EDGE)))).toBeLessThan(
      KOLMOGOROV_LIMIT,
    );
  });
});

describe('the tails beyond the last layer', () => {
  /** Variates whose first two words are all ones but for the sign: the outermost point of the last layer. */
  function outermost(variate: (stream: Stream) => number, low: number): Float64Array {
    const stream = streamsOf('ziggurat', 0)('tails');
    const values = new Float64Array(50_000);
    for (let i = 0; i < values.length; i++) {
      const forced = [-1, low];
      const bits = () => forced.shift() ?? stream.bits();
      values[i] = variate(Object.assign(new Stream([1, 2, 3, 4]), { bits }));
    }
    return values;
  }

  it('of the exponential law begin at its edge and are exponential', () => {
    const excess = outermost(exponential, -1).map((x) => x - EXPONENTIAL_EDGE);
    expect(excess.every((x) => x > 0)).toBe(true);
    expect(kolmogorov(excess, exponentialCdf(1))).toBeLessThan(KOLMOGOROV_LIMIT);
    expect(kolmogorov(excess, exponentialCdf(1.03))).toBeGreaterThan(KOLMOGOROV_LIMIT);
  });

  it('of the normal law begin at its edge on either side and are normal', () => {
    const beyond = 1 - normalCdf(NORMAL_EDGE);
    const tail = (x: number) => 1 - (1 - normalCdf(x)) / beyond;
    const right = outermost(normal, ~256);
    const left = outermost(normal, -1).map((x) => -x);
    for (const values of [right, left]) {
      expect(values.every((x) => x > NORMAL_EDGE)).toBe(true);
      expect(kolmogorov(values, tail)).toBeLessThan(KOLMOGOROV_LIMIT);
      expect(kolmogorov(values, (x) => tail(NORMAL_EDGE + (x - NORMAL_EDGE) * 0.97))).toBeGreaterThan(
        KOLMOGOROV_LIMIT,
      );
    }
  });
});

describe.each([
  ['exponential', exponential, exponentials],
  ['normal', normal, normals],
] as const)('%s variates drawn many at a time', (name, one, many) => {
  it('are those drawn one by one, and leave the stream where they do', () => {
    const [inOne, inMany] = [streamsOf('fill', 0)(name), streamsOf('fill', 0)(name)];
    const out = new Float64Array(100_000);
    for (let from = 0, piece = 1; from < out.length; piece = (piece * 7) % 300) {
      const to = Math.min(out.length, from + piece);
      many(inMany, out, from, to);
      from = to;
    }
    assert.deepEqual(
      out,
      out.map(() => one(inOne)),
    );
    expect(inMany.bits()).toBe(inOne.bits());
  });
});
