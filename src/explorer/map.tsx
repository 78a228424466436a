import { plain } from '../core/plain-number.ts';
import type { PlatformSpec } from '../platforms/table.ts';
import { lettersOn, SCALE, scaleOver } from '../report/palette.ts';
import { change, show } from './actions.ts';
import { freshRows, map, stale } from './answers.ts';
import { MAP_QUANTITIES, type MapQuantity } from './link.ts';
import { settingChanges } from './platform-controls.ts';
import type { MapCell } from './protocol.ts';
import { Section, Select } from './section.tsx';
import { scenario, state, tunable, tuned } from './state.ts';

const QUANTITIES: Readonly<Record<MapQuantity, { words: string; factor: number }>> = {
  cost_usd_per_hour: { words: '$ an hour', factor: 1 },
  latency_p95_s: { words: 'p95, seconds', factor: 1 },
  cold_request_fraction: { words: 'cold requests, %', factor: 100 },
};

/** Every keep_warm with every idle window: each cell sets both. */
export function SettingsMap() {
  const answer = map.value;
  if (tunable.value.length === 0) return null;
  const quantity = state.value.map;
  const shade = scaleOver((answer?.cells ?? []).flat().flatMap((cell) => numberIn(cell, quantity) ?? []));
  return (
    <Section title="Warm containers and idle window" part="map">
      <div class="row">
        {tunable.value.length > 1 && (
          <Select
            label="of"
            value={tuned.value}
            options={tunable.value}
            onChoose={(name) => show({ tuned: name }, ['map'])}
          />
        )}
        <Select
          label="show"
          value={quantity}
          options={MAP_QUANTITIES.map((value) => ({ value, words: QUANTITIES[value].words }))}
          onChoose={(value) => show({ map: value as MapQuantity }, [])}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no pointer must be able to scroll it */}
      <div class="scroll" tabIndex={0}>
        <table class="map">
          <caption class="small quiet">
            {QUANTITIES[quantity].words} of {answer?.name ?? tuned.value}, by containers kept warm and idle
            window
          </caption>
          <thead>
            <tr>
              <th scope="col">kept warm</th>
              {answer?.windows_s.map((window) => (
                <th key={window} scope="col">
                  {window} s
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {answer?.keepWarm.map((containers, i) => (
              <tr key={containers} class={stale.value.has('map') && i >= freshRows.value ? 'stale' : ''}>
                <th scope="row">{containers}</th>
                {answer.windows_s.map((window, j) => (
                  <td key={window}>
                    <CellButton
                      cell={answer.cells[i]?.[j]}
                      quantity={quantity}
                      shade={shade}
                      containers={containers}
                      window={window}
                      row={i}
                      column={j}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="quiet small">
        ★ the cheapest that surely {hasSlo() ? 'meets the SLO' : 'serves the traffic'}; × misses{' '}
        {hasSlo() ? 'it' : 'requests'}; a frame: the settings now. A cell sets both. Of a shorter simulation
        than the figures above.
      </p>
    </Section>
  );
}

interface CellProps {
  readonly cell: MapCell | undefined;
  readonly quantity: MapQuantity;
  readonly shade: (value: number) => number;
  readonly containers: number;
  readonly window: number;
  readonly row: number;
  readonly column: number;
}

function CellButton({ cell, quantity, shade, containers, window, row, column }: CellProps) {
  const platform = scenario.value?.platforms.find(({ name }) => name === tuned.value);
  if (!cell || !platform) return <span class="quiet">…</span>;
  const value = numberIn(cell, quantity);
  const step = value === undefined ? undefined : shade(value);
  const { keep_warm, idle_window } = platform.policy;
  const isNow =
    isOwn(platform) &&
    keep_warm[0]!.containers === containers &&
    (idle_window as { value?: number }).value === window;
  // One cell is reached by the tabulator, the others by arrows.
  const isReached = isOwn(platform) ? isNow : row === 0 && column === 0;
  const text = value === undefined ? '–' : plain(value * QUANTITIES[quantity].factor, 3);
  const marks = [cell.isBest ? 'the cheapest' : '', cell.slo === 'missed' ? 'misses' : '']
    .filter(Boolean)
    .join(', ');
  return (
    <button
      type="button"
      aria-pressed={isNow}
      aria-label={`${containers} kept warm, window ${window} s: ${QUANTITIES[quantity].words} ${text}${marks ? `, ${marks}` : ''}`}
      style={step === undefined ? {} : { background: SCALE[step], color: lettersOn(step) }}
      tabIndex={isReached ? 0 : -1}
      data-row={row}
      data-column={column}
      onKeyDown={walk}
      onClick={() => change(settingChanges(platform, containers, window))}
    >
      {cell.isBest ? '★ ' : ''}
      {text}
      {cell.slo === 'missed' ? ' ×' : ''}
    </button>
  );
}

/** Whether the settings now are a cell of the map. */
function isOwn({ policy }: PlatformSpec): boolean {
  return policy.keep_warm.length === 1 && policy.idle_window.distribution === 'constant';
}

const STEPS: Readonly<Record<string, readonly [row: number, column: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Goes from cell to cell by arrows. */
function walk(event: KeyboardEvent): void {
  const step = STEPS[event.key];
  if (!step) return;
  event.preventDefault();
  const button = event.currentTarget as HTMLElement;
  const [row, column] = [Number(button.dataset.row) + step[0], Number(button.dataset.column) + step[1]];
  button
    .closest('table')!
    .querySelector<HTMLElement>(`[data-row="${row}"][data-column="${column}"]`)
    ?.focus();
}

function hasSlo(): boolean {
  return Object.keys(scenario.value?.slo ?? {}).length > 0;
}

function numberIn(cell: MapCell, name: MapQuantity): number | undefined {
  const value = cell[name];
  return typeof value === 'number' ? value : undefined;
}
