import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ARTICLE, claims, claimsText, figure } from '../scripts/claims.ts';
import { crossing, simulatedCosts, spreadsheet } from '../scripts/crossover-claims.ts';

const { H100, A100, A10G, replicateH100, price } = ARTICLE;

describe("the article's arithmetic", () => {
  test('gives the warm costs that it prints', () => {
    for (const { usd, seconds, warm } of [H100, A100, A10G]) expect(usd * seconds).toBeCloseTo(warm, 4);
    expect(3.5 * 0.001097).toBeCloseTo(0.0038395, 10);
    expect(3.5 * replicateH100).toBeCloseTo(0.005348, 10);
  });

  test('takes 8 s of cold start on every GPU', () => {
    expect(H100.cold / H100.usd).toBeCloseTo(8.022, 3);
    expect(A100.cold / A100.usd).toBeCloseTo(8.069, 3);
    expect(A10G.cold / A10G.usd).toBeCloseTo(7.843, 3);
  });

  test('contradicts its own 60 % and its own 30 to 50 %', () => {
    const rate = (3600 * A100.usd) / price;
    expect(rate).toBeCloseTo(83.28, 10);
    expect((rate * 6) / 36).toBeCloseTo(13.88, 10);
    expect(100 * (1 - H100.usd / replicateH100)).toBeCloseTo(28.2, 1);
    expect((600 * 6) / 3600).toBe(1);
  });
});

describe("the article's formula for Modal", () => {
  test('knows neither idle windows nor a second container', () => {
    expect([83.28, 360, 600, 900].map(spreadsheet)).toEqual(
      [2.4984, 2.4984, 2.4984, 3.7476].map((x) => expect.closeTo(x, 9)),
    );
    for (const traffic of ['poisson', 'bursty'] as const)
      for (const [k, cost] of simulatedCosts(traffic).entries())
        expect(cost).toBeGreaterThan(1.1 * spreadsheet([83.28, 360, 600, 900][k]!));
  });

  test('gives the crossovers that are printed beside the simulated ones', () => {
    expect(crossing('a100', 'fixed').formula).toBeCloseTo(83.28, 9);
    expect(crossing('a10g', 'fixed').formula).toBeCloseTo(36.72, 9);
    expect(crossing('h100', 'fixed').formula).toBeCloseTo(131.64, 9);
  });
});

describe('what the scenarios say', () => {
  test('is what docs/CLAIMS.md says', () => {
    expect(readFileSync(resolve(import.meta.dirname, '../docs/CLAIMS.md'), 'utf8')).toBe(claimsText());
  });

  test('a day of one warm A100 costs $59.9616, exactly', () => {
    expect(figure('quiet-day', 'a100', 'cost_usd_per_hour').value * 24).toBeCloseTo(59.9616, 9);
  });

  test('an isolated image with a window of 2 s costs (8 + 6 + 2) s of an A100, $0.011104, less than Replicate', () => {
    expect(figure('one-at-a-time', 'a100-2s', 'cost_usd_per_image').value).toBeCloseTo(16 * 0.000694, 9);
    expect(16 * 0.000694).toBeLessThan(price);
  });

  test('every claim has the verdict that was read and agreed to', () => {
    expect(
      Object.fromEntries(claims().map(({ number, verdict }) => [number, verdict.split(/[;:,]| if /)[0]])),
    ).toEqual({
      1: 'holds',
      2: 'holds',
      3: 'holds',
      4: 'holds',
      5: 'contradicted',
      6: 'holds',
      7: 'contradicted',
      8: 'contradicted',
      9: 'holds',
      10: 'contradicted in cost alone',
      11: 'holds',
      12: 'holds',
      13: 'holds',
      14: 'holds',
    });
  });
});
