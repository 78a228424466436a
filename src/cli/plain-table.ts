import Table from 'cli-table3';

/** A table without colours, its first column to the left. @param rows the head first */
export function plainTable([head, ...rows]: readonly (readonly string[])[]): string {
  const table = new Table({
    head: [...head!],
    colAligns: head!.map((_, k) => (k === 0 ? 'left' : 'right')),
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}
