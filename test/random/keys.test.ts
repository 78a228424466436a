import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Seed, streamsOf } from '../../src/random/stream.ts';

type Key = readonly [seed: Seed, replication: number, name: string];

/** The first 128 bits of a key's stream: two keys that share them are one stream. */
function first([seed, replication, name]: Key): string {
  const stream = streamsOf(seed, replication)(name);
  return [stream.bits(), stream.bits(), stream.bits(), stream.bits()].join();
}

function expectAllDifferent(keys: readonly Key[]): void {
  const seen = new Map<string, Key>();
  for (const key of keys) {
    expect(seen.get(first(key)), `${JSON.stringify(key)} is a stream of its own`).toBeUndefined();
    seen.set(first(key), key);
  }
}

describe('keys of streams', () => {
  it('that repeat a word are different: 1, 11, 111', () => {
    expectAllDifferent([1, 11, 111, 1111].flatMap((n) => [1, 11, 111].map((r) => [n, r, 'x'] as const)));
    expectAllDifferent(['', '1', '11', '111', '0', '00', 'ab', 'abab'].map((name) => [1, 1, name] as const));
  });

  it('that shift a character from one part to the next are different', () => {
    expectAllDifferent([
      [1, 11, 'a'],
      [11, 1, 'a'],
      ['1', 1, '1a'],
      ['a', 1, 'b'],
      ['a1', 1, 'b'],
      ['a', 11, 'b'],
      ['a', 1, '1b'],
      ['a', 1, ''],
      ['a\0', 1, ''],
      ['a\u00001', 1, ''],
      ['a\0', 1, '1\0'],
    ]);
  });

  it('that differ in case, accents or characters whose codes agree in the low byte are different', () => {
    const seeds = [
      'A',
      'a',
      '\u0141',
      '\u0241',
      '1',
      '\u0131',
      'é',
      'e\u0301',
      '💡',
      '💠',
      '\u0100',
      '\u0200',
    ];
    expectAllDifferent(seeds.map((seed) => [seed, 0, 'x'] as const));
    expectAllDifferent(seeds.map((name) => [1, 0, name] as const));
    expectAllDifferent(['%C4%B1', '%2', '%', '\u0131'].map((seed) => [seed, 0, 'x'] as const));
  });

  it('that are long and differ in one character, wherever it is, are different', () => {
    const long = 'a'.repeat(600);
    const changed = [0, 1, 255, 256, 257, 511, 512, 599].map(
      (i) => `${long.slice(0, i)}b${long.slice(i + 1)}`,
    );
    expectAllDifferent([long, `${long}a`, ...changed].map((seed) => [seed, 0, 'x'] as const));
    expectAllDifferent([long, `${long}a`, ...changed].map((name) => [1, 0, name] as const));
  });

  it('of 10,000 neighbouring seeds and replications are all different', () => {
    const keys = Array.from({ length: 10_000 }, (_, i): Key => [i % 100, Math.floor(i / 100), 'x']);
    expect(new Set(keys.map(first)).size).toBe(10_000);
  });

  it('are different whenever a part is different', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 12 });
    const key = fc.tuple(text, fc.nat(30), text);
    const law = fc.property(key, key, (a, b) => {
      fc.pre(a.some((part, i) => part !== b[i]));
      expect(first(a)).not.toBe(first(b));
    });
    fc.assert(law, { seed: 2, numRuns: 500 });
  });

  it('are the same for a number and its text', () => {
    for (const n of [0, 42, Number.MAX_SAFE_INTEGER])
      expect(first([n, 3, 'x'])).toBe(first([String(n), 3, 'x']));
  });

  it('give the same stream however often, and in whatever order, streams are asked for', () => {
    const streams = streamsOf(7, 2);
    const before = streams('a').bits();
    streams('b').uniform();
    Math.random();
    expect(streams('a').bits()).toBe(before);
    expect(streamsOf(7, 2)('a').bits()).toBe(before);
  });

  it('are part of the results: the first words of a known key stay what they are', () => {
    const stream = streamsOf(1, 0)('traffic/images/arrivals');
    expect([stream.bits() >>> 0, stream.bits() >>> 0]).toEqual([500402726, 3253001968]);
  });
});
