import type { Argv } from 'yargs';
import { didYouMean } from '../../core/suggest.ts';
import type { PriceBook } from '../../platforms/prices/book.ts';
import { fileOf } from '../../platforms/prices/price-file.ts';
import { priceBooks } from '../../platforms/prices/table.ts';
import { priceText, priceYaml } from '../../render/prices.ts';
import { readPriceFile } from '../../scenario/price-source.ts';
import { EXIT, UsageError } from '../exit-code.ts';
import { readText } from '../load-scenario.ts';

export function builder<T>(args: Argv<T>) {
  return args
    .positional('book', {
      type: 'string',
      describe: 'a price book, or a file of prices [default: all books]',
    })
    .option('yaml', {
      type: 'boolean',
      describe: 'print one book as a file of prices, to be changed and used',
    })
    .option('json', { type: 'boolean', describe: 'print one book as JSON' })
    .example('$0 2026-10 --yaml > my-prices.yaml', 'a file of prices of your own');
}

export interface PricesArgs {
  book?: string | undefined;
  yaml?: boolean | undefined;
  json?: boolean | undefined;
}

/** @returns the exit code */
export function handler({ book, yaml, json }: PricesArgs): number {
  if (yaml && json) throw new UsageError('--yaml and --json: give one of them');
  const books = book === undefined ? priceBooks : [bookNamed(book)];
  if (yaml) process.stdout.write(priceYaml(books[0]!));
  else if (json) process.stdout.write(`${JSON.stringify(fileOf(books[0]!))}\n`);
  else process.stdout.write(`${books.map(priceText).join('\n\n\n')}\n`);
  return EXIT.done;
}

function bookNamed(name: string): PriceBook {
  if (/\.ya?ml$/.test(name)) return readPriceFile(readText(name), name);
  const known = priceBooks.map((book) => book.name);
  const found = priceBooks.find((book) => book.name === name);
  if (found) return found;
  throw new UsageError(
    `no price book "${name}": there are ${known.join(', ')}, or the path of a file ending in .yaml${didYouMean(name, known)}`,
  );
}
