import type { SloQuantity } from '../scenario/slo.ts';
import type { Estimate } from '../stats/estimate.ts';
import type { Estimated } from './summary.ts';

export type SloAnswer = 'met' | 'missed' | 'too close to call';

/** Whether an estimate is below its bound: by its interval if it has one, else by its value. Undefined without data. */
export function sloAnswer(
  estimates: Readonly<Record<Estimated, Estimate>>,
  quantity: SloQuantity,
  bound_s: number,
): SloAnswer | undefined {
  const { value, low, high } = estimates[`${quantity}_s`];
  if (value === null) return undefined;
  if ((high ?? value) <= bound_s) return 'met';
  return (low ?? value) > bound_s ? 'missed' : 'too close to call';
}
