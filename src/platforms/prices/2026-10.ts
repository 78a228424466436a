import { facts, type PriceBook } from './book.ts';

const modal = {
  read: '2026-05-07 to 2026-10-07, unchanged',
  source: "Modal's pricing page",
  grade: 'dated reading',
} as const;
const replicate = {
  read: '2026-05 to 2026-08-21',
  source: "Replicate's pricing and model pages",
  grade: 'dated reading',
} as const;
const runpod = {
  read: '2026-06-08',
  source: "RunPod's pricing page, serverless flex workers",
  grade: 'vendor',
} as const;
const speed = {
  read: '2024-11',
  source: 'published FLUX.1 [dev] benchmarks of the vendors',
  grade: 'vendor',
} as const;

/** Prices as read up to October 2026. */
export const book202610: PriceBook = {
  name: '2026-10',
  modal: {
    gpus: facts('$/s', modal, {
      T4: 0.000164,
      L4: 0.000222,
      A10G: 0.000306,
      L40S: 0.000542,
      'A100-40GB': 0.000583,
      'A100-80GB': 0.000694,
      'RTX-PRO-6000': 0.000842,
      H100: 0.001097,
      H200: 0.001261,
      B200: 0.001736,
      B300: 0.001972,
    }),
    cpuCore: { value: 0.0000131, unit: '$/core-s', ...modal },
    memoryGib: { value: 0.00000222, unit: '$/GiB-s', ...modal },
    plans: {
      starter: { fee_usd_per_month: 0, credit_usd_per_month: 30, gpus: 10, containers: 100, ...modal },
      team: { fee_usd_per_month: 250, credit_usd_per_month: 100, gpus: 50, ...modal },
    },
  },
  replicate: {
    images: facts('$/image', replicate, { 'flux-dev': 0.025, 'flux-schnell': 0.003, 'flux-1.1-pro': 0.04 }),
    hardware: facts('$/s', replicate, {
      CPU: 0.0001,
      T4: 0.000225,
      L40S: 0.000975,
      'L40S-2x': 0.00195,
      'L40S-4x': 0.0039,
      'L40S-8x': 0.0078,
      'A100-80GB': 0.0014,
      'A100-80GB-2x': 0.0028,
      'A100-80GB-4x': 0.0056,
      'A100-80GB-8x': 0.0112,
      H100: 0.001525,
      'H100-2x': 0.00305,
      'H100-4x': 0.0061,
      'H100-8x': 0.0122,
    }),
  },
  runpod: {
    gpus: facts('$/s', runpod, {
      L4: 0.00019,
      A5000: 0.00019,
      '3090': 0.00019,
      '4090': 0.00031,
      A6000: 0.00034,
      A40: 0.00034,
      L40S: 0.00053,
      'A100-80GB': 0.00076,
      H100: 0.00116,
      H200: 0.00155,
      B200: 0.0024,
    }),
  },
  speeds: {
    'flux-dev': {
      bf16: facts('s/image', speed, { 'A100-80GB': 13.84, H100: 6.71 }),
      'bf16-compiled': facts('s/image', speed, { 'A100-80GB': 10, H100: 4.3 }),
      fp8: facts('s/image', speed, { H100: 4.6 }),
      'fp8-compiled': facts('s/image', speed, { H100: 2.4 }),
    },
  },
};
