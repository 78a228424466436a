/**
 * The point t >= 0 where a decreasing tail P(X > t) falls to 1 - p, by doubling and bisection (to about 1e-14
 * relative). If the tail is already that low at 0, the answer is 0.
 */
export function quantileFromTail(tail: (t: number) => number, p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError('p must lie strictly between 0 and 1');
  const target = 1 - p;
  if (tail(0) <= target) return 0;
  let low = 0;
  let high = 1;
  while (tail(high) > target) {
    low = high;
    high *= 2;
  }
  while (high - low > 1e-14 * high) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (tail(middle) > target) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * E[f(Y)] for Y exponential with mean 1, by the double exponential rule y = exp(u - exp(-u)).
 * Source: Takahasi & Mori, "Double exponential formulas for numerical integration" (1974).
 */
export function exponentialMean(f: (y: number) => number): number {
  const step = 1 / 64;
  let sum = 0;
  for (let u = -5; u <= 7; u += step) {
    const y = Math.exp(u - Math.exp(-u));
    sum += Math.exp(-y) * f(y) * y * (1 + Math.exp(-u));
  }
  return sum * step;
}
