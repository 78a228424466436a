import type * as z from 'zod';
import { number, whole } from '../../core/fields.ts';
import type { SourceSpec } from '../../workload/source.ts';
import {
  always,
  background,
  type CommonInput,
  checkKeepWarm,
  coldStart,
  fromBook,
  instanceWindow,
  MAX_CONTAINERS,
  warnOfLimits,
} from '../keys.ts';
import type { PlatformKind, ResolveContext } from '../kind.ts';
import { runWords, usd } from '../price-words.ts';
import { lookUp } from '../prices/look-up.ts';
import { predictionKeys, predictionPolicy } from '../replicate-predictions.ts';
import { runCharge } from '../usage.ts';

const keys = () => ({
  price_per_image: number({ min: 0, max: 1000 }).optional(),
  usd_per_run_second: number({ min: 0, max: 1000 }).optional(),
  warm_instances: whole(0, MAX_CONTAINERS).optional(),
  max_instances: whole(1, MAX_CONTAINERS).optional(),
  instance_idle_timeout: instanceWindow.optional(),
  cold_start: coldStart.optional(),
  background: background.optional(),
  ...predictionKeys,
});

type Input = CommonInput & z.output<z.ZodObject<ReturnType<typeof keys>>>;

/** $ an output image, or $ a second of the prediction; the other is 0. */
export interface Terms {
  usd_per_image: number;
  usd_per_run_second: number;
}

/** Seconds for an image of a shared pool on H100, where a scenario says nothing. */
const SECONDS_PER_IMAGE = 3.5;

/** An official model on Replicate: a shared warm pool, billed per prediction; waiting and boots are the provider's. */
export const replicateOfficial: PlatformKind<Input, Terms> = {
  keys,
  serves: ['requests'],
  resolve(input, context) {
    const { warm_instances: warm = 16, max_instances: max = 256 } = input;
    const seconds_per_image = input.seconds_per_image ?? SECONDS_PER_IMAGE;
    checkKeepWarm(context, ['warm_instances'], always(warm), { key: 'max_instances', value: max });
    warnOfLimits(context, input, always(warm));
    return {
      policy: {
        keep_warm: always(warm),
        max_containers: max,
        cold_start: input.cold_start ?? { distribution: 'constant', value: 60 },
        idle_window: input.instance_idle_timeout ?? { distribution: 'constant', value: 300 },
        ...predictionPolicy(input),
      },
      seconds_per_image,
      terms: termsOf(input, context),
      background: backgroundOf(input, warm, seconds_per_image, context),
    };
  },
  priceWords: ({ usd_per_image, usd_per_run_second }) =>
    usd_per_run_second > 0 ? runWords(usd_per_run_second) : `${usd(usd_per_image)} an image`,
  charge(terms, usage) {
    const run = runCharge(usage, terms.usd_per_run_second);
    if (terms.usd_per_run_second > 0) return run;
    return { ...run, billed_s: null, request_usd: usage.images * terms.usd_per_image };
  },
};

function termsOf(input: Input, context: ResolveContext): Terms {
  if (input.price_per_image !== undefined && input.usd_per_run_second !== undefined) {
    context.error(
      ['usd_per_run_second'],
      'price_per_image and usd_per_run_second are two ways to charge: give one of them',
    );
  }
  if (input.usd_per_run_second !== undefined)
    return { usd_per_image: 0, usd_per_run_second: input.usd_per_run_second };
  return { usd_per_image: input.price_per_image ?? pricePerImage(context), usd_per_run_second: 0 };
}

function pricePerImage(context: ResolveContext): number {
  const { book, model } = context;
  if (model === undefined) {
    context.error(
      [],
      `needs price_per_image or usd_per_run_second, or a model that the price book knows: ${Object.keys(book.replicate.images).join(', ')}`,
    );
    return Number.NaN;
  }
  return fromBook(
    context,
    [],
    () => lookUp(book, 'price per image of', book.replicate.images, model).value,
    'price_per_image',
  );
}

/** Other tenants: as written, none, or such as keep half of the warm instances busy. */
function backgroundOf(input: Input, warm: number, seconds_per_image: number, context: ResolveContext) {
  if (input.background === 'none') return undefined;
  if (input.background === undefined && warm === 0) {
    context.warn(
      ['warm_instances'],
      'with no warm instance there are no other tenants either, unless background says so',
    );
  }
  return input.background ?? halfBusy(warm, seconds_per_image);
}

/** Other tenants that keep half of the warm instances busy. */
function halfBusy(warm: number, seconds_per_image: number): SourceSpec | undefined {
  if (warm === 0) return undefined;
  const one = { distribution: 'constant', value: 1 } as const;
  return {
    name: 'background',
    process: { process: 'poisson', rate: warm / (2 * seconds_per_image) },
    rate_scale: 1,
    images: one,
    work: one,
  };
}
