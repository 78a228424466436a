/**
 * Expected number of arrivals in [from, to) seconds of a Poisson process with rate base + amplitude sin(2 pi
 * t / period) per second (amplitude <= base): the integral of the rate, with the difference of cosines
 * written as a product. Source: elementary calculus; Ross, "Introduction to Probability Models" (2014),
 * chapter 5.
 */
export function sineExpectedCount(
  from: number,
  to: number,
  base: number,
  amplitude: number,
  period: number,
): number {
  const half = (Math.PI * (to - from)) / period;
  const middle = (Math.PI * (to + from)) / period;
  return base * (to - from) + ((amplitude * period) / Math.PI) * Math.sin(middle) * Math.sin(half);
}
