import type { Row } from '../measure/columns.ts';
import { type CellMark, cellMark } from '../render/sweep-rows.ts';
import { GRID_QUANTITIES, type Grid, HEAT_MARKS, heatChart } from './charts/heat.ts';
import { numberOf, type SweepTable } from './results.ts';
import { Figure, Line, Sentences, Table, withInterval } from './table.tsx';

/** Lines of a map that can be read. */
const MOST_LINES = 14;
/** Cells that are listed. */
const MOST_LISTED = 12;

/** The maps of a sweep, its Pareto set and its answer. @param isTold whether the first sentence stands above already */
export function SweepSection({ manifest, cells, id, isTold }: SweepTable & { id: string; isTold: boolean }) {
  const axes = Object.keys(manifest.grid ?? {});
  const pareto = cells.filter((row) => row.pareto === 'yes').sort((a, b) => costOf(a) - costOf(b));
  const anchor = cells.find((row) => row.answer === 'best') ?? pareto[0] ?? cells[0]!;
  const fixed = axes.slice(2);
  const shown = cells.filter((row) => fixed.every((name) => row[name] === anchor[name]));
  const { grid, left } = gridOf(shown, axes, manifest.grid!);
  const isOne = cells.filter((row) => row.answer === 'best').length <= 1;
  const listed = manifest.answer.slice(isTold ? 1 : 0).filter((line) => !/^ {2}|:$/.test(line));
  return (
    <section>
      <h2>Settings of {manifest.platform}</h2>
      <Sentences words={listed} />
      {fixed.length > 0 && (
        <p>{`The maps are at ${fixed.map((name) => `${name} ${wordsOf(manifest.grid!, name, cells, anchor)}`).join(', ')}: sweep.csv has all ${cells.length} cells.`}</p>
      )}
      {left.length > 0 && <p>Drawn are {left.join(' and ')}; sweep.csv has all.</p>}
      {GRID_QUANTITIES.map((quantity) => (
        <div key={quantity.column}>
          <h3>{quantity.title}</h3>
          <Figure chart={heatChart(grid, quantity, `${id}-${quantity.column}`)} />
        </div>
      ))}
      <p class="quiet small">{legendWords(shown, Object.keys(manifest.slo).length > 0, isOne)}</p>
      {isOne && pareto.length > 0 && (
        <>
          <h3>Those that no other beats in both cost and p95</h3>
          <Table
            head={[
              axes.join(', '),
              '$ an hour',
              ...(hasBest(pareto) ? ['$ more than ★'] : []),
              'p95, s',
              'SLO',
              '',
            ]}
          >
            {pareto.slice(0, MOST_LISTED).map((row) => {
              const name = axes.map((axis) => wordsOf(manifest.grid!, axis, cells, row)).join(', ');
              return (
                <Line
                  key={name}
                  name={name}
                  cells={[
                    withInterval(row, 'cost_usd_per_hour'),
                    ...(hasBest(pareto) ? [withInterval(row, 'cost_difference_usd_per_hour')] : []),
                    withInterval(row, 'latency_p95_s'),
                    Object.keys(manifest.slo).length > 0 ? String(row.slo ?? '–') : '–',
                    String(row.answer ?? ''),
                  ]}
                />
              );
            })}
          </Table>
        </>
      )}
      {pareto.length > MOST_LISTED && (
        <p class="quiet small">And {pareto.length - MOST_LISTED} more in sweep.csv.</p>
      )}
    </section>
  );
}

function hasBest(rows: readonly Row[]): boolean {
  return rows.some((row) => numberOf(row, 'cost_difference_usd_per_hour') !== undefined);
}

function costOf(row: Row): number {
  return numberOf(row, 'cost_usd_per_hour') ?? Number.POSITIVE_INFINITY;
}

/** What the marks of a map mean: only those that are there. */
function legendWords(cells: readonly Row[], hasSlo: boolean, isOne: boolean): string {
  const marks = new Set(cells.map(cellMark));
  const goal = hasSlo ? 'meets the SLO' : 'serves the traffic';
  const words: Readonly<Record<Exclude<CellMark, 'none'>, string>> = {
    best: `the cheapest${isOne ? '' : ' for its traffic'} that surely ${goal}`,
    tied: `${goal} too, at a cost that cannot be told apart`,
    unsure: `whether it ${goal} is not sure`,
    missed: hasSlo ? 'misses the SLO' : 'does not serve its traffic',
  };
  const parts = (Object.keys(words) as (keyof typeof words)[]).flatMap((mark) =>
    marks.has(mark) ? [`${HEAT_MARKS[mark]} ${words[mark]}`] : [],
  );
  const pareto = cells.some((row) => row.pareto === 'yes') ? ['◆ no other is both cheaper and faster'] : [];
  return `${[...parts, ...pareto].join('; ')}. Darker is more.`;
}

/** A value as the scenario has it, as 60s for 60. */
function wordsOf(
  grid: Readonly<Record<string, readonly unknown[]>>,
  name: string,
  cells: readonly Row[],
  row: Row,
): string {
  const values = [...new Set(cells.map((cell) => cell[name]))];
  const written = grid[name]?.[values.indexOf(row[name]!)];
  return typeof written === 'object' ? JSON.stringify(written) : String(written ?? row[name]);
}

function gridOf(
  cells: readonly Row[],
  axes: readonly string[],
  grid: Readonly<Record<string, readonly unknown[]>>,
): { grid: Grid; left: string[] } {
  const [first, second] = axes.length > 1 ? [axes[0]!, axes[1]!] : [undefined, axes[0]!];
  const left: string[] = [];
  const samplesOf = (name: string): Row[] => {
    const samples = [...new Map(cells.map((row) => [row[name], row])).values()];
    const matter = new Set(cells.filter((row) => row.answer || row.pareto === 'yes').map((row) => row[name]));
    const drawn = thinned(samples, (row) => matter.has(row[name]));
    if (drawn.length < samples.length) left.push(`${drawn.length} of ${samples.length} values of ${name}`);
    return drawn;
  };
  const rows = first === undefined ? [undefined] : samplesOf(first);
  const columns = samplesOf(second);
  const label = (name: string, row: Row) => wordsOf(grid, name, cells, row);
  return {
    left,
    grid: {
      rows: { name: first ?? '', values: rows.map((row) => (row && first ? label(first, row) : '')) },
      columns: { name: second, values: columns.map((row) => label(second, row)) },
      cells: rows.map((row) =>
        columns.map((column) =>
          cells.find(
            (cell) => cell[second] === column[second] && (first === undefined || cell[first] === row![first]),
          ),
        ),
      ),
    },
  };
}

/** So many that they can be read: both ends, those that matter as far as there is room, and others spread evenly. */
function thinned<Value>(values: readonly Value[], matters: (value: Value) => boolean): Value[] {
  if (values.length <= MOST_LINES) return [...values];
  const last = values.length - 1;
  const wanted = new Set([0, last]);
  for (const [k, value] of values.entries()) if (wanted.size < MOST_LINES && matters(value)) wanted.add(k);
  for (let step = 2; wanted.size < MOST_LINES && step < 2 * MOST_LINES; step++)
    for (let k = 0; k <= step && wanted.size < MOST_LINES; k++) wanted.add(Math.round((k * last) / step));
  return values.filter((_, k) => wanted.has(k));
}
