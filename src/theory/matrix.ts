/** A dense matrix, a list of rows. */
export type Matrix = readonly (readonly number[])[];

/** a b. */
export function multiply(a: Matrix, b: Matrix): number[][] {
  return a.map((row) => vectorTimes(row, b));
}

/** The row vector v m. */
export function vectorTimes(v: readonly number[], m: Matrix): number[] {
  return m[0]!.map((_, j) => v.reduce((sum, value, i) => sum + value * m[i]![j]!, 0));
}

/** The column vector m v. */
export function timesVector(m: Matrix, v: readonly number[]): number[] {
  return m.map((row) => dot(row, v));
}

/** The inner product of two vectors. */
export function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

/** The matrix with the entries f(i, j), n by n. */
export function square(n: number, f: (i: number, j: number) => number): number[][] {
  return Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => f(i, j)));
}

/** The inverse, by Gauss-Jordan elimination with partial pivoting. */
export function inverse(m: Matrix): number[][] {
  const n = m.length;
  const rows = m.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(rows[i]![k]!) > Math.abs(rows[best]![k]!)) best = i;
    const pivot = rows[best]!;
    rows[best] = rows[k]!;
    const scaled = pivot.map((value) => value / pivot[k]!);
    rows[k] = scaled;
    for (let i = 0; i < n; i++) {
      const row = rows[i]!;
      if (i !== k) rows[i] = row.map((value, j) => value - row[k]! * scaled[j]!);
    }
  }
  return rows.map((row) => row.slice(n));
}
