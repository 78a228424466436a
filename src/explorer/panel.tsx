import { type Choice, type Control, nearestStop, type Range } from './control.ts';
import { choose, groups, move } from './store.ts';

/** Everything that can be moved. */
export function Panel() {
  return (
    <form class="panel" aria-label="settings" onSubmit={(event) => event.preventDefault()}>
      {groups.value.map(({ title, controls }) => (
        <fieldset key={title}>
          <legend>{title}</legend>
          {controls.map((control) => (
            <Setting key={control.id} control={control} />
          ))}
        </fieldset>
      ))}
    </form>
  );
}

function Setting({ control }: { control: Control }) {
  return control.kind === 'range' ? <Slider control={control} /> : <Select control={control} />;
}

/** A slider over round values, and a field for any other. */
function Slider({ control }: { control: Range }) {
  const { id, label, unit, value, stops, isWhole = false, least, most } = control;
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
          const typed = event.currentTarget.valueAsNumber;
          if (typed >= least && typed <= most && (!isWhole || Number.isInteger(typed))) move(control, typed);
          else event.currentTarget.value = String(value ?? '');
        }}
      />
      <input
        id={id}
        type="range"
        min={0}
        max={stops.length - 1}
        step={1}
        value={value === undefined ? stops.length - 1 : nearestStop(stops, value)}
        aria-valuetext={words}
        onInput={(event) => move(control, stops[event.currentTarget.valueAsNumber]!)}
      />
    </div>
  );
}

function Select({ control }: { control: Choice }) {
  const { id, label, value, options } = control;
  return (
    <div class="setting">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => choose(control, event.currentTarget.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.words}
          </option>
        ))}
      </select>
    </div>
  );
}
