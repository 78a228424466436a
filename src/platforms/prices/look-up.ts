import { didYouMean } from '../../core/suggest.ts';
import type { Fact, Facts, PriceBook } from './book.ts';

/** A fact that a price book lacks; the message lists what it has. */
export class NotInBook extends Error {
  override readonly name = 'NotInBook';
}

/** @throws {NotInBook} */
export function lookUp(book: PriceBook, what: string, known: Facts, name: string): Fact {
  const fact = Object.hasOwn(known, name) ? known[name] : undefined;
  if (fact) return fact;
  const names = Object.keys(known);
  const listed = names.length > 0 ? `it has ${names.join(', ')}` : 'it has none';
  throw new NotInBook(
    `the price book ${book.name} has no ${what} "${name}": ${listed}${didYouMean(name, names)}`,
  );
}

/**
 * Seconds for one reference image.
 * @throws {NotInBook}
 */
export function lookUpSpeed(book: PriceBook, model: string, variant: string, gpu: string): Fact {
  const variants = Object.hasOwn(book.speeds, model) ? book.speeds[model] : undefined;
  if (!variants) {
    const models = Object.keys(book.speeds);
    throw new NotInBook(
      `the price book ${book.name} has no speed of the model "${model}": it has ${models.join(', ')}${didYouMean(model, models)}`,
    );
  }
  const gpus = Object.hasOwn(variants, variant) ? variants[variant] : undefined;
  if (!gpus) {
    const names = Object.keys(variants);
    throw new NotInBook(
      `the price book ${book.name} has no variant "${variant}" of ${model}: it has ${names.join(', ')}${didYouMean(variant, names)}`,
    );
  }
  return lookUp(book, `speed of ${model} (${variant}) on`, gpus, gpu);
}
