import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FileError } from '../../src/cli/exit-code.ts';
import { probeFolder, writeFiles } from '../../src/cli/output.ts';
import { temporaryFolder, written } from './temporary.ts';

const folder = temporaryFolder();

function made(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  return path;
}

const last = () => ({ name: 'last', pieces: ['new'] });
const textOf = (path: string, name: string) => readFileSync(join(path, name), 'utf8');

test('files are written whole, with the hash of their bytes, and nothing beside them', () => {
  const path = made('whole');
  writeFiles(path, [{ name: 'a', pieces: ['é', '\n'] }], (hashes) => ({ name: 'last', pieces: [hashes.a!] }));
  expect(textOf(path, 'a')).toBe('é\n');
  expect(textOf(path, 'last')).toMatch(/^[0-9a-f]{64}$/);
  expect(readdirSync(path)).toEqual(['a', 'last']);
});

test('when a piece cannot be made, the old files stay and no temporary one is left', () => {
  const path = made('broken');
  written(path, 'a', 'old');
  function* pieces() {
    yield 'new';
    throw new Error('no more');
  }
  const files = [
    { name: 'a', pieces: ['new'] },
    { name: 'b', pieces: pieces() },
  ];
  expect(() => writeFiles(path, files, last)).toThrow(FileError);
  expect(readdirSync(path)).toEqual(['a']);
  expect(textOf(path, 'a')).toBe('old');
});

test('when one of the files cannot be put in its place, none is: old ones are not mixed with new', () => {
  const path = made('mixed');
  written(path, 'a', 'old');
  mkdirSync(join(path, 'b'));
  const files = [
    { name: 'a', pieces: ['new'] },
    { name: 'b', pieces: ['new'] },
  ];
  expect(() => writeFiles(path, files, last)).toThrow(/\bb\b/);
  expect(textOf(path, 'a')).toBe('old');
  expect(readdirSync(path)).toEqual(['a', 'b']);
});

test('what a dead process left is removed, what a live one is writing is not', () => {
  const path = made('left');
  const mine = `.a.${process.pid}.tmp`;
  for (const name of [mine, '.a.99999999.tmp', '.hidden', 'a.1.tmp']) writeFileSync(join(path, name), '');
  probeFolder(path);
  expect(readdirSync(path).toSorted()).toEqual([mine, '.hidden', 'a.1.tmp'].toSorted());
});

test.skipIf(!existsSync('/proc/self'))('a folder that cannot be made is an error, at once', () => {
  expect(() => probeFolder('/proc/no-such-folder/below')).toThrow(FileError);
});
