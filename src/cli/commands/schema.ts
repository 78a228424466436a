import { jsonSchema } from '../../scenario/schema.ts';
import { EXIT } from '../exit-code.ts';

export const command = 'schema';
export const describe = 'print a JSON Schema (draft-7) of scenario files, for completion in an editor';

/** @returns the exit code */
export function handler(): number {
  process.stdout.write(`${JSON.stringify(jsonSchema(), null, 2)}\n`);
  return EXIT.done;
}
