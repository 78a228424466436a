import { change, choose, move } from './actions.ts';
import { type Choice, type Control, nearestStop, type Range } from './control.ts';
import { groups } from './state.ts';

/** Everything that can be moved. */
export function Panel() {
  return (
    <form class="panel" aria-label="settings" onSubmit={(event) => event.preventDefault()}>
      <details open>
        <summary>Settings</summary>
        {groups.value.map(({ title, controls }) => (
          <fieldset key={title}>
            <legend>{title}</legend>
            {controls.map((control) => (
              <Setting key={control.id} control={control} />
            ))}
          </fieldset>
        ))}
      </details>
    </form>
  );
}

function Setting({ control }: { control: Control }) {
  return control.kind === 'range' ? <Slider control={control} /> : <Select control={control} />;
}

/** A slider over round values, and a field for any other. */
function Slider({ control }: { control: Range }) {
  const { id, label, unit, value, note, stops, isWhole = false, least, most, unset } = control;
  const place = value === undefined ? stops.length - 1 : nearestStop(stops, value);
  const words = value === undefined ? 'none' : `${value} ${unit}`.trim();
  return (
    <div class="setting">
      <label for={id}>
        {label} {unit && <span class="quiet">{unit}</span>}
      </label>
      <input
        type="number"
        aria-label={`${label}${unit ? `, ${unit}` : ''}: exact value`}
        value={value ?? ''}
        min={least}
        max={most}
        step={isWhole ? 1 : 'any'}
        onChange={(event) => {
          const input = event.currentTarget;
          const typed = input.valueAsNumber;
          const isTaken =
            input.value === '' && unset
              ? change(unset)
              : typed >= least &&
                typed <= most &&
                (!isWhole || Number.isInteger(typed)) &&
                move(control, typed);
          if (!isTaken) input.value = String(value ?? '');
        }}
      />
      <input
        id={id}
        type="range"
        min={0}
        max={stops.length - 1}
        step={1}
        value={place}
        aria-valuetext={words}
        onInput={(event) => {
          const input = event.currentTarget;
          if (!move(control, stops[input.valueAsNumber]!)) input.value = String(place);
        }}
      />
      {note && <span class="quiet note">{note}</span>}
    </div>
  );
}

function Select({ control }: { control: Choice }) {
  const { id, label, value, options } = control;
  return (
    <div class="setting">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={(event) => {
          const select = event.currentTarget;
          if (!choose(control, select.value)) select.value = value;
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.words}
          </option>
        ))}
      </select>
    </div>
  );
}
