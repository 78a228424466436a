import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Stream, streamsOf } from '../../src/random/stream.ts';
import { chiSquareExcess, KOLMOGOROV_LIMIT, kolmogorov } from './goodness.ts';

const WORD = (1n << 32n) - 1n;

/** xoshiro128** 1.1 as published (Blackman and Vigna, prng.di.unimi.it), word for word, in big integers. */
function* reference(seed: readonly number[]): Generator<number, never> {
  const rotl = (x: bigint, k: bigint) => ((x << k) | (x >> (32n - k))) & WORD;
  const s = seed.map((word) => BigInt(word >>> 0));
  for (;;) {
    yield Number((rotl((s[1]! * 5n) & WORD, 7n) * 9n) & WORD);
    const t = (s[1]! << 9n) & WORD;
    s[2]! ^= s[0]!;
    s[3]! ^= s[1]!;
    s[1]! ^= s[2]!;
    s[0]! ^= s[3]!;
    s[2]! ^= t;
    s[3] = rotl(s[3]!, 11n);
  }
}

function words(stream: Stream, count: number): number[] {
  return Array.from({ length: count }, () => stream.bits() >>> 0);
}

describe('a stream is xoshiro128**', () => {
  it('gives the known answers of the state 1, 2, 3, 4', () => {
    expect(words(new Stream([1, 2, 3, 4]), 10)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  it('agrees with the published algorithm from any state', () => {
    const state = fc.array(fc.integer(), { minLength: 4, maxLength: 4 });
    const law = fc.property(state, (seed) => {
      const published = reference(seed);
      expect(words(new Stream(seed), 40)).toEqual(Array.from({ length: 40 }, () => published.next().value));
    });
    fc.assert(law, { seed: 1 });
  });

  it('does not write to the state it was made from', () => {
    const state = [1, 2, 3, 4];
    words(new Stream(state), 5);
    expect(state).toEqual([1, 2, 3, 4]);
  });
});

describe('uniform numbers', () => {
  const stream = streamsOf('uniform numbers', 0)('u');
  const many = Float64Array.from({ length: 200_000 }, () => stream.uniform());

  it('are multiples of 2^-53 in [0, 1)', () => {
    expect(many.every((u) => u >= 0 && u < 1 && Number.isInteger(u * 2 ** 53))).toBe(true);
  });

  it('reach both ends of [0, 1) when the words do', () => {
    const ends = (bits: number) => Object.assign(new Stream([1, 2, 3, 4]), { bits: () => bits });
    expect(ends(0).uniform()).toBe(0);
    expect(ends(-1).uniform()).toBe(1 - 2 ** -53);
    expect(ends(0).open()).toBe(2 ** -53);
    expect(ends(-1).open()).toBe(1 - 2 ** -53);
  });

  it('have each of their 53 bits set half the time', () => {
    const set = new Float64Array(54);
    for (const u of many) {
      const high = Math.floor(u * 2 ** 27);
      const low = (u * 2 ** 27 - high) * 2 ** 26;
      for (let bit = 0; bit < 27; bit++) set[bit]! += (high >>> bit) & 1;
      for (let bit = 0; bit < 26; bit++) set[27 + bit]! += (low >>> bit) & 1;
    }
    expect(set[53]).toBe(0);
    const limit = 4 * Math.sqrt(many.length / 4);
    for (const count of set.subarray(0, 53)) expect(Math.abs(count - many.length / 2)).toBeLessThan(limit);
  });

  it('are uniform as a whole, in 1,000 cells and in their lowest eight bits', () => {
    expect(kolmogorov(many, (x) => x)).toBeLessThan(KOLMOGOROV_LIMIT);
    expect(chiSquareExcess(tally(many, 1000, (u) => u * 1000))).toBeLessThan(4);
    expect(chiSquareExcess(tally(many, 256, (u) => (u * 2 ** 53) % 256))).toBeLessThan(4);
  });

  it('fill the square evenly in successive pairs', () => {
    const counts = new Float64Array(900);
    for (let i = 0; i + 1 < many.length; i += 2) {
      counts[Math.floor(many[i]! * 30) * 30 + Math.floor(many[i + 1]! * 30)]!++;
    }
    expect(chiSquareExcess(counts)).toBeLessThan(4);
  });

  it('would fail the test of cells if they were a little uneven', () => {
    expect(chiSquareExcess(tally(many, 1000, (u) => u ** 1.05 * 1000))).toBeGreaterThan(4);
  });

  it('are open at 0 too when they are made for logarithms', () => {
    const open = Float64Array.from({ length: 100_000 }, () => stream.open());
    expect(open.every((u) => u > 0 && u < 1)).toBe(true);
    expect(kolmogorov(open, (x) => x)).toBeLessThan(KOLMOGOROV_LIMIT);
  });

  it.each([2, 3, 7, 1000])('give whole numbers below %i, all equally often', (n) => {
    const counts = new Float64Array(n);
    for (let i = 0; i < 200_000; i++) counts[stream.index(n)]!++;
    expect(counts.reduce((sum, count) => sum + count)).toBe(200_000);
    expect(chiSquareExcess(counts)).toBeLessThan(4);
  });

  it('give only 0 below 1', () => {
    expect(Array.from({ length: 100 }, () => stream.index(1)).every((k) => k === 0)).toBe(true);
  });
});

function tally(values: Float64Array, cells: number, cell: (value: number) => number): Float64Array {
  const counts = new Float64Array(cells);
  for (const value of values) counts[Math.floor(cell(value))]!++;
  return counts;
}
