import type * as z from 'zod';
import { whole } from '../../core/fields.ts';
import { hardwareRate, runKeys } from '../hardware.ts';
import { always, type CommonInput, coldStart, MAX_CONTAINERS } from '../keys.ts';
import type { PlatformKind } from '../kind.ts';
import { runWords } from '../price-words.ts';
import { predictionKeys, predictionPolicy } from '../replicate-predictions.ts';
import { runCharge } from '../usage.ts';

const keys = () => ({
  ...runKeys,
  max_instances: whole(1, MAX_CONTAINERS).optional(),
  cold_start: coldStart.optional(),
  ...predictionKeys,
});

type Input = CommonInput & z.output<z.ZodObject<ReturnType<typeof keys>>>;

export interface Terms {
  usd_per_run_second: number;
}

/** Managed trainings on Replicate: every job has an instance of its own, and its run is charged; its boot is not. */
export const replicateTraining: PlatformKind<Input, Terms> = {
  keys,
  serves: ['training'],
  resolve(input, context) {
    const { hardware, usd_per_run_second: written } = input;
    return {
      policy: {
        keep_warm: always(0),
        max_containers: input.max_instances ?? 32,
        cold_start: input.cold_start ?? { distribution: 'constant', value: 60 },
        idle_window: { distribution: 'constant', value: 0 },
        ...predictionPolicy(input),
        // The half hour is for predictions: trainings run longer.
        timeout_s: input.timeout ?? Number.POSITIVE_INFINITY,
      },
      seconds_per_image: 1,
      terms: { usd_per_run_second: hardwareRate({ hardware, written }, 'usd_per_run_second', context) },
    };
  },
  priceWords: ({ usd_per_run_second }) => runWords(usd_per_run_second),
  charge: (terms, usage) => runCharge(usage, terms.usd_per_run_second),
};
