import type * as z from 'zod';
import { whole } from '../../core/fields.ts';
import { hardwareRate, runKeys, secondsOnHardware } from '../hardware.ts';
import {
  always,
  background,
  type CommonInput,
  checkKeepWarm,
  coldStart,
  instanceWindow,
  MAX_CONTAINERS,
  warnOfLimits,
} from '../keys.ts';
import type { PlatformKind } from '../kind.ts';
import { runWords } from '../price-words.ts';
import { predictionKeys, predictionPolicy } from '../replicate-predictions.ts';
import { runCharge } from '../usage.ts';

const keys = () => ({
  ...runKeys,
  warm_instances: whole(0, MAX_CONTAINERS).optional(),
  max_instances: whole(1, MAX_CONTAINERS).optional(),
  instance_idle_timeout: instanceWindow.optional(),
  cold_start: coldStart.optional(),
  background: background.optional(),
  ...predictionKeys,
});

type Input = CommonInput & z.output<z.ZodObject<ReturnType<typeof keys>>>;

export interface Terms {
  usd_per_run_second: number;
}

/** A community model on Replicate: a shared pool with few warm instances; only the run of a prediction is charged. */
export const replicateCommunity: PlatformKind<Input, Terms> = {
  keys,
  serves: ['requests'],
  resolve(input, context) {
    const { hardware, usd_per_run_second: written, warm_instances: warm = 0, max_instances: max = 8 } = input;
    checkKeepWarm(context, ['warm_instances'], always(warm), { key: 'max_instances', value: max });
    warnOfLimits(context, input, always(warm));
    return {
      policy: {
        keep_warm: always(warm),
        max_containers: max,
        cold_start: input.cold_start ?? { distribution: 'constant', value: 120 },
        idle_window: input.instance_idle_timeout ?? { distribution: 'constant', value: 180 },
        ...predictionPolicy(input),
      },
      seconds_per_image: secondsOnHardware(input, context),
      terms: { usd_per_run_second: hardwareRate({ hardware, written }, 'usd_per_run_second', context) },
      background: input.background === 'none' ? undefined : input.background,
    };
  },
  priceWords: ({ usd_per_run_second }) => runWords(usd_per_run_second),
  charge: (terms, usage) => runCharge(usage, terms.usd_per_run_second),
};
