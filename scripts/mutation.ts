/**
 * Writes docs/MUTATION.md from what `npm run mutate` found: for each folder how many mutants the tests kill, and those that
 * live, with what is known of them (`scripts/survivors.yaml`). `npx tsx scripts/mutation.ts`
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';

interface Mutant {
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly status:
    | 'Killed'
    | 'Timeout'
    | 'Survived'
    | 'NoCoverage'
    | 'Ignored'
    | 'RuntimeError'
    | 'CompileError';
  readonly location: { readonly start: { readonly line: number } };
}

type Files = Record<string, { source: string; mutants: Mutant[] }>;
/** What was looked at last: one part may be looked at without the other. */
const parts = ['pool', 'rest'].filter((name) => existsSync(`.stryker/${name}.json`));
const files: Files = Object.assign(
  {},
  ...parts.map((name) => JSON.parse(readFileSync(`.stryker/${name}.json`, 'utf8')).files as Files),
);
/** By file, what is known of the mutants that live in it. */
const known = parse(readFileSync('scripts/survivors.yaml', 'utf8')) as Record<string, string>;

const PAGE = 'docs/MUTATION.md';
const FOLDERS = ['pool', 'platforms', 'measure'];
const of = (folder: string) => Object.entries(files).filter(([name]) => name.startsWith(`src/${folder}/`));
/** What the page says of folders that were not looked at this time. */
const kept = (pattern: string) =>
  Array.from(readFileSync(PAGE, 'utf8').matchAll(new RegExp(pattern, 'gm')), ([text]) => text.trimEnd());
const count = (some: readonly Mutant[], ...statuses: Mutant['status'][]) =>
  some.filter(({ status }) => statuses.includes(status)).length;

function row(name: string, mutants: readonly Mutant[]): string {
  const killed = count(mutants, 'Killed', 'Timeout', 'RuntimeError');
  const [lived, unseen] = [count(mutants, 'Survived'), count(mutants, 'NoCoverage')];
  const all = killed + lived + unseen;
  return `| ${name} | ${all} | ${killed} | ${lived} | ${unseen} | ${((100 * killed) / all).toFixed(1)} % |`;
}

const rows = FOLDERS.flatMap((folder) =>
  of(folder).length > 0
    ? row(
        `\`src/${folder}\``,
        of(folder).flatMap(([, { mutants }]) => mutants),
      )
    : kept(`^\\| \`src/${folder}\` .*$`),
);
const sections = FOLDERS.flatMap((folder) =>
  of(folder).length > 0
    ? of(folder).map(section)
    : kept(`^### src/${folder}/.*\\n(?:(?!###).*\\n)*`).map((text) => `${text}\n`),
).filter((text) => text !== '');

/** The faults that live in a file. */
function section([name, { source, mutants }]: [string, Files[string]]): string {
  const lines = source.split('\n');
  const living = mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage');
  const shown = living
    .toSorted((a, b) => a.location.start.line - b.location.start.line)
    .map(({ location, replacement = '', mutatorName, status }) => {
      const { line } = location.start;
      const change = replacement.replaceAll(/\s+/g, ' ').slice(0, 60) || mutatorName;
      return `- ${line}: \`${lines[line - 1]!.trim().slice(0, 90)}\` with \`${change}\`${status === 'NoCoverage' ? ' (not run)' : ''}`;
    });
  const words = known[name] ? `${known[name].trim()}\n\n` : '';
  return living.length === 0 ? '' : `### ${name}\n\n${words}${shown.join('\n')}\n`;
}

writeFileSync(
  PAGE,
  `# Planted faults

\`npm run mutate\` plants a fault after the other into the engine (Stryker: conditions turned, operators exchanged, blocks emptied)
and asks a quick suite whether it sees it (\`vitest.mutation.config.ts\`: the slow twin on few worlds, generated scenarios, laws and
tariffs). This page is written by \`scripts/mutation.ts\`. The whole suite sees more: verification against exact values, the other laws
and the shipped results are too slow to be asked two thousand times.

| folder | faults | seen | lived | not run | seen |
|---|---|---|---|---|---|
${rows.join('\n')}

## Those that live

${sections.join('\n')}`,
);
