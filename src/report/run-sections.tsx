import type { Row } from '../measure/columns.ts';
import { SLO_QUANTITIES } from '../scenario/slo.ts';
import { HOURLY, type Hours, hourChart, trafficChart } from './charts/hours.ts';
import { nameOf, numberOf, type RunTables } from './results.ts';
import { Figure, Line, shownOf, Table, withInterval } from './table.tsx';

/** Most platforms whose lines are told apart in one drawing. */
const MOST_LINES = 8;

/** Whether a row is of images; one that is not is of trainings alone. */
export function hasImages(row: Row): boolean {
  return numberOf(row, 'images') !== 0 || numberOf(row, 'requests') === 0;
}

/** A row a platform: the figures that a decision hangs on. */
export function SummaryTable({ summary, manifest }: RunTables) {
  const bounds = SLO_QUANTITIES.filter((name) => manifest.slo[name] !== undefined);
  const isDivided = new Set(summary.map((row) => row.sources)).size > 1;
  const hasTrainings = summary.some((row) => !hasImages(row));
  const isShared = (row: Row) => manifest.platforms[nameOf(row)]?.['other tenants'] !== undefined;
  const head = [
    'platform',
    ...(isDivided ? ['serves'] : []),
    '$ an hour',
    '$ an image',
    ...(hasTrainings ? ['$ a training'] : []),
    'p95, s',
    ...bounds.map((name) => `${name.replace('latency_', '').replace('_', ' ')} ≤ ${manifest.slo[name]} s`),
    'not served, %',
    'utilization, %',
    'cold, %',
    '$ a month',
  ];
  return (
    <>
      <Table head={head}>
        {summary.map((row) => (
          <Line
            key={nameOf(row)}
            name={row.status === 'ok' ? nameOf(row) : `${nameOf(row)} (${row.status})`}
            cells={[
              ...(isDivided ? [String(row.sources).replaceAll(';', ', ')] : []),
              withInterval(row, 'cost_usd_per_hour'),
              withInterval(row, 'cost_usd_per_image'),
              ...(hasTrainings ? [hasImages(row) ? '–' : withInterval(row, 'cost_usd_per_request')] : []),
              withInterval(row, 'latency_p95_s'),
              ...bounds.map((name) => manifest.stands?.[nameOf(row)]?.[name] ?? '–'),
              notServed(row),
              withInterval(row, 'gpu_utilization', 100) + (isShared(row) ? ' †' : ''),
              shownOf(row, 'cold_request_fraction', 3, 100),
              shownOf(row, 'cost_usd_per_month', 4),
            ]}
          />
        ))}
      </Table>
      <p class="quiet small">
        {manifest.replications > 1 && '± is half of a 95 % confidence interval over the runs. '}
        {summary.some(isShared) && '† of the whole shared pool, also of its other tenants. '}
        {isDivided && 'Rows that serve different sources are not rivals. '}A month is 30 days
        {hasAccount(manifest) && ', with the fee of a plan and less its credit'}.
      </p>
    </>
  );
}

function hasAccount({ platforms }: RunTables['manifest']): boolean {
  return Object.values(platforms).some(({ account }) => account !== undefined);
}

/** Share of the requests that were turned away, gave up, or were cut. */
function notServed(row: Row): string {
  const requests = numberOf(row, 'requests') ?? 0;
  const lost = requests - (numberOf(row, 'completed') ?? 0);
  return requests > 0 && lost > 0 ? shownOf({ lost: (100 * lost) / requests }, 'lost', 3) : '0';
}

/** What each hour was like. */
export function HourSections({ manifest, summary, hourly, id }: RunTables & { id: string }) {
  const { duration_s, replications } = manifest;
  if (duration_s <= 3600) return null;
  const all = summary.map(nameOf);
  const left = all.slice(MOST_LINES);
  const busiest = summary.reduce(
    (most, row) => (requestsOf(row) > requestsOf(most) ? row : most),
    summary[0]!,
  );
  const hours: Hours = { rows: hourly, platforms: all.slice(0, MOST_LINES), duration_s };
  const groups = kinds(summary.slice(0, MOST_LINES));
  return (
    <section>
      <h2>Hour by hour</h2>
      <h3>Requests an hour</h3>
      <Figure
        chart={trafficChart(hours, nameOf(busiest), `${id}-traffic`)}
        caption={`${all.length > 1 ? `To ${nameOf(busiest)}` : 'All requests'}${replications > 1 ? ', a mean over the runs' : ''}.`}
      />
      {HOURLY.flatMap((quantity) => {
        const parts = quantity.column === 'latency_p95_s' ? groups : [{ words: '', rows: [] }];
        return parts.map(({ words, rows }) => {
          const platforms = rows.length > 0 ? rows.map(nameOf) : hours.platforms;
          const bound = words === 'trainings' ? undefined : quantity.slo && manifest.slo[quantity.slo];
          const { chart, note } = hourChart(
            { ...hours, platforms },
            quantity,
            `${id}-${quantity.column}${words}`,
            bound,
          );
          return (
            <div key={`${quantity.column}${words}`}>
              <h3>
                {quantity.title}
                {words && ` of ${words}`}
              </h3>
              <Figure chart={chart} caption={note} />
            </div>
          );
        });
      })}
      <p class="quiet small">
        {replications > 1 && 'Bands are 95 % confidence intervals of the hour. '}
        {duration_s % 3600 !== 0 && 'The last hour is shorter; its totals are shown as of a whole one. '}
        {left.length > 0 && `Not drawn: ${left.join(', ')}; hourly.csv has them.`}
      </p>
    </section>
  );
}

function requestsOf(row: Row): number {
  return numberOf(row, 'requests') ?? 0;
}

/** Rows of images and rows of trainings, which take as long as they take; without words where there is only one kind. */
export function kinds(summary: readonly Row[]): { words: string; rows: readonly Row[] }[] {
  const images = summary.filter(hasImages);
  const trainings = summary.filter((row) => !hasImages(row));
  if (images.length === 0 || trainings.length === 0) return [{ words: '', rows: summary }];
  return [
    { words: 'images', rows: images },
    { words: 'trainings', rows: trainings },
  ];
}
