import seedrandom from 'seedrandom';

export type Seed = number | string;

/**
 * A stream of random numbers: xoshiro128** (Blackman and Vigna, "Scrambled linear pseudorandom number
 * generators", ACM TOMS 47, 2021), four words of 32 bits, period 2^128 - 1.
 */
export class Stream {
  /** Open to loops that draw many words with the state in registers. */
  readonly state: Int32Array;

  /** @param state four 32-bit words, not all zero */
  constructor(state: ArrayLike<number>) {
    this.state = Int32Array.of(state[0]!, state[1]!, state[2]!, state[3]!);
  }

  /** The next 32 bits, as a signed integer. */
  bits(): number {
    const state = this.state;
    const s1 = state[1]!;
    const s2 = state[2]! ^ state[0]!;
    const s3 = state[3]! ^ s1;
    state[1] = s1 ^ s2;
    state[0] = state[0]! ^ s3;
    state[2] = s2 ^ (s1 << 9);
    state[3] = (s3 << 11) | (s3 >>> 21);
    const x = Math.imul(s1, 5);
    return Math.imul((x << 7) | (x >>> 25), 9);
  }

  /** The next uniform number in [0, 1), a multiple of 2^-53. */
  uniform(): number {
    const high = this.bits() >>> 5;
    const low = this.bits() >>> 6;
    return (high * 67108864 + low) * 2 ** -53;
  }

  /** The next uniform number in (0, 1): the middles of 2^52 equal cells, for logarithms. */
  open(): number {
    const high = this.bits() >>> 6;
    const low = this.bits() >>> 6;
    return (high * 67108864 + low + 0.5) * 2 ** -52;
  }

  /** The next whole number in 0 .. n - 1 (bias below n / 2^53). */
  index(n: number): number {
    return Math.floor(this.uniform() * n);
  }
}

/** Gives the stream of a name within one replication of one seed. */
export type Streams = (name: string) => Stream;

/**
 * The named streams of a replication. Every name has a stream of its own, so that adding a platform or a source
 * disturbs no other. The key (seed, replication, name), each part closed by NUL, is hashed by seedrandom's default
 * generator, ARC4, whose key schedule is not linear: words from a linear generator seeded by similar keys would be
 * linearly dependent between replications. Without the NULs, keys that repeat a word ("1", "11") would be one key.
 */
export function streamsOf(seed: Seed, replication: number): Streams {
  return (name) => {
    const parts = [String(seed), String(replication), name];
    const hash = seedrandom(parts.map((part) => `${encodeURIComponent(part)}\0`).join(''));
    return new Stream([hash.int32(), hash.int32(), hash.int32(), hash.int32()]);
  };
}
