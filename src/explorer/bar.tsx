import { signal } from '@preact/signals';
import { SUMMARY_COLUMNS } from '../measure/columns.ts';
import { csvLines } from '../render/csv.ts';
import { addressOf, begin, open } from './actions.ts';
import { stale, summary } from './answers.ts';
import { PRESETS } from './presets.ts';
import { yamlWith } from './reading.ts';
import { isUnknownPreset, scenario, state, yaml } from './state.ts';

/** What was done last, for those who asked for it. */
const said = signal('');

async function copy(text: () => string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text());
    said.value = `${what} copied`;
  } catch {
    said.value = `${what} could not be copied: the browser does not allow it, or the scenario is wrong`;
  }
}

/** What the page is about, and what can be done with it as a whole. */
export function Bar() {
  const { base, changes } = state.value;
  const isFine = summary.value !== undefined && !stale.value.has('summary');
  return (
    <header>
      <h1>{scenario.value?.name ?? 'Warmpool'}</h1>
      {scenario.value?.description && <p class="quiet">{scenario.value.description}</p>}
      <div class="row">
        <label class="inline">
          begin with{' '}
          <select
            value={'preset' in base && !isUnknownPreset.value ? base.preset : ''}
            onChange={(event) => event.currentTarget.value && begin({ preset: event.currentTarget.value })}
          >
            {(!('preset' in base) || isUnknownPreset.value) && (
              <option value="">a scenario of your own</option>
            )}
            {PRESETS.map(({ name, title }) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </select>
        </label>
        <label class="file">
          open a YAML
          <input
            type="file"
            accept=".yaml,.yml"
            onChange={(event) => {
              const input = event.currentTarget;
              void open(input.files?.[0]).then((wrong) => {
                said.value = wrong;
                input.value = '';
              });
            }}
          />
        </label>
        <button type="button" disabled={changes.length === 0} onClick={() => begin(base)}>
          reset
        </button>
        <button type="button" onClick={() => copy(() => yamlWith(yaml.value, changes), 'YAML')}>
          copy as scenario YAML
        </button>
        <button
          type="button"
          onClick={() => copy(() => location.href.replace(/#.*$/, '') + addressOf(), 'Link')}
        >
          copy link
        </button>
        <button type="button" disabled={!isFine} onClick={saveSummary}>
          save summary.csv
        </button>
        <span role="status" class="quiet small">
          {said.value}
        </span>
      </div>
    </header>
  );
}

/** The file that the command line writes. */
function saveSummary(): void {
  const text = [...csvLines(SUMMARY_COLUMNS, summary.value!.rows)].join('');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  link.download = 'summary.csv';
  link.click();
  URL.revokeObjectURL(link.href);
}

/** A file that is dropped anywhere on the page is opened. */
export function takeDrops(): void {
  addEventListener('dragover', (event) => event.preventDefault());
  addEventListener('drop', (event) => {
    event.preventDefault();
    void open(event.dataTransfer?.files[0]).then((wrong) => {
      said.value = wrong;
    });
  });
}
