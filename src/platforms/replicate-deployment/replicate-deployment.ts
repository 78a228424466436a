import type * as z from 'zod';
import { whole } from '../../core/fields.ts';
import type { KeepWarmEntry } from '../../pool/policy.ts';
import { aliveKeys, hardwareRate, secondsOnHardware } from '../hardware.ts';
import {
  always,
  type CommonInput,
  checkKeepWarm,
  coldStart,
  instanceWindow,
  keepWarm,
  MAX_CONTAINERS,
  ownPoolKeys,
  warnOfLimits,
} from '../keys.ts';
import type { PlatformKind } from '../kind.ts';
import { aliveWords } from '../price-words.ts';
import { predictionKeys, predictionPolicy } from '../replicate-predictions.ts';
import { aliveCharge } from '../usage.ts';

const keys = () => ({
  ...aliveKeys,
  min_instances: keepWarm.optional(),
  max_instances: whole(1, MAX_CONTAINERS).optional(),
  instance_idle_timeout: instanceWindow.optional(),
  cold_start: coldStart.optional(),
  ...predictionKeys,
  ...ownPoolKeys,
});

type Input = CommonInput & z.output<z.ZodObject<ReturnType<typeof keys>>>;

export interface Terms {
  usd_per_second: number;
}

/** A deployment, or a private model, on Replicate: instances of one's own, charged for setup, work and idle time. */
export const replicateDeployment: PlatformKind<Input, Terms> = {
  keys,
  serves: ['requests', 'training'],
  resolve(input, context) {
    const { hardware, usd_per_second: written, max_instances: max = 5 } = input;
    const keep: KeepWarmEntry[] = input.min_instances ?? always(0);
    checkKeepWarm(context, ['min_instances'], keep, { key: 'max_instances', value: max });
    warnOfLimits(context, input, keep);
    return {
      policy: {
        keep_warm: keep,
        max_containers: max,
        cold_start: input.cold_start ?? { distribution: 'constant', value: 60 },
        idle_window: input.instance_idle_timeout ?? { distribution: 'constant', value: 300 },
        ...predictionPolicy(input),
      },
      seconds_per_image: secondsOnHardware(input, context),
      terms: { usd_per_second: hardwareRate({ hardware, written }, 'usd_per_second', context) },
      poolPerAdapter: input.pool_per_adapter ?? false,
    };
  },
  priceWords: ({ usd_per_second }) => aliveWords(usd_per_second),
  charge: (terms, usage) => aliveCharge(usage, terms.usd_per_second),
};
