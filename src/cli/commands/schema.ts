import { jsonSchema } from '../../scenario/schema.ts';
import { EXIT } from '../exit-code.ts';

/** @returns the exit code */
export function handler(): number {
  process.stdout.write(`${JSON.stringify(jsonSchema(), null, 2)}\n`);
  return EXIT.done;
}
