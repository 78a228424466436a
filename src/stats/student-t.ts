import tQuantile from '@stdlib/stats-base-dists-t-quantile';

/**
 * The p-quantile of Student's t.
 * @param p in (0, 1)
 * @param freedom degrees of freedom, at least 1
 */
export function studentT(p: number, freedom: number): number {
  return tQuantile(p, freedom);
}
