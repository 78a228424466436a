import { plain } from '../core/plain-number.ts';
import { lettersOn, SCALE, scaleOver } from '../report/palette.ts';
import { MAP_QUANTITIES, type MapQuantity } from './link.ts';
import { settingChanges } from './platform-controls.ts';
import type { MapCell } from './protocol.ts';
import { map, scenario, settle, show, state, tunable, tuned } from './store.ts';

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
    <section aria-labelledby="map-title">
      <h2 id="map-title">Warm containers and idle window</h2>
      <div class="row">
        {tunable.value.length > 1 && (
          <label class="inline">
            of{' '}
            <select value={tuned.value} onChange={(event) => show({ tuned: event.currentTarget.value })}>
              {tunable.value.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
        )}
        <label class="inline">
          show{' '}
          <select
            value={quantity}
            onChange={(event) => show({ map: event.currentTarget.value as MapQuantity })}
          >
            {MAP_QUANTITIES.map((name) => (
              <option key={name} value={name}>
                {QUANTITIES[name].words}
              </option>
            ))}
          </select>
        </label>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no pointer must be able to scroll it */}
      <div class="scroll" tabIndex={0}>
        <table class="map">
          <caption class="small quiet">
            {QUANTITIES[quantity].words} of {tuned.value}, by containers kept warm and idle window
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
              <tr key={containers}>
                <th scope="row">{containers}</th>
                {answer.windows_s.map((window, j) => (
                  <td key={window}>
                    <CellButton
                      cell={answer.cells[i]?.[j]}
                      quantity={quantity}
                      shade={shade}
                      containers={containers}
                      window={window}
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
        {hasSlo() ? 'it' : 'requests'}; a frame: the settings now. A cell sets both.
      </p>
    </section>
  );
}

interface CellProps {
  readonly cell: MapCell | undefined;
  readonly quantity: MapQuantity;
  readonly shade: (value: number) => number;
  readonly containers: number;
  readonly window: number;
}

function CellButton({ cell, quantity, shade, containers, window }: CellProps) {
  const platform = scenario.value?.platforms.find(({ name }) => name === tuned.value);
  if (!cell || !platform) return <span class="quiet">…</span>;
  const value = numberIn(cell, quantity);
  const step = value === undefined ? undefined : shade(value);
  const { keep_warm, idle_window } = platform.policy;
  const isNow =
    keep_warm.length === 1 &&
    keep_warm[0]!.containers === containers &&
    idle_window.distribution === 'constant' &&
    idle_window.value === window;
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
      onClick={() => settle(settingChanges(platform, containers, window))}
    >
      {cell.isBest ? '★ ' : ''}
      {text}
      {cell.slo === 'missed' ? ' ×' : ''}
    </button>
  );
}

function hasSlo(): boolean {
  return Object.keys(scenario.value?.slo ?? {}).length > 0;
}

function numberIn(cell: MapCell, name: MapQuantity): number | undefined {
  const value = cell[name];
  return typeof value === 'number' ? value : undefined;
}
