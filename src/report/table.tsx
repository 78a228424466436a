import type { ComponentChildren } from 'preact';
import { plain, plusMinus } from '../core/plain-number.ts';
import type { Row } from '../measure/columns.ts';
import type { Chart } from './chart.ts';
import { numberOf } from './results.ts';

/** A table that scrolls by itself where the page is narrow. */
export function Table({ head, children }: { head: readonly string[]; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no pointer must be able to scroll it
    <div class="scroll" role="group" aria-label={`table: ${head.join(', ')}`} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

/** A row whose first cell says what it is of. */
export function Line({ name, cells }: { name: string; cells: readonly string[] }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      {cells.map((cell, k) => (
        <td key={k}>{cell}</td>
      ))}
    </tr>
  );
}

/** A chart with its label, which readers of screens are told in its place. */
export function Figure({ chart, caption }: { chart: Chart; caption?: string }) {
  return (
    <figure>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone it scrolls, also for those without a pointer */}
      <div class="scroll" role="img" aria-label={chart.label} tabIndex={0}>
        <div class="wide" dangerouslySetInnerHTML={{ __html: chart.svg }} />
      </div>
      {caption && <figcaption>{caption}</figcaption>}
    </figure>
  );
}

/** A quantity of a row with half its interval: `2.98 ± 0.02`; a dash where there is none. */
export function withInterval(row: Row, name: string, factor = 1): string {
  const value = numberOf(row, name);
  if (value === undefined) return '–';
  const high = numberOf(row, `${name}_ci_high`);
  if (high === undefined) return plain(value * factor, 4);
  const [shown, half] = plusMinus(value * factor, (high - value) * factor);
  // What is fixed, as a price, has no interval; nor has what the table rounds to none.
  return half === '0' ? shown : `${shown} ± ${half}`;
}

/** A quantity of a row, or a dash. */
export function shownOf(row: Row, name: string, digits = 3, factor = 1): string {
  const value = numberOf(row, name);
  return value === undefined ? '–' : plain(value * factor, digits);
}

/** Sentences, a paragraph each. */
export function Sentences({ words }: { words: readonly string[] }) {
  return (
    <>
      {words.map((line) => (
        <p key={line}>{line.trim()}</p>
      ))}
    </>
  );
}
