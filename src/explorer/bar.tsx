import { useState } from 'preact/hooks';
import { SUMMARY_COLUMNS } from '../measure/columns.ts';
import { csvLines } from '../render/csv.ts';
import { PRESETS } from './presets.ts';
import { yamlWith } from './reading.ts';
import { addressOf, begin, scenario, show, state, summary, yaml } from './store.ts';

/** What the page is about, and what can be done with it as a whole. */
export function Bar() {
  const [said, say] = useState('');
  const { base, changes } = state.value;
  const copy = async (text: string, what: string) => {
    try {
      await navigator.clipboard.writeText(text);
      say(`${what} copied`);
    } catch {
      say(`${what} could not be copied: the browser does not allow it`);
    }
  };
  const load = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > 256 * 1024) say(`${file.name} is larger than 256 KB: it is no scenario`);
    else begin({ yaml: await file.text() });
  };
  return (
    <header>
      <h1>{scenario.value?.name ?? 'Warmpool'}</h1>
      <p class="quiet">{scenario.value?.description ?? 'Replicate, Modal, RunPod or a GPU of your own?'}</p>
      <div class="row">
        <label class="inline">
          begin with{' '}
          <select
            value={'preset' in base ? base.preset : ''}
            onChange={(event) => event.currentTarget.value && begin({ preset: event.currentTarget.value })}
          >
            {!('preset' in base) && <option value="">a scenario of your own</option>}
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
              void load(input.files?.[0]).finally(() => {
                input.value = '';
              });
            }}
          />
        </label>
        <button type="button" disabled={changes.length === 0} onClick={() => show({ changes: [] })}>
          reset
        </button>
        <button type="button" onClick={() => copy(yamlWith(yaml.value, changes), 'YAML')}>
          copy as scenario YAML
        </button>
        <button type="button" onClick={() => copy(location.href.replace(/#.*$/, '') + addressOf(), 'Link')}>
          copy link
        </button>
        <button type="button" disabled={!summary.value || summary.value.isCoarse} onClick={saveSummary}>
          save summary.csv
        </button>
        <span role="status" class="quiet small">
          {said}
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
    const [file] = event.dataTransfer?.files ?? [];
    if (file && file.size <= 256 * 1024) void file.text().then((text) => begin({ yaml: text }));
  });
}
