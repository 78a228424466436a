import type * as z from 'zod';
import { label, number, text, whole } from '../../core/fields.ts';
import { didYouMean } from '../../core/suggest.ts';
import type { KeepWarmEntry } from '../../pool/policy.ts';
import { type DistributionSpec, makeDistribution } from '../../random/distributions/table.ts';
import {
  always,
  type CommonInput,
  checkKeepWarm,
  coldStart,
  commonPolicy,
  either,
  fromBook,
  idleWindow,
  keepWarm,
  MAX_CONTAINERS,
  ownPoolKeys,
  secondsPerImage,
  warnOfLimits,
} from '../keys.ts';
import type { PlatformKind, ResolveContext } from '../kind.ts';
import { aliveWords } from '../price-words.ts';
import { lookUp } from '../prices/look-up.ts';
import { aliveCharge } from '../usage.ts';
import { planOf } from './plan.ts';

const keys = () => ({
  gpu: text('the name of a GPU', 64).optional(),
  gpus: whole(1, 64).optional(),
  usd_per_second: number({ min: 0, max: 1000 }).optional(),
  keep_warm: keepWarm.optional(),
  min_containers: keepWarm.optional(),
  container_idle_timeout: idleWindow.optional(),
  scaledown_window: idleWindow.optional(),
  max_containers: whole(1, MAX_CONTAINERS).optional(),
  concurrency_limit: whole(1, MAX_CONTAINERS).optional(),
  buffer_containers: whole(0, MAX_CONTAINERS).optional(),
  cpu_cores: number({ min: 0, max: 1000 }).optional(),
  memory_gib: number({ min: 0, max: 100_000 }).optional(),
  region_multiplier: number({ above: 0, max: 100 }).optional(),
  cold_start: coldStart.optional(),
  plan: label('a plan of Modal').optional(),
  ...ownPoolKeys,
});

type Input = CommonInput & z.output<z.ZodObject<ReturnType<typeof keys>>>;

/** $ for a second of a container's life. */
export interface Terms {
  usd_per_second: number;
}

const SHORTEST_WINDOW_S = 2;
const LONGEST_WINDOW_S = 1200;
/** Inputs that may wait, beyond which Modal refuses more; and its timeout where a Function sets none (Modal's guide). */
const PENDING_INPUTS = 2000;
const TIMEOUT_S = 300;
/** GPUs whose memory is below the 31.4 GB of the bf16 FLUX-dev pipeline. */
const TOO_SMALL_FOR_FLUX_BF16 = ['T4', 'L4', 'A10G'];

/** Modal: containers billed for every second alive; keep_warm and the idle window are the user's. */
export const modal: PlatformKind<Input, Terms> = {
  keys,
  serves: ['requests', 'training'],
  resolve(input, context) {
    const keep = either<KeepWarmEntry[]>(context, input, 'keep_warm', 'min_containers') ?? always(0);
    const max = either<number>(context, input, 'max_containers', 'concurrency_limit') ?? 10;
    const window: DistributionSpec = either<DistributionSpec>(
      context,
      input,
      'container_idle_timeout',
      'scaledown_window',
    ) ?? { distribution: 'constant', value: 60 };
    const maxKey = input.concurrency_limit === undefined ? 'max_containers' : 'concurrency_limit';
    const { account, containers } = planOf(input, max, context);
    const isTwice = input.keep_warm !== undefined && input.min_containers !== undefined;
    if (!isTwice)
      checkKeepWarm(context, [input.min_containers ? 'min_containers' : 'keep_warm'], keep, {
        key: maxKey,
        value: max,
      });
    if (containers < max) {
      const key = input.min_containers ? 'min_containers' : 'keep_warm';
      checkKeepWarm(context, [key], keep, {
        key: `what the plan ${account!.plan} allows`,
        value: containers,
      });
    }
    warnOfLimits(context, input, keep);
    warnOfWindow(context, input, window);
    warnOfMemory(context, input);
    warnOfName(context, input);
    return {
      policy: {
        keep_warm: keep,
        max_containers: containers,
        cold_start: input.cold_start ?? { distribution: 'constant', value: 8 },
        idle_window: window,
        ...commonPolicy(input, { queue_limit: PENDING_INPUTS, timeout_s: TIMEOUT_S }),
        scaling: { rule: 'load', buffer: input.buffer_containers ?? 0 },
      },
      seconds_per_image: secondsPerImage(input, context),
      terms: { usd_per_second: ratePerSecond(input, context) },
      poolPerAdapter: input.pool_per_adapter ?? false,
      account,
    };
  },
  priceWords: ({ usd_per_second }) => aliveWords(usd_per_second),
  charge: (terms, usage) => aliveCharge(usage, terms.usd_per_second),
};

/** (GPUs + cores + memory) x region. */
function ratePerSecond(input: Input, context: ResolveContext): number {
  const { gpu, gpus = 1, cpu_cores = 0, memory_gib = 0, region_multiplier = 1 } = input;
  const { book } = context;
  const perGpu = input.usd_per_second ?? priceOfGpu(gpu, context);
  return (
    (gpus * perGpu + cpu_cores * extra('cpuCore', cpu_cores) + memory_gib * extra('memoryGib', memory_gib)) *
    region_multiplier
  );

  function extra(rate: 'cpuCore' | 'memoryGib', amount: number): number {
    if (amount === 0) return 0;
    const fact = book.modal[rate];
    const key = rate === 'cpuCore' ? 'cpu_cores' : 'memory_gib';
    if (!fact) context.error([key], `the price book ${book.name} has no price for it; try prices: "2026-10"`);
    return fact?.value ?? Number.NaN;
  }
}

function priceOfGpu(gpu: string | undefined, context: ResolveContext): number {
  if (gpu === undefined) {
    context.error(
      [],
      `needs gpu or usd_per_second; GPUs in the price book ${context.book.name}: ${Object.keys(context.book.modal.gpus).join(', ')}`,
    );
    return Number.NaN;
  }
  return fromBook(
    context,
    ['gpu'],
    () => lookUp(context.book, 'Modal GPU', context.book.modal.gpus, gpu).value,
    'usd_per_second',
  );
}

function warnOfWindow(context: ResolveContext, input: Input, window: DistributionSpec): void {
  const laws = window.distribution === 'mixture' ? window.parts.map((part) => part.of) : [window];
  // Of a sample the file may be missing, which is said elsewhere.
  if (laws.some((law) => law.distribution === 'empirical')) return;
  const window_s = Number(makeDistribution(window).mean.toPrecision(6));
  if (window_s >= SHORTEST_WINDOW_S && window_s <= LONGEST_WINDOW_S) return;
  const key = input.scaledown_window ? 'scaledown_window' : 'container_idle_timeout';
  const shown = window.distribution === 'constant' ? `${window_s} s` : `${window_s} s on average`;
  context.warn(
    [key],
    `Modal takes idle windows from ${SHORTEST_WINDOW_S} to ${LONGEST_WINDOW_S} s, here ${shown}: this pool could not be deployed as it is`,
  );
}

/** A misspelt GPU does no harm when price and speed are given, but should be known. */
function warnOfName(context: ResolveContext, { gpu, usd_per_second }: Input): void {
  const known = Object.keys(context.book.modal.gpus);
  if (gpu === undefined || usd_per_second === undefined || known.includes(gpu)) return;
  context.warn(
    ['gpu'],
    `the price book ${context.book.name} does not know it${didYouMean(gpu, known)}; the price is the scenario's`,
  );
}

function warnOfMemory(context: ResolveContext, { gpu = '' }: Input): void {
  if (context.model !== 'flux-dev' || !context.variant.startsWith('bf16')) return;
  if (!TOO_SMALL_FOR_FLUX_BF16.includes(gpu)) return;
  context.warn(
    ['gpu'],
    `the bf16 pipeline of FLUX-dev needs 31.4 GB, more than ${gpu} has: it would have to be quantised or offloaded, which changes its speed`,
  );
}
