import type { Row } from '../measure/columns.ts';
import { nameOf } from '../report/results.ts';
import { withInterval } from '../report/table.tsx';
import { refused } from './actions.ts';
import { fault, progress, stale, summary } from './answers.ts';
import { isUnknownPreset, reading } from './state.ts';

/** The figures, a line each: the column of summary.csv, its name, and the factor from the one to the other. */
const FIGURES = [
  ['cost_usd_per_hour', '$ an hour', 1],
  ['cost_usd_per_image', '$ an image', 1],
  ['latency_p50_s', 'p50, s', 1],
  ['latency_p95_s', 'p95, s', 1],
  ['latency_p99_s', 'p99, s', 1],
  ['cold_request_fraction', 'cold requests, %', 100],
  ['gpu_utilization', 'GPU utilization, %', 100],
  ['containers_mean', 'containers alive', 1],
] as const;

/** What the simulation says. */
export function Results() {
  const answer = summary.value;
  const isFine = answer !== undefined && !stale.value.has('summary');
  if (!reading.value.isRight) return <Problems />;
  return (
    <section aria-labelledby="summary-title" aria-busy={!isFine}>
      <h2 id="summary-title" class="hidden">
        Results
      </h2>
      {answer?.verdict !== '' && <p class="answer">{answer ? answer.verdict : 'Simulating…'}</p>}
      <p class="hidden" aria-live="polite">
        {isFine ? answer.verdict : ''}
      </p>
      <Problems />
      {answer && <Figures rows={answer.rows} isCoarse={!isFine} />}
      {answer?.warnings.map((words) => (
        <p key={words} class="warning small">
          {words}
        </p>
      ))}
      <Progress />
    </section>
  );
}

function Figures({ rows, isCoarse }: { rows: readonly Row[]; isCoarse: boolean }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls
    <div
      class={`scroll${isCoarse ? ' coarse' : ''}`}
      role="group"
      aria-label="figures of each platform"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no pointer must be able to scroll it
      tabIndex={0}
    >
      <table>
        <thead>
          <tr>
            <td />
            {rows.map((row) => (
              <th key={nameOf(row)} scope="col">
                {nameOf(row)}
                {row.status !== 'ok' && ` (${row.status})`}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {FIGURES.map(([column, name, factor]) => (
            <tr key={column}>
              <th scope="row">{name}</th>
              {rows.map((row) => (
                <td key={nameOf(row)}>{withInterval(row, column, factor)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Progress() {
  const answer = summary.value;
  const [first] = answer?.rows ?? [];
  if (answer && !stale.value.has('summary')) {
    const runs = first?.replications === 1 ? '1 run' : `${first?.replications ?? ''} runs`;
    return (
      <p class="quiet small" data-state={stale.value.size === 0 ? 'done' : 'working'}>
        {runs}, the same numbers as warmpool run
        {first?.replications === 1 ? '.' : '; ± is half of a 95 % interval.'}
      </p>
    );
  }
  return (
    <p class="quiet small" data-state="coarse">
      <progress aria-label="share of the simulation that is done" value={progress.value ?? 0} max={1} /> A
      first look at a shorter simulation, or at the settings before; the whole one is on its way.
    </p>
  );
}

function Problems() {
  const now = reading.value;
  const problems = now.isRight ? now.warnings : now.problems;
  return (
    <>
      {isUnknownPreset.value && (
        <p class="warning small" role="alert">
          The address names a beginning that this version does not have; this is the first one.
        </p>
      )}
      {refused.value.map(({ message }) => (
        <p key={message} class="warning small" role="alert">
          That was not done: {message}
        </p>
      ))}
      {problems.map(({ line, column, path, message }) => (
        <p key={`${path}${message}`} class="warning small" role={now.isRight ? undefined : 'alert'}>
          {[line === undefined ? '' : `line ${line}:${column}`, path, message].filter(Boolean).join(': ')}
        </p>
      ))}
      {fault.value && (
        <p class="warning small" role="alert">
          The engine stopped: {fault.value}. This is a mistake of ours; please report it with the link of this
          page.
        </p>
      )}
    </>
  );
}
