import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { streamsOf } from '../../src/random/stream.ts';
import { exponential, normal } from '../../src/random/ziggurat.ts';
import { EXACT_MAX, mergeSamples, quantile, type Sample, SampleBuilder } from '../../src/stats/sample.ts';

/** Percentiles that are reported, as whole percents: ranks are then a matter of whole numbers. */
const PERCENTS = [50, 95, 99];

function sampleOf(values: Iterable<number>): Sample {
  const builder = new SampleBuilder();
  for (const value of values) builder.add(value);
  return builder.take();
}

/** The least value with at least so many percent of all values at or below it, by counting. */
function byCounting(values: readonly number[], percent: number): number | undefined {
  const enough = values.filter((x) => values.filter((y) => y <= x).length * 100 >= percent * values.length);
  return enough.length === 0 ? undefined : Math.min(...enough);
}

/** The same, from sorted values. */
function nearestRank(sorted: Float64Array, percent: number): number {
  return sorted[Math.max(1, Math.ceil((percent * sorted.length) / 100)) - 1]!;
}

const value = fc.oneof(fc.nat(12), fc.nat(), fc.integer({ min: 0, max: 2 ** 53 }));

describe('a sample of at most 4,096 values', () => {
  it('gives the nearest-rank percentile exactly, whatever the order of the values', () => {
    const law = fc.property(
      fc.array(value, { maxLength: 60 }),
      fc.integer({ min: 1, max: 100 }),
      (values, percent) => {
        expect(quantile(sampleOf(values), percent / 100)).toBe(byCounting(values, percent));
      },
    );
    fc.assert(law, { seed: 4, numRuns: 400 });
  });

  it('keeps all values, sorted', () => {
    const law = fc.property(fc.array(value, { maxLength: 60 }), (values) => {
      const sorted = Float64Array.from(values).sort();
      expect(sampleOf(values)).toEqual({ count: values.length, values: sorted });
    });
    fc.assert(law, { seed: 5 });
  });

  it('gives the same percentiles when its values stay as they came, and merges to the same', () => {
    const law = fc.property(
      fc.array(value, { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 100 }),
      (values, percent) => {
        const builder = new SampleBuilder();
        for (const one of values) builder.add(one);
        const unsorted = builder.takeUnsorted();
        expect(unsorted).toEqual({ count: values.length, unsorted: Float64Array.from(values) });
        expect(quantile(unsorted, percent / 100)).toBe(quantile(sampleOf(values), percent / 100));
        expect(mergeSamples([unsorted])).toEqual(sampleOf(values));
        expect(mergeSamples([unsorted, unsorted])).toEqual(sampleOf([...values, ...values]));
      },
    );
    fc.assert(law, { seed: 8 });
  });

  const valuesOf = (count: number, k: number) => Array.from({ length: count }, (_, i) => 1000 * k + i);

  it('is not changed by what its builder collects after it, whatever that is', () => {
    // Enough of them that memory is shared, and ends of blocks.
    const counts = [
      ...Array<number>(16).fill(600),
      ...[1, EXACT_MAX + 1, 513, EXACT_MAX, 600, EXACT_MAX, EXACT_MAX, 511, 0, 4000, EXACT_MAX - 600],
      ...[3000, 1098, 9000, 97, EXACT_MAX + 1, EXACT_MAX, EXACT_MAX, 20, 6000, 1096, EXACT_MAX, 7],
    ];
    const builder = new SampleBuilder();
    const samples = counts.map((count, k) => {
      for (const one of valuesOf(count, k)) builder.add(one);
      return k % 7 === 2 ? builder.take() : builder.takeUnsorted();
    });
    for (const [k, sample] of samples.entries())
      expect(mergeSamples([sample])).toEqual(sampleOf(valuesOf(counts[k]!, k)));
  });

  it.each([
    [1, 1],
    [24, 0],
    [24, 3],
    [2, 600],
    [24, 600],
    [100, 600],
    [24, 4000],
  ])('keeps at most twice the memory of its values alive: %i of %i', (samples, count) => {
    const builder = new SampleBuilder();
    const buffers = new Set<ArrayBufferLike>();
    for (let k = 0; k < samples; k++) {
      for (const one of valuesOf(count, k)) builder.add(one);
      buffers.add(builder.takeUnsorted().unsorted!.buffer);
    }
    const bytes = Array.from(buffers, (one) => one.byteLength).reduce((sum, one) => sum + one);
    expect(bytes).toBeLessThanOrEqual(2 * 8 * samples * count);
  });

  it('has no percentile when it is empty', () => {
    expect(quantile(sampleOf([]), 0.95)).toBeUndefined();
    expect(quantile(mergeSamples([]), 0.5)).toBeUndefined();
    expect(mergeSamples([])).toEqual({ count: 0, values: new Float64Array(0) });
  });

  it('is exact to the last value: 4,096 of them, not 4,097', () => {
    const numbers = Array.from({ length: EXACT_MAX + 1 }, (_, i) => (i * 7919) % (EXACT_MAX + 1));
    expect(sampleOf(numbers.slice(1)).values).toHaveLength(4096);
    expect(sampleOf(numbers).values).toBeUndefined();
    expect(sampleOf(numbers).count).toBe(4097);
  });
});

describe('the rank of a percentile', () => {
  const numbers = Float64Array.from({ length: 5000 }, (_, i) => i + 1);

  it.each(PERCENTS)(
    'of %i %% is ceil(percent n / 100) in whole numbers, for every n up to 5,000',
    (percent) => {
      const wrong: number[] = [];
      for (let n = 1; n <= numbers.length; n++) {
        const found = quantile({ count: n, values: numbers.subarray(0, n) }, percent / 100);
        if (found !== Math.floor((percent * n + 99) / 100)) wrong.push(n);
      }
      expect(wrong).toEqual([]);
    },
  );

  it.each(PERCENTS)('of %i %% is right in a histogram too, up to counts of 10^12', (percent) => {
    for (let n = 100; n <= 1e12; n *= 10) {
      const rank = (n / 100) * percent;
      const split = (below: number): Sample => ({
        count: n,
        histogram: {
          cells: Uint16Array.of(600, 700),
          counts: Float64Array.of(below, n - below),
          representatives: Float64Array.of(2.2, 3),
          areEqual: Uint8Array.of(1, 1),
        },
      });
      const low = 2.2;
      expect(quantile(split(rank), percent / 100), `${rank} of ${n} are low`).toBe(low);
      expect(quantile(split(rank - 1), percent / 100), `${rank - 1} of ${n} are low`).not.toBe(low);
    }
  });

  it('of p = 1 is the last and of a tiny p the first', () => {
    for (const n of [1, 2, 19, 20, 21, 4096]) {
      const sample = { count: n, values: numbers.subarray(0, n) };
      expect(quantile(sample, 1)).toBe(n);
      expect(quantile(sample, 1e-9)).toBe(1);
    }
  });

  it('does not move in a run of equal values', () => {
    for (let equal = 1; equal <= 20; equal++) {
      const values = Array.from({ length: 20 }, (_, i) => (i < equal ? 7 : 9 + i));
      for (const percent of PERCENTS)
        expect(quantile(sampleOf(values), percent / 100)).toBe(byCounting(values, percent));
    }
  });
});

const COUNT = 20_000;
const stream = streamsOf('samples', 0)('values');
const laws: Record<string, () => number> = {
  'a lognormal law': () => Math.round(8e6 * Math.exp(normal(stream))),
  'a wide lognormal law': () => Math.round(1e6 * Math.exp(4 * normal(stream))),
  'an exponential law': () => Math.round(6e6 * exponential(stream)),
  'a constant': () => 6e6,
  'whole seconds': () => 1e6 * (1 + stream.index(40)),
  'two far peaks': () => Math.round((stream.uniform() < 0.93 ? 1e4 : 9e9) * (1 + 0.01 * normal(stream))),
  'tiny values': () => stream.index(7),
  'values around powers of two': () => 2 ** stream.index(50) + stream.index(3) - 1,
  'huge values': () => Math.round(2 ** 53 * stream.uniform()),
  'the largest values': () => 2 ** 53 - stream.index(3),
};

/** Number of a cell, by arithmetic in place of bits. */
function cellOf(value: number): number {
  if (value === 0) return 0;
  let octave = 0;
  while (2 ** (octave + 1) <= value) octave++;
  return 1 + 512 * octave + Math.floor(512 * (value / 2 ** octave - 1));
}

/** Middle of a cell; of that of 0, which holds nothing else, 0. */
function middleOf(cell: number): number {
  return cell === 0 ? 0 : 2 ** Math.floor((cell - 1) / 512) * (1 + (((cell - 1) % 512) + 0.5) / 512);
}

it('a histogram takes the values of a cell for the one next to its middle, or for the middle if they lie about it', () => {
  // About a few edges, many of them equal: there are cells of one value, of equal ones and of different ones.
  const value = fc
    .tuple(fc.constantFrom(0, 1, 700, 2 ** 20, 2 ** 21 - 4096, 2 ** 52), fc.nat(5000))
    .map(([edge, more]) => (more % 3 === 0 ? edge : edge + more));
  /** More than are kept one by one, in a cell of their own. */
  const others = Array<number>(EXACT_MAX + 1).fill(2 ** 40);
  const law = fc.property(fc.array(value, { maxLength: 300 }), fc.nat(300), (values, cut) => {
    const whole = sampleOf([...others, ...others, ...values]);
    const parts = [values.slice(0, cut), values.slice(cut)].map((part) => sampleOf([...others, ...part]));
    const held = new Map<number, number[]>();
    for (const one of [...others, ...others, ...values]) {
      const own = held.get(cellOf(one));
      if (own) own.push(one);
      else held.set(cellOf(one), [one]);
    }
    const expected = Array.from(held)
      .sort(([a], [b]) => a - b)
      .map(([cell, own]) => {
        const rising = own.toSorted((a, b) => a - b);
        const [low, middle, high] = [rising[0]!, middleOf(cell), rising.at(-1)!];
        const representative = Math.max(low, Math.min(middle, high));
        return [cell, own.length, representative, low === high ? 1 : 0];
      });
    for (const { histogram } of [whole, mergeSamples(parts)]) {
      const { cells, counts, representatives, areEqual } = histogram!;
      assert.deepEqual(
        Array.from(cells, (cell, i) => [cell, counts[i], representatives[i], areEqual[i]]),
        expected,
      );
    }
  });
  fc.assert(law, { seed: 9, numRuns: 30 });
});

it.each([
  [1, 2],
  [-1, -2],
])(
  'a histogram sees a value nearer to the middle, %i of it, though a hundred had come before at %i',
  (near, far) => {
    // All in one octave, of 512 cells 2,048 wide.
    const middle = (i: number) => 2 ** 20 + 2048 * (i % 512) + 1024;
    const many = Array.from({ length: 60_000 }, (_, i) => middle(i) + far * (1 + (i % 500)));
    const nearest = Array.from({ length: 512 }, (_, i) => middle(i) + near);
    const { histogram } = sampleOf([...many, ...nearest]);
    expect(Array.from(histogram!.representatives)).toEqual(nearest);
  },
);

it.each([
  [2 ** 31 - 1, 15],
  [2 ** 31, 19],
  [3 * 2 ** 31, 19],
])('a histogram of two times %i values has every one, and %i bytes a cell, in one piece', (half, bytes) => {
  const one = sampleOf(Array<number>(EXACT_MAX + 1).fill(7));
  const many = { ...one, count: half, histogram: { ...one.histogram!, counts: Float64Array.of(half) } };
  const { count, histogram } = mergeSamples([many, many]);
  expect([count, histogram!.counts[0]]).toEqual([2 * half, 2 * half]);
  const views = [histogram!.cells, histogram!.counts, histogram!.representatives, histogram!.areEqual];
  expect(views.map(({ buffer }) => buffer.byteLength)).toEqual(Array(4).fill(bytes));
  expect(new Set(views.map(({ buffer }) => buffer)).size).toBe(1);
});

it('a histogram takes values below 1 for the least of them', () => {
  const values = Array.from({ length: EXACT_MAX + 1 }, (_, i) => 0.25 + (i % 7) / 10);
  expect(quantile(sampleOf(values), 0.95)).toBe(0.25);
});

describe.each(Object.entries(laws))('a histogram of %s', (_, draw) => {
  const values = Float64Array.from({ length: COUNT }, draw);
  const sorted = values.toSorted();
  const sample = sampleOf(values);

  it('counts every value once', () => {
    expect(sample.count).toBe(COUNT);
    const [cells, counts] = [sample.histogram!.cells, Array.from(sample.histogram!.counts)];
    expect(counts.reduce((sum, count) => sum + count)).toBe(COUNT);
    expect(cells.every((cell, i) => i === 0 || cell > cells[i - 1]!)).toBe(true);
    expect(counts.every((count) => count > 0)).toBe(true);
  });

  it('gives every percentile within 0.1 %', () => {
    for (let percent = 1; percent <= 100; percent++) {
      const exact = nearestRank(sorted, percent);
      const off = Math.abs(quantile(sample, percent / 100)! - exact);
      expect(off, `${percent} %, which is ${exact}`).toBeLessThanOrEqual(0.001 * exact);
    }
  });
});
