import type { Matrix } from './matrix.ts';

/**
 * Stationary distribution of an irreducible Markov chain, from its rates (continuous time) or transition
 * probabilities (discrete time); only off-diagonal entries are read. No subtraction, so no cancellation.
 * Source: Grassmann, Taksar & Heyman, "Regenerative analysis and steady state distributions for Markov
 * chains", Operations Research 33 (1985).
 */
export function stationary(rates: Matrix): number[] {
  const a = rates.map((row) => Float64Array.from(row));
  const exits = new Float64Array(a.length);
  for (let n = a.length - 1; n > 0; n--) {
    const row = a[n]!;
    const targets: number[] = [];
    for (let j = 0; j < n; j++) if (row[j]! > 0) targets.push(j);
    exits[n] = targets.reduce((sum, j) => sum + row[j]!, 0);
    for (let i = 0; i < n; i++) {
      const from = a[i]!;
      if (from[n]! === 0) continue;
      const share = from[n]! / exits[n]!;
      for (const j of targets) from[j] = from[j]! + share * row[j]!;
    }
  }
  const weights = [1];
  for (let n = 1; n < a.length; n++) {
    let inflow = 0;
    for (let i = 0; i < n; i++) inflow += weights[i]! * a[i]![n]!;
    weights.push(inflow / exits[n]!);
  }
  const total = weights.reduce((sum, w) => sum + w, 0);
  return weights.map((w) => w / total);
}

/**
 * Uniformization: sum over j of P(Poisson(x) = j) P^j v, which is exp(x (P - I)) v, for a non-negative matrix
 * P given by its action `step`. Long spans are cut in parts so that exp(-x) does not underflow.
 * Source: Jensen, "Markoff chains as an aid in the study of Markoff processes" (1953).
 */
export function uniformized(step: (v: number[]) => number[], x: number, v: readonly number[]): number[] {
  const parts = Math.max(1, Math.ceil(x / 400));
  const y = x / parts;
  const terms = Math.ceil(y + 10 * Math.sqrt(y) + 20);
  let result = [...v];
  for (let part = 0; part < parts; part++) {
    let term = result.map((value) => value * Math.exp(-y));
    const sum = [...term];
    for (let j = 1; j <= terms; j++) {
      term = step(term);
      for (let i = 0; i < term.length; i++) {
        term[i] = (term[i]! * y) / j;
        sum[i] = sum[i]! + term[i]!;
      }
    }
    result = sum;
  }
  return result;
}
