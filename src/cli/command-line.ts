import { basename } from 'node:path';
import { type OverrideArgs, overridesOf } from './options.ts';

/** A command as it can be given again where the file lies: with what changes the results, and nothing else. */
export function commandLine(
  command: string,
  file: string,
  args: OverrideArgs,
  own: Readonly<Record<string, string | undefined>>,
): string {
  const options = [
    ...overridesOf(args).map(({ option }) => option),
    ...Object.entries(own).flatMap(([name, value]) => (value === undefined ? [] : [`--${name} ${value}`])),
  ];
  const words = options.flatMap((option) => {
    const space = option.indexOf(' ');
    return [option.slice(0, space), quoted(option.slice(space + 1))];
  });
  return ['warmpool', command, quoted(basename(file)), ...words].join(' ');
}

/** A word for a shell. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
