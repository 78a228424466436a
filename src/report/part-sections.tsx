import { plain } from '../core/plain-number.ts';
import type { Row } from '../measure/columns.ts';
import { type Parts, partsChart } from './charts/parts.ts';
import { nameOf, numberOf } from './results.ts';
import { kinds } from './run-sections.tsx';
import { Figure, Line, Table } from './table.tsx';

const MONEY = [
  ['cost_busy_usd_per_hour', 'busy'],
  ['cost_idle_usd_per_hour', 'idle'],
  ['cost_starting_usd_per_hour', 'starting'],
  ['cost_request_usd_per_hour', 'per prediction'],
] as const;

/** Where the money goes. */
export function MoneySection({ summary, id }: { summary: readonly Row[]; id: string }) {
  const parts: Parts = {
    title: 'Cost of an hour',
    unit: '$',
    bars: summary.map(nameOf),
    parts: MONEY.map(([column, name]) => ({
      name,
      values: summary.map((row) => numberOf(row, column) ?? 0),
    })),
  };
  return (
    <section>
      <h2>Where the money goes</h2>
      <p>Dollars an hour: for containers that serve, wait for a request or start, and for predictions.</p>
      <PartsFigure parts={parts} id={`${id}-money`} />
    </section>
  );
}

/** Where the time of a request goes. */
export function TimeSection({ summary, id }: { summary: readonly Row[]; id: string }) {
  const known = summary.filter(
    (row) => numberOf(row, 'latency_mean_s') !== undefined && numberOf(row, 'wait_cold_mean_s') !== undefined,
  );
  if (known.length === 0) return null;
  return (
    <section>
      <h2>Where the time goes</h2>
      <p>
        Seconds of the mean request: in service, in the queue for a container that is there, and waiting for a
        container of its own to start.
      </p>
      {kinds(known).map(({ words, rows }) => (
        <div key={words}>
          {words && <h3>Of {words}</h3>}
          <PartsFigure parts={timeOf(rows)} id={`${id}-time${words}`} />
        </div>
      ))}
      {kinds(known).length > 1 && (
        <p class="quiet small">The time of a plan that has both is that of its images.</p>
      )}
    </section>
  );
}

function timeOf(rows: readonly Row[]): Parts {
  const of = (row: Row, name: string) => numberOf(row, name) ?? 0;
  const apart = (whole: string, part: string) =>
    rows.map((row) => Math.max(0, of(row, whole) - of(row, part)));
  return {
    title: 'Mean latency',
    unit: 's',
    bars: rows.map(nameOf),
    parts: [
      { name: 'service', values: apart('latency_mean_s', 'wait_mean_s') },
      { name: 'queue', values: apart('wait_mean_s', 'wait_cold_mean_s') },
      { name: 'cold start', values: rows.map((row) => of(row, 'wait_cold_mean_s')) },
    ],
  };
}

function PartsFigure({ parts, id }: { parts: Parts; id: string }) {
  return (
    <>
      <Figure chart={partsChart(parts, id)} />
      <Table head={['platform', ...parts.parts.map(({ name }) => `${name}, ${parts.unit}`)]}>
        {parts.bars.map((bar, k) => (
          <Line key={bar} name={bar} cells={parts.parts.map(({ values }) => plain(values[k]!, 3))} />
        ))}
      </Table>
    </>
  );
}
