import { didYouMean } from '../../core/suggest.ts';
import type { Fact, Facts, PriceBook } from './book.ts';

/** The keys of a scenario whose values a price book must know. */
type BookKey = 'model' | 'variant' | 'gpu';

/** A fact that a price book lacks; the message lists what it has. */
export class NotInBook extends Error {
  override readonly name = 'NotInBook';
  /** The key whose value the book does not know. */
  readonly key: BookKey;

  constructor(book: PriceBook, key: BookKey, what: string, written: string, known: readonly string[]) {
    const listed = known.length > 0 ? `it has ${known.join(', ')}` : 'it has none';
    super(`the price book ${book.name} has no ${what} "${written}": ${listed}${didYouMean(written, known)}`);
    this.key = key;
  }
}

/** @throws {NotInBook} */
export function lookUp(
  book: PriceBook,
  what: string,
  known: Facts,
  written: string,
  key: BookKey = 'gpu',
): Fact {
  const fact = Object.hasOwn(known, written) ? known[written] : undefined;
  if (fact) return fact;
  throw new NotInBook(book, key, what, written, Object.keys(known));
}

/**
 * Seconds for one reference image.
 * @throws {NotInBook}
 */
export function lookUpSpeed(book: PriceBook, model: string, variant: string, gpu: string): Fact {
  const variants = Object.hasOwn(book.speeds, model) ? book.speeds[model] : undefined;
  if (!variants) throw new NotInBook(book, 'model', 'speed of the model', model, Object.keys(book.speeds));
  const gpus = Object.hasOwn(variants, variant) ? variants[variant] : undefined;
  if (!gpus) throw new NotInBook(book, 'variant', `variant of ${model}`, variant, Object.keys(variants));
  return lookUp(book, `speed of ${model} (${variant}) on`, gpus, gpu);
}
