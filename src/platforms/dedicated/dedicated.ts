import type * as z from 'zod';
import { number, text, whole } from '../../core/fields.ts';
import { always, type CommonInput, commonPolicy, MAX_CONTAINERS, secondsPerImage } from '../keys.ts';
import type { PlatformKind } from '../kind.ts';
import { aliveWords } from '../price-words.ts';
import { aliveCharge } from '../usage.ts';

const keys = () => ({
  machines: whole(1, MAX_CONTAINERS),
  usd_per_hour: number({ min: 0, max: 1e6 }),
  gpu: text('the name of a GPU', 64).optional(),
});

type Input = CommonInput & z.output<z.ZodObject<ReturnType<typeof keys>>>;

export interface Terms {
  usd_per_second: number;
}

/** Machines of one's own, rented or bought: always on, paid whether they work or not. */
export const dedicated: PlatformKind<Input, Terms> = {
  keys,
  serves: ['requests', 'training'],
  resolve(input, context) {
    return {
      policy: {
        keep_warm: always(input.machines),
        max_containers: input.machines,
        cold_start: { distribution: 'constant', value: 0 },
        idle_window: { distribution: 'constant', value: Number.POSITIVE_INFINITY },
        start: 'warm',
        ...commonPolicy(input),
      },
      seconds_per_image: secondsPerImage(input, context),
      terms: { usd_per_second: input.usd_per_hour / 3600 },
    };
  },
  priceWords: ({ usd_per_second }) => aliveWords(usd_per_second),
  charge: (terms, usage) => aliveCharge(usage, terms.usd_per_second),
};
