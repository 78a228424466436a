import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gammaFunction } from '../../src/random/distributions/gamma-function.ts';

/** Agrees to 12 digits. */
function expectNear(found: number, expected: number): void {
  expect(Math.abs(found / expected - 1)).toBeLessThan(1e-12);
}

describe('the gamma function', () => {
  it('is the factorial of the whole numbers', () => {
    let factorial = 1;
    for (let n = 1; n <= 12; n++) {
      expectNear(gammaFunction(n), factorial);
      factorial *= n;
    }
  });

  it('is sqrt(pi) / 2 at 3 / 2', () => {
    expectNear(gammaFunction(1.5), Math.sqrt(Math.PI) / 2);
  });

  it('grows by its argument: Gamma(x + 1) = x Gamma(x)', () => {
    const law = fc.property(fc.double({ min: 1, max: 11, noNaN: true }), (x) =>
      expectNear(gammaFunction(x + 1), x * gammaFunction(x)),
    );
    fc.assert(law, { seed: 23 });
  });

  it('obeys the duplication formula: Gamma(x) Gamma(x + 1/2) = 2^(1 - 2x) sqrt(pi) Gamma(2x)', () => {
    const law = fc.property(fc.double({ min: 1, max: 5.5, noNaN: true }), (x) =>
      expectNear(
        gammaFunction(x) * gammaFunction(x + 0.5),
        2 ** (1 - 2 * x) * Math.sqrt(Math.PI) * gammaFunction(2 * x),
      ),
    );
    fc.assert(law, { seed: 24 });
  });
});
