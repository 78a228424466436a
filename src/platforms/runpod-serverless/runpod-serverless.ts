import * as z from 'zod';
import { duration, number, strict, text, whole } from '../../core/fields.ts';
import { plain } from '../../core/plain-number.ts';
import { shown } from '../../core/shown.ts';
import type { KeepWarmEntry, Scaling } from '../../pool/policy.ts';
import {
  always,
  type CommonInput,
  checkKeepWarm,
  coldStart,
  commonPolicy,
  fromBook,
  instanceWindow,
  keepWarm,
  MAX_CONTAINERS,
  ownPoolKeys,
  secondsPerImage,
  warnOfLimits,
} from '../keys.ts';
import type { PlatformKind, ResolveContext } from '../kind.ts';
import { aliveWords } from '../price-words.ts';
import { lookUp } from '../prices/look-up.ts';
import type { Charge, Usage } from '../usage.ts';

const scaler = z.discriminatedUnion(
  'rule',
  [
    strict({ rule: z.literal('queue-delay'), value: duration.optional() }),
    strict({ rule: z.literal('request-count'), value: whole(1, 1e6).optional() }),
  ],
  {
    error: (issue) =>
      `expected a scaler, {rule: queue-delay, value: 4s} or {rule: request-count, value: 1}, here ${shown(issue.input)}`,
  },
);

const keys = () => ({
  gpu: text('the name of a GPU', 64).optional(),
  gpus: whole(1, 64).optional(),
  usd_per_second: number({ min: 0, max: 1000 }).optional(),
  workers_min: keepWarm.optional(),
  workers_max: whole(1, MAX_CONTAINERS).optional(),
  idle_timeout: instanceWindow.optional(),
  scaler: scaler.optional(),
  check_period: duration.optional(),
  active_discount: number({ min: 0, max: 1 }).optional(),
  cold_start: coldStart.optional(),
  ...ownPoolKeys,
});

type Input = CommonInput & z.output<z.ZodObject<ReturnType<typeof keys>>>;

export interface Terms {
  usd_per_second: number;
  /** Share by which active workers, those of workers_min, are cheaper. */
  active_discount: number;
}

const DELAY_S = 4;
/** RunPod's limit on a request where an endpoint sets none, in seconds (RunPod's documentation). */
const EXECUTION_TIMEOUT_S = 600;

/** RunPod serverless: workers charged for every second of their life, rounded up when they stop. */
export const runpodServerless: PlatformKind<Input, Terms> = {
  keys,
  serves: ['requests', 'training'],
  resolve(input, context) {
    const keep: KeepWarmEntry[] = input.workers_min ?? always(0);
    const max = input.workers_max ?? 3;
    checkKeepWarm(context, ['workers_min'], keep, { key: 'workers_max', value: max });
    warnOfLimits(context, input, keep);
    return {
      policy: {
        keep_warm: keep,
        max_containers: max,
        cold_start: input.cold_start ?? { distribution: 'constant', value: 8 },
        idle_window: input.idle_timeout ?? { distribution: 'constant', value: 5 },
        ...commonPolicy(input, { timeout_s: EXECUTION_TIMEOUT_S }),
        scaling: scalingOf(input, context),
        life_rounding_s: 1,
      },
      seconds_per_image: secondsPerImage(input, context),
      terms: {
        usd_per_second: (input.gpus ?? 1) * (input.usd_per_second ?? priceOfGpu(input.gpu, context)),
        active_discount: input.active_discount ?? 0,
      },
      poolPerAdapter: input.pool_per_adapter ?? false,
    };
  },
  priceWords({ usd_per_second, active_discount }) {
    const words = aliveWords(usd_per_second);
    return active_discount > 0 ? `${words}, active workers ${plain(100 * active_discount, 4)} % less` : words;
  },
  charge: workerCharge,
};

function scalingOf({ scaler: written, check_period }: Input, context: ResolveContext): Scaling {
  if (written?.rule === 'request-count') {
    if (check_period !== undefined)
      context.warn(['check_period'], 'is for the rule queue-delay: it does nothing');
    return { rule: 'request-count', value: written.value ?? 1 };
  }
  return { rule: 'queue-delay', value_s: written?.value ?? DELAY_S, check_period_s: check_period ?? 1 };
}

function priceOfGpu(gpu: string | undefined, context: ResolveContext): number {
  const known = context.book.runpod.gpus;
  if (gpu === undefined) {
    context.error(
      [],
      `needs gpu or usd_per_second; GPUs in the price book ${context.book.name}: ${Object.keys(known).join(', ') || 'none'}`,
    );
    return Number.NaN;
  }
  return fromBook(
    context,
    ['gpu'],
    () => lookUp(context.book, 'RunPod GPU', known, gpu).value,
    'usd_per_second',
  );
}

/** The discount of active workers is spread over what workers do; the rounding of a life belongs to its idle end. */
function workerCharge({ usd_per_second, active_discount }: Terms, usage: Usage): Charge {
  const alive_s = usage.starting_s + usage.busy_s + usage.idle_s;
  const share = alive_s > 0 ? 1 - (active_discount * usage.floor_s) / alive_s : 1;
  const rate = usd_per_second * share;
  return {
    billed_s: alive_s + usage.rounding_s,
    starting_usd: usage.starting_s * rate,
    busy_usd: usage.busy_s * rate,
    idle_usd: usage.idle_s * rate + usage.rounding_s * usd_per_second,
    request_usd: 0,
  };
}
