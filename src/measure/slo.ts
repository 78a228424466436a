import type { SloQuantity } from '../scenario/slo.ts';
import type { Summary } from './summary.ts';

export type SloAnswer = 'met' | 'missed' | 'too close to call';

/** A platform that turns away more than this share of the requests misses every SLO, and is not compared in cost. */
export const TURNED_AWAY_SHARE = 0.01;

/** Whether an estimate is below its bound: by its interval if it has one, else by its value. Undefined without data. */
export function sloAnswer(
  { estimates, turnedAway }: Summary,
  quantity: SloQuantity,
  bound_s: number,
): SloAnswer | undefined {
  const { value, low, high } = estimates[`${quantity}_s`];
  if (value === null) return undefined;
  if (turnedAway > TURNED_AWAY_SHARE) return 'missed';
  if ((high ?? value) <= bound_s) return 'met';
  return (low ?? value) > bound_s ? 'missed' : 'too close to call';
}
