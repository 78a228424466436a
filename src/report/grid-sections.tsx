import type { Row } from '../measure/columns.ts';
import { curveChart } from './charts/curve.ts';
import { GRID_QUANTITIES, type Grid, heatChart } from './charts/heat.ts';
import { type CrossoverTables, numberOf, type SweepTable } from './results.ts';
import { Figure, Line, shownOf, Table, withInterval } from './table.tsx';

/** Lines of a map that can be read. */
const MOST_LINES = 12;
/** Cells that are listed. */
const MOST_LISTED = 12;

/** The maps of a sweep, its Pareto set and its answer. */
export function SweepSection({ manifest, cells, id }: SweepTable & { id: string }) {
  const axes = Object.keys(manifest.grid ?? {});
  const anchor =
    cells.find((row) => row.answer === 'best') ?? cells.find((row) => row.pareto === 'yes') ?? cells[0]!;
  const fixed = axes.slice(2);
  const shown = cells.filter((row) => fixed.every((name) => row[name] === anchor[name]));
  const grid = gridOf(shown, axes, anchor);
  const pareto = cells.filter((row) => row.pareto === 'yes');
  return (
    <section>
      <h2>Settings of {manifest.platform}</h2>
      <Sentences words={manifest.answer.filter((line) => !/^ {2}|:$/.test(line))} />
      {fixed.length > 0 && <p>Maps at {fixed.map((name) => `${name} ${anchor[name]}`).join(', ')}:</p>}
      {GRID_QUANTITIES.map((quantity) => (
        <div key={quantity.column}>
          <h3>{quantity.title}</h3>
          <Figure chart={heatChart(grid, quantity, `${id}-${quantity.column}`)} />
        </div>
      ))}
      <p class="quiet small">
        ★: the cheapest that surely {hasSlo(manifest) ? 'meets the SLO' : 'serves the traffic'}. ◆: no other
        is both cheaper and faster. ×: misses the SLO.
      </p>
      <h3>Those that no other beats in both cost and p95</h3>
      <Table head={[axes.join(', '), '$ an hour', 'p95, s', 'SLO', '']}>
        {pareto.slice(0, MOST_LISTED).map((row) => {
          const name = axes.map((axis) => row[axis]).join(', ');
          const cost = withInterval(row, 'cost_usd_per_hour');
          return (
            <Line
              key={name}
              name={name}
              cells={[
                cost,
                withInterval(row, 'latency_p95_s'),
                String(row.slo ?? '–'),
                String(row.answer ?? ''),
              ]}
            />
          );
        })}
      </Table>
      {pareto.length > MOST_LISTED && (
        <p class="quiet small">And {pareto.length - MOST_LISTED} more in sweep.csv.</p>
      )}
    </section>
  );
}

function hasSlo({ slo }: SweepTable['manifest']): boolean {
  return Object.keys(slo).length > 0;
}

function gridOf(cells: readonly Row[], axes: readonly string[], anchor: Row): Grid {
  const [first, second] = axes.length > 1 ? [axes[0]!, axes[1]!] : [undefined, axes[0]!];
  const valuesOf = (name: string) => thinned([...new Set(cells.map((row) => row[name]!))], anchor[name]!);
  const [rows, columns] = [first === undefined ? [undefined] : valuesOf(first), valuesOf(second)];
  return {
    rows: { name: first ?? '', values: rows.map((value) => (value === undefined ? '' : String(value))) },
    columns: { name: second, values: columns.map(String) },
    cells: rows.map((row) =>
      columns.map((column) =>
        cells.find((cell) => cell[second] === column && (first === undefined || cell[first] === row)),
      ),
    ),
  };
}

/** So many of some values that they can be read, both ends and one that matters among them. */
function thinned<Value>(values: readonly Value[], wanted: Value): Value[] {
  if (values.length <= MOST_LINES) return [...values];
  const step = (values.length - 1) / (MOST_LINES - 1);
  const places = Array.from({ length: MOST_LINES }, (_, k) => Math.round(k * step));
  return values.filter((value, k) => places.includes(k) || value === wanted);
}

const KINDS: Readonly<Record<string, string>> = {
  fixed: 'With the settings as they are',
  'best-setting': 'With the cheapest setting at each rate',
  'equal-slo': 'With the cheapest setting that meets the SLO at each rate',
};

/** Where the cheaper platform changes. */
export function CrossoverSection({ manifest, crossings, curve, id }: CrossoverTables & { id: string }) {
  const kinds = [...new Set(curve.map((row) => String(row.kind)))];
  return (
    <section>
      <h2>At which rate the cheaper one changes</h2>
      <Sentences words={manifest.answer} />
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
  return (
    <Table head={['cheaper below', 'requests an hour', 'cheaper above', 'images an hour', 'by arithmetic']}>
      {rows.map((row) => (
        <Line
          key={String(row.rate_per_hour)}
          name={String(row.cheaper_below)}
          cells={[
            withInterval(row, 'rate_per_hour'),
            String(row.cheaper_above),
            shownOf(row, 'images_per_hour', 4),
            shownOf(row, 'formula_images_per_hour', 4),
          ]}
        />
      ))}
    </Table>
  );
}

function Sentences({ words }: { words: readonly string[] }) {
  return (
    <>
      {words.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </>
  );
}
