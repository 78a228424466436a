import type { ComponentChildren } from 'preact';
import { stale } from './answers.ts';
import type { Part } from './protocol.ts';

interface SectionProps {
  readonly title: string;
  readonly part: Part;
  readonly children: ComponentChildren;
}

/** A part of the page, which says when it is of settings that were before. */
export function Section({ title, part, children }: SectionProps) {
  const isStale = stale.value.has(part);
  return (
    <section aria-labelledby={`${part}-title`} aria-busy={isStale} class={isStale ? 'stale' : ''}>
      <h2 id={`${part}-title`}>
        {title} {isStale && <span class="quiet small">(being simulated; below is what was before)</span>}
      </h2>
      {children}
    </section>
  );
}

interface SelectProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly options: readonly (string | { readonly value: string; readonly words: string })[];
  onChoose(value: string): void;
}

/** One of several, in a line. */
export function Select({ label, value, options, onChoose }: SelectProps) {
  return (
    <label class="inline">
      {label}{' '}
      <select value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        {options.map((option) => {
          const { value: own, words } =
            typeof option === 'string' ? { value: option, words: option } : option;
          return (
            <option key={own} value={own}>
              {words}
            </option>
          );
        })}
      </select>
    </label>
  );
}
