import seedrandom from 'seedrandom';
import { describe, expect, it } from 'vitest';
import { type Seed, streamsOf } from '../../src/random/stream.ts';

const DRAWS = 100_000;

type Uniform = () => number;

/** Four standard errors of an average of independent signs. */
const LIMIT = 4 / Math.sqrt(DRAWS);

/** The average product of the signs of u - 1/2 over many draws. */
function signProduct(generators: readonly Uniform[]): number {
  let sum = 0;
  for (let i = 0; i < DRAWS; i++) {
    let product = 1;
    for (const uniform of generators) if (uniform() < 0.5) product = -product;
    sum += product;
  }
  return sum / DRAWS;
}

function streamOf(seed: Seed, replication: number, name: string): Uniform {
  const stream = streamsOf(seed, replication)(name);
  return () => stream.uniform();
}

const seeds: Seed[] = [0, 1, 42, 'article'];
const names = ['traffic/images/arrivals', 'platform/modal/cold start', 'x'];
const cases = seeds.flatMap((seed) => names.map((name) => [seed, name] as const));

describe('signs of similar streams', () => {
  it.each(cases)('of four replications are independent (seed %s, %s)', (seed, name) => {
    expect(Math.abs(signProduct([0, 1, 2, 3].map((r) => streamOf(seed, r, name))))).toBeLessThan(LIMIT);
  });

  it.each(cases)('of two replications are independent (seed %s, %s)', (seed, name) => {
    expect(Math.abs(signProduct([0, 1].map((r) => streamOf(seed, r, name))))).toBeLessThan(LIMIT);
  });

  it.each(seeds)('of two replications of two platforms are independent (seed %s)', (seed) => {
    const generators = [0, 1].flatMap((r) =>
      ['a', 'b'].map((platform) => streamOf(seed, r, `platform/${platform}/cold start`)),
    );
    expect(Math.abs(signProduct(generators))).toBeLessThan(LIMIT);
  });

  it('of four seeds in a row are independent', () => {
    expect(Math.abs(signProduct([1, 2, 3, 4].map((seed) => streamOf(seed, 0, 'x'))))).toBeLessThan(LIMIT);
    expect(Math.abs(signProduct(['0', '1', '2', '3'].map((s) => streamOf(`s${s}`, 0, 'x'))))).toBeLessThan(
      LIMIT,
    );
  });

  it('of a stream and the same stream one draw later are independent', () => {
    const later = streamOf(1, 0, 'x');
    later();
    expect(Math.abs(signProduct([streamOf(1, 0, 'x'), later]))).toBeLessThan(LIMIT);
  });
});

describe('the words of four replications', () => {
  it('do not cancel: each bit of their exclusive or is set half the time', () => {
    const streams = [0, 1, 2, 3].map((r) => streamsOf(1, r)('traffic/images/arrivals'));
    const set = new Float64Array(32);
    for (let i = 0; i < DRAWS; i++) {
      const word = streams.reduce((all, stream) => all ^ stream.bits(), 0);
      for (let bit = 0; bit < 32; bit++) set[bit]! += (word >>> bit) & 1;
    }
    for (const count of set) expect(Math.abs(count - DRAWS / 2)).toBeLessThan(4 * Math.sqrt(DRAWS / 4));
  });
});

describe('the check of signs', () => {
  it('rejects a linear generator that is seeded by the keys: four replications multiply to 1 on every draw', () => {
    const generators = [0, 1, 2, 3].map((r) => seedrandom.xor128(`1/${r}/traffic/images/arrivals`).quick);
    expect(signProduct(generators)).toBe(1);
  });

  it('rejects it for two replications of two platforms', () => {
    const generators = [0, 1].flatMap((r) =>
      ['a', 'b'].map((platform) => seedrandom.xor128(`1/${r}/platform/${platform}/cold start`).quick),
    );
    expect(signProduct(generators)).toBe(1);
  });

  it('rejects a stream that is compared with itself', () => {
    expect(signProduct([streamOf(1, 0, 'x'), streamOf(1, 0, 'x')])).toBe(1);
  });
});
