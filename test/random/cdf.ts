/** Distribution functions by textbook formulas, none of them shared with the code under test. */
export type Cdf = (x: number) => number;

/** ln Gamma(x), x > 0: Stirling's series after the recurrence has raised x to 12 (Abramowitz and Stegun 6.1.41). */
export function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  for (; z < 12; z++) shift += Math.log(z);
  const r = 1 / (z * z);
  const series = (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r / 1680))) / z;
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - shift;
}

/**
 * The regularised lower incomplete gamma function P(a, x): its series (Abramowitz and Stegun 6.5.29), and for x > a + 1
 * one minus the continued fraction (6.5.31) by Lentz's method.
 */
export function gammaP(a: number, x: number): number {
  if (x <= 0) return 0;
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x <= a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let k = 1; term > sum * 1e-16; k++) {
      term *= x / (a + k);
      sum += term;
    }
    return front * sum;
  }
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1; k < 1000; k++) {
    const numerator = k * (a - k);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return 1 - front * fraction;
}

export const normalCdf: Cdf = (x) =>
  x < 0 ? (1 - gammaP(0.5, (x * x) / 2)) / 2 : (1 + gammaP(0.5, (x * x) / 2)) / 2;

export function uniformCdf(min: number, max: number): Cdf {
  return (x) => Math.min(1, Math.max(0, (x - min) / (max - min)));
}

export function exponentialCdf(mean: number): Cdf {
  return (x) => (x <= 0 ? 0 : -Math.expm1(-x / mean));
}

export function lognormalCdf(mean: number, cv: number): Cdf {
  const variance = Math.log(1 + cv ** 2);
  return (x) => (x <= 0 ? 0 : normalCdf((Math.log(x / mean) + variance / 2) / Math.sqrt(variance)));
}

export function gammaCdf(mean: number, cv: number): Cdf {
  return (x) => gammaP(cv ** -2, x / (mean * cv ** 2));
}

export function weibullCdf(mean: number, shape: number): Cdf {
  const scale = mean / Math.exp(logGamma(1 + 1 / shape));
  return (x) => (x <= 0 ? 0 : -Math.expm1(-((x / scale) ** shape)));
}

/** Two exponentials that each bring half of the mean; the one that comes with chance p has mean / (2 p). */
export function hyperexponentialCdf(mean: number, cv: number): Cdf {
  const p = (1 + Math.sqrt((cv ** 2 - 1) / (cv ** 2 + 1))) / 2;
  return mixtureCdf([
    [p, exponentialCdf(mean / (2 * p))],
    [1 - p, exponentialCdf(mean / (2 * (1 - p)))],
  ]);
}

export function mixtureCdf(parts: readonly (readonly [weight: number, cdf: Cdf])[]): Cdf {
  return (x) => parts.reduce((sum, [weight, cdf]) => sum + weight * cdf(x), 0);
}
