import { book202610 } from './2026-10.ts';
import { article202604 } from './article-2026-04.ts';
import type { PriceBook } from './book.ts';

/** Every price book, the newest first. A new one is a file and a line here. */
export const priceBooks: readonly PriceBook[] = [book202610, article202604];
