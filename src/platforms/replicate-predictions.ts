import { duration, oneOf, whole } from '../core/fields.ts';
import type { PoolPolicy } from '../pool/policy.ts';
import { type CommonInput, commonPolicy } from './keys.ts';

/** What Replicate's platforms share: the life of a prediction, and the limit on creating them. */

/** Keys of every platform that serves predictions. */
export const predictionKeys = {
  prediction_deadline: duration.optional(),
  creations_per_minute: whole(1, 1e9).optional(),
  on_429: oneOf(['retry', 'reject']).optional(),
};

type PredictionInput = CommonInput & {
  prediction_deadline?: number | undefined;
  creations_per_minute?: number | undefined;
  on_429?: 'retry' | 'reject' | undefined;
};

/** Creations a minute, beyond which Replicate answers 429; and how long a prediction may run (Replicate's documentation). */
const CREATIONS_PER_MINUTE = 600;
const LONGEST_RUN_S = 1800;

/** The common policy, with the limits of predictions. */
export function predictionPolicy(
  input: PredictionInput,
): ReturnType<typeof commonPolicy> & Pick<PoolPolicy, 'creations'> {
  const real = input.limits === 'real' ? CREATIONS_PER_MINUTE : undefined;
  const limit = input.creations_per_minute ?? real;
  return {
    ...commonPolicy(input, { timeout_s: LONGEST_RUN_S }),
    deadline_s: input.prediction_deadline ?? Number.POSITIVE_INFINITY,
    creations: limit === undefined ? undefined : { limit, period_s: 60, on_limit: input.on_429 ?? 'retry' },
  };
}
