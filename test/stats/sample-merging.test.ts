import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { streamsOf } from '../../src/random/stream.ts';
import { exponential } from '../../src/random/ziggurat.ts';
import { EXACT_MAX, mergeSamples, quantile, type Sample, SampleBuilder } from '../../src/stats/sample.ts';

const stream = streamsOf('merging', 0)('values');
const values = Float64Array.from({ length: 9000 }, () => Math.round(6e6 * exponential(stream)));

function sampleOf(part: Iterable<number>): Sample {
  const builder = new SampleBuilder();
  for (const value of part) builder.add(value);
  return builder.take();
}

/** The first values, cut at the given places. */
function parts(count: number, cuts: readonly number[]): Float64Array[] {
  const edges = [0, ...cuts.map((cut) => cut % (count + 1)).sort((a, b) => a - b), count];
  return edges.slice(1).map((end, i) => values.subarray(edges[i]!, end));
}

/** Counts on both sides of the largest sample that is exact. */
const count = fc.oneof(
  fc.integer({ min: EXACT_MAX - 3, max: EXACT_MAX + 3 }),
  fc.nat(EXACT_MAX),
  fc.nat(values.length),
);
const cuts = fc.array(fc.nat(values.length), { maxLength: 6 });

describe('merging samples', () => {
  it('gives the sample of the whole, however it was cut and in whatever order the parts come', () => {
    const law = fc.property(count, cuts, fc.infiniteStream(fc.nat(1000)), (n, at, order) => {
      const samples = parts(n, at).map((part) => ({ part: sampleOf(part), place: order.next().value! }));
      const shuffled = samples.sort((a, b) => a.place - b.place).map(({ part }) => part);
      expect(mergeSamples(shuffled)).toEqual(sampleOf(values.subarray(0, n)));
    });
    fc.assert(law, { seed: 6, numRuns: 40 });
  });

  it('may be done in any groups: from the left, from the right, in pairs', () => {
    const law = fc.property(count, cuts, (n, at) => {
      const samples = parts(n, at).map(sampleOf);
      const left = samples.reduce((a, b) => mergeSamples([a, b]));
      const right = samples.reduceRight((a, b) => mergeSamples([b, a]));
      const middle = samples.length >> 1;
      const halves = mergeSamples([
        mergeSamples(samples.slice(0, middle)),
        mergeSamples(samples.slice(middle)),
      ]);
      expect(left).toEqual(sampleOf(values.subarray(0, n)));
      expect(right).toEqual(left);
      expect(halves).toEqual(left);
    });
    fc.assert(law, { seed: 7, numRuns: 20 });
  });

  it('stays exact when two halves make exactly 4,096 values, and not one more', () => {
    const half = sampleOf(values.subarray(0, 2048));
    expect(mergeSamples([half, half]).values).toHaveLength(4096);
    expect(mergeSamples([half, half, sampleOf([1])]).values).toBeUndefined();
  });

  it('with empty samples changes nothing', () => {
    for (const n of [0, 5, EXACT_MAX + 5]) {
      const sample = sampleOf(values.subarray(0, n));
      expect(mergeSamples([sampleOf([]), sample, sampleOf([])])).toEqual(sample);
    }
  });

  it('leaves its parts as they were', () => {
    const [a, b] = [sampleOf(values.subarray(0, 5000)), sampleOf(values.subarray(5000, 5100))];
    const before = structuredClone([a, b]);
    mergeSamples([a, b]);
    expect([a, b]).toEqual(before);
  });

  it('works on samples that went through a structured clone, as between threads', () => {
    const [a, b] = [sampleOf(values.subarray(0, 5000)), sampleOf(values.subarray(5000, 5100))];
    expect(mergeSamples(structuredClone([a, b]))).toEqual(mergeSamples([a, b]));
  });
});

describe('a builder', () => {
  it('is empty again after take, whether its sample was exact or a histogram', () => {
    const builder = new SampleBuilder();
    for (const n of [10, 5000, 20, 0, 4097, 4096]) {
      for (const value of values.subarray(0, n)) builder.add(value);
      expect(builder.take()).toEqual(sampleOf(values.subarray(0, n)));
    }
  });

  it('takes single values and samples in turn', () => {
    const builder = new SampleBuilder();
    builder.add(values[0]!);
    builder.addSample(sampleOf(values.subarray(1, 5001)));
    builder.add(values[5001]!);
    builder.addSample(sampleOf(values.subarray(5002, 5010)));
    expect(builder.take()).toEqual(sampleOf(values.subarray(0, 5010)));
  });

  it('forgets what a merge that failed had begun with', () => {
    const one = sampleOf(values.subarray(0, 10));
    expect(() => mergeSamples([one, null as unknown as Sample])).toThrow();
    expect(mergeSamples([one, one]).count).toBe(20);
  });

  it('takes a histogram of nothing for nothing', () => {
    const none = {
      cells: new Uint16Array(0),
      counts: new Uint32Array(0),
      representatives: new Float64Array(0),
      areEqual: new Uint8Array(0),
    };
    const nothing: Sample = { count: 0, histogram: none };
    const one = sampleOf(values.subarray(0, 10));
    expect(mergeSamples([nothing, one])).toEqual(one);
  });

  it('gives the same after values of every size', () => {
    const wide = sampleOf(Float64Array.from({ length: EXACT_MAX + 1 }, (_, i) => 2 ** (i % 53)));
    const narrow = [sampleOf(values.subarray(0, 4500)), sampleOf(values.subarray(4500))];
    const before = mergeSamples(narrow);
    expect(mergeSamples([wide, wide]).count).toBe(2 * wide.count);
    expect(mergeSamples(narrow)).toEqual(before);
    const [builder, many] = [new SampleBuilder(), Array.from(values)];
    builder.addSample(wide);
    builder.take();
    for (const value of many) builder.add(value);
    expect(builder.take()).toEqual(sampleOf(values));
  });
});

it('equal values come out exact, however many there are and however they were merged', () => {
  for (const value of [1, 3_500_000, 123_456_789.25]) {
    const half = new SampleBuilder();
    for (let i = 0; i < 5000; i++) half.add(value);
    const sample = half.take();
    for (const whole of [sample, mergeSamples([sample, sample])]) {
      for (const p of [0.01, 0.5, 0.95, 1]) expect(quantile(whole, p)).toBe(value);
    }
  }
});
