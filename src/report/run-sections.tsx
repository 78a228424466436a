import type { Row } from '../measure/columns.ts';
import { HOURLY, hourChart, trafficChart } from './charts/hours.ts';
import { type Parts, partsChart } from './charts/parts.ts';
import { nameOf, numberOf, type RunTables } from './results.ts';
import { Figure, Line, shownOf, Table, withInterval } from './table.tsx';

/** Most platforms whose lines are told apart in one drawing. */
const MOST_LINES = 8;

/** A row a platform: the figures that a decision hangs on. */
export function SummaryTable({ summary }: RunTables) {
  return (
    <>
      <Table
        head={['platform', '$ an hour', '$ an image', 'p95, s', 'utilization, %', 'cold, %', '$ a month']}
      >
        {summary.map((row) => (
          <Line
            key={nameOf(row)}
            name={row.status === 'ok' ? nameOf(row) : `${nameOf(row)} (${row.status})`}
            cells={[
              withInterval(row, 'cost_usd_per_hour'),
              withInterval(row, 'cost_usd_per_image'),
              withInterval(row, 'latency_p95_s'),
              withInterval(row, 'gpu_utilization', 100),
              shownOf(row, 'cold_request_fraction', 3, 100),
              shownOf(row, 'cost_usd_per_month', 4),
            ]}
          />
        ))}
      </Table>
      {summary.some((row) => numberOf(row, 'cost_usd_per_hour_ci_high') !== undefined) && (
        <p class="quiet small">± is half of a 95 % confidence interval over the runs.</p>
      )}
    </>
  );
}

/** What each hour was like. */
export function HourSections({ manifest, summary, hourly, id }: RunTables & { id: string }) {
  const all = summary.map(nameOf);
  const platforms = all.slice(0, MOST_LINES);
  const left = all.slice(MOST_LINES);
  const busiest = summary.reduce(
    (most, row) => (requestsOf(row) > requestsOf(most) ? row : most),
    summary[0]!,
  );
  return (
    <section>
      <h2>Hour by hour</h2>
      <h3>Requests</h3>
      <Figure
        chart={trafficChart(hourly, nameOf(busiest), `${id}-traffic`)}
        caption={`Requests that came in each hour${all.length > 1 ? ` to ${nameOf(busiest)}` : ''}, a mean over the runs.`}
      />
      {HOURLY.map((quantity) => (
        <div key={quantity.column}>
          <h3>{quantity.title}</h3>
          <Figure
            chart={hourChart(
              hourly,
              platforms,
              quantity,
              `${id}-${quantity.column}`,
              quantity.slo && manifest.slo[quantity.slo],
            )}
          />
        </div>
      ))}
      <p class="quiet small">
        Bands are 95 % confidence intervals of the hour.
        {left.length > 0 && ` Not drawn: ${left.join(', ')}; hourly.csv has them.`}
      </p>
    </section>
  );
}

function requestsOf(row: Row): number {
  return numberOf(row, 'requests') ?? 0;
}

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
  const known = summary.filter((row) => numberOf(row, 'latency_mean_s') !== undefined);
  if (known.length === 0 || known.some((row) => numberOf(row, 'wait_cold_mean_s') === undefined)) return null;
  const of = (row: Row, name: string) => numberOf(row, name) ?? 0;
  const parts: Parts = {
    title: 'Mean latency',
    unit: 's',
    bars: known.map(nameOf),
    parts: [
      {
        name: 'service',
        values: known.map((row) => Math.max(0, of(row, 'latency_mean_s') - of(row, 'wait_mean_s'))),
      },
      {
        name: 'queue',
        values: known.map((row) => Math.max(0, of(row, 'wait_mean_s') - of(row, 'wait_cold_mean_s'))),
      },
      { name: 'cold start', values: known.map((row) => of(row, 'wait_cold_mean_s')) },
    ],
  };
  return (
    <section>
      <h2>Where the time goes</h2>
      <p>
        Seconds of the mean request: in service, in the queue for a container that is there, and waiting for a
        container of its own to start.
      </p>
      <PartsFigure parts={parts} id={`${id}-time`} />
    </section>
  );
}

function PartsFigure({ parts, id }: { parts: Parts; id: string }) {
  const row = Object.fromEntries(
    parts.parts.flatMap(({ name, values }) => values.map((value, k) => [`${name} ${k}`, value])),
  );
  return (
    <>
      <Figure chart={partsChart(parts, id)} />
      <Table head={['platform', ...parts.parts.map(({ name }) => `${name}, ${parts.unit}`)]}>
        {parts.bars.map((bar, k) => (
          <Line key={bar} name={bar} cells={parts.parts.map(({ name }) => shownOf(row, `${name} ${k}`))} />
        ))}
      </Table>
    </>
  );
}
