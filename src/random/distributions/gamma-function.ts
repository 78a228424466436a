const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** Gamma(x) for x >= 1, relative error below 1e-13 (Lanczos' approximation, g = 7, nine terms). */
export function gammaFunction(x: number): number {
  const t = x + 6.5;
  const series = LANCZOS.reduce((sum, term, k) => sum + (k === 0 ? term : term / (x - 1 + k)), 0);
  return Math.sqrt(2 * Math.PI) * t ** (x - 0.5) * Math.exp(-t) * series;
}
