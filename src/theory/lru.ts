/**
 * Chance that a request finds its item in a cache of the least recently used kind, requests being independent with
 * probabilities p: W. F. King, "Analysis of demand paging algorithms", IFIP 1971. The cache holds the items i1, i2, ...
 * (the latest first) with probability p(i1) x p(i2) / (1 - p(i1)) x p(i3) / (1 - p(i1) - p(i2)) x ...
 */
export function lruHits(p: readonly number[], size: number): number {
  const visit = (held: readonly number[], weight: number, mass: number): number => {
    if (held.length === Math.min(size, p.length)) return weight * mass;
    return p.reduce((sum, chance, item) => {
      if (held.includes(item)) return sum;
      return sum + visit([...held, item], (weight * chance) / (1 - mass), mass + chance);
    }, 0);
  };
  return visit([], 1, 0);
}

/** Probabilities in proportion to 1 / k^exponent, k = 1 .. count. */
export function zipf(count: number, exponent: number): number[] {
  const weights = Array.from({ length: count }, (_, k) => (k + 1) ** -exponent);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}
