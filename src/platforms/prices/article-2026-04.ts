import { facts, type PriceBook } from './book.ts';

const article = {
  read: '2026-04',
  source:
    'an article that compares Replicate and Modal for image generation, after the vendors’ April 2026 pages',
  grade: 'third party',
} as const;

/** The numbers of the article whose claims the first scenarios put to the test. */
export const article202604: PriceBook = {
  name: 'article-2026-04',
  modal: { gpus: facts('$/s', article, { H100: 0.001097, 'A100-80GB': 0.000694, A10G: 0.000306 }) },
  replicate: {
    images: facts('$/image', article, { 'flux-dev': 0.03 }),
    hardware: facts('$/s', article, { H100: 0.001528 }),
  },
  runpod: { gpus: {} },
  speeds: { 'flux-dev': { bf16: facts('s/image', article, { H100: 3.5, 'A100-80GB': 6, A10G: 13 }) } },
};
