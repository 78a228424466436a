import { Document, isMap, parseDocument, visit } from 'yaml';
import { twinOf } from '../scenario/overrides.ts';
import { type Problem, ScenarioError } from '../scenario/problem.ts';
import { ScenarioReader } from '../scenario/read.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Change } from './link.ts';

/** A scenario that was read, or what is wrong with it. */
export type Reading =
  | {
      readonly isRight: true;
      readonly scenario: Scenario;
      readonly warnings: readonly Problem[];
      /** As plain values, with the changes. */
      readonly written: Readonly<Record<string, unknown>>;
    }
  | { readonly isRight: false; readonly problems: readonly Problem[] };

/** Reads a scenario with changes. Files that it names cannot be had: a page has none. */
export function read(yaml: string, changes: readonly Change[]): Reading {
  const overrides = changes.map(({ path, value }) => ({
    option: `change of ${path.join('.')}`,
    path,
    // What is null is left out.
    value: value ?? undefined,
  }));
  try {
    const reader = ScenarioReader.of(yaml, 'scenario', overrides);
    const missing = [
      ...reader.files.map(({ spec }) => spec.file),
      ...(reader.priceFile ? [reader.priceFile] : []),
    ];
    if (missing.length > 0)
      return {
        isRight: false,
        problems: [
          {
            level: 'error',
            file: 'scenario',
            path: '',
            message: `it reads ${missing.join(', ')}, which a page cannot: run it with warmpool run, or give an arrival process (warmpool fit finds one for a log)`,
          },
        ],
      };
    const { scenario, warnings } = reader.finish();
    return { isRight: true, scenario, warnings, written: reader.written as Record<string, unknown> };
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    return { isRight: false, problems: error.problems };
  }
}

/**
 * The scenario as YAML with its changes, with the comments that it had. Of one with anchors the parts that it shares are
 * written out first, since a change of one would be a change of all; comments are then lost.
 * @throws {Error} for YAML that cannot be read
 */
export function yamlWith(yaml: string, changes: readonly Change[]): string {
  if (changes.length === 0) return yaml;
  const written = parseDocument(yaml);
  let isShared = false;
  visit(written, {
    Alias() {
      isShared = true;
      return visit.BREAK;
    },
  });
  const document = isShared ? new Document(written.toJS(), { aliasDuplicateObjects: false }) : written;
  for (const { path, value } of changes) {
    const place = path.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    const twin = twinOf(path.at(-1)!);
    const parent = document.getIn(place.slice(0, -1));
    if (twin !== undefined && isMap(parent)) parent.delete(twin);
    if (value === null) document.deleteIn(place);
    else document.setIn(place, typeof value === 'object' ? document.createNode(value) : value);
  }
  return String(document);
}
