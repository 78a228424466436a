import type { PriceBook } from '../platforms/prices/book.ts';
import { bookOf, priceFileSchema } from '../platforms/prices/price-file.ts';
import { priceBooks } from '../platforms/prices/table.ts';
import { refusals } from './issues.ts';
import { type Problem, ScenarioError } from './problem.ts';
import { YamlText } from './yaml-text.ts';

/**
 * Reads a file of prices.
 * @throws {ScenarioError} with all that is wrong
 */
export function readPriceFile(text: string, file: string): PriceBook {
  const source = new YamlText(text, file);
  const problems: Problem[] = [...source.problems];
  if (problems.length > 0) throw new ScenarioError(problems);
  const read = priceFileSchema.safeParse(source.value);
  if (!read.success) {
    const refused = refusals(read.error.issues);
    throw new ScenarioError(
      refused.map(({ path, message, isKey }) => source.problem('error', path, message, isKey)),
    );
  }
  if (priceBooks.some(({ name }) => name === read.data.name)) {
    const message = `"${read.data.name}" is the name of a book that comes with the program: give yours another`;
    throw new ScenarioError([source.problem('error', ['name'], message)]);
  }
  return bookOf(read.data);
}
