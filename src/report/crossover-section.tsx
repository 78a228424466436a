import type { Row } from '../measure/columns.ts';
import { curveChart } from './charts/curve.ts';
import { type CrossoverTables, numberOf } from './results.ts';
import { Figure, Line, Sentences, shownOf, Table, withInterval } from './table.tsx';

const KINDS: Readonly<Record<string, string>> = {
  fixed: 'With the settings as they are',
  'best-setting': 'With the cheapest setting at each rate',
  'equal-slo': 'With the cheapest setting that meets the SLO at each rate',
};

interface Props extends CrossoverTables {
  readonly id: string;
  /** Whether the first sentence stands above already. */
  readonly isTold: boolean;
}

/** Where the cheaper platform changes. */
export function CrossoverSection({ manifest, crossings, curve, id, isTold }: Props) {
  const kinds = [...new Set(curve.map((row) => String(row.kind)))];
  return (
    <section>
      <h2>At which rate the cheaper one changes</h2>
      <Sentences words={manifest.answer.slice(isTold ? 1 : 0)} />
      {kinds.map((kind) => {
        const own = crossings.filter((row) => row.kind === kind);
        const points = curve.filter((row) => row.kind === kind);
        return (
          <div key={kind}>
            <h3>{KINDS[kind] ?? kind}</h3>
            <Figure
              chart={curveChart(points, own, `${id}-curve-${kind}`)}
              caption="Cost of an image; both scales are logarithmic, bands are 95 % confidence intervals."
            />
            <CrossingTable rows={own.filter((row) => numberOf(row, 'rate_per_hour') !== undefined)} />
          </div>
        );
      })}
    </section>
  );
}

function CrossingTable({ rows }: { rows: readonly Row[] }) {
  if (rows.length === 0) return null;
  const head = [
    'cheaper below',
    'requests an hour',
    'cheaper above',
    'images an hour',
    'by arithmetic',
    'settings there',
  ];
  return (
    <Table head={head}>
      {rows.map((row) => (
        <Line
          key={String(row.rate_per_hour)}
          name={String(row.cheaper_below)}
          cells={[
            withInterval(row, 'rate_per_hour'),
            String(row.cheaper_above),
            shownOf(row, 'images_per_hour', 4),
            shownOf(row, 'formula_images_per_hour', 4),
            String(row.setting ?? ''),
          ]}
        />
      ))}
    </Table>
  );
}
