import type { Row } from '../measure/columns.ts';
import { nameOf } from '../report/results.ts';
import { withInterval } from '../report/table.tsx';
import { fault, progress, reading, summary } from './store.ts';

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
  return (
    <section aria-labelledby="results-title">
      <h2 id="results-title" class="hidden">
        Results
      </h2>
      <p class="answer" aria-live="polite">
        {answer ? answer.verdict || ' ' : 'Simulating…'}
      </p>
      <Problems />
      {answer && <Figures rows={answer.rows} isCoarse={answer.isCoarse} />}
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
  const share = progress.value;
  const answer = summary.value;
  const [first] = answer?.rows ?? [];
  const runs = first ? `${first.replications} runs` : '';
  if (answer && !answer.isCoarse)
    return (
      <p class="quiet small" data-state={share === undefined ? 'done' : 'working'}>
        {runs}, the same numbers as warmpool run; ± is half of a 95 % interval.
      </p>
    );
  return (
    <p class="quiet small" data-state="coarse">
      <progress aria-label="share of the simulation that is done" value={share ?? 0} max={1} /> A first look
      at a shorter simulation; the whole one is on its way.
    </p>
  );
}

function Problems() {
  const now = reading.value;
  const problems = now.isRight ? now.warnings : now.problems;
  return (
    <>
      {problems.map(({ file, line, column, path, message }) => (
        <p key={`${path}${message}`} class="warning small" role={now.isRight ? undefined : 'alert'}>
          {[line === undefined ? (file === 'scenario' ? '' : file) : `line ${line}:${column}`, path, message]
            .filter(Boolean)
            .join(': ')}
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
