/** Takes a table as it is read. */
export interface TableHandler {
  header(cells: readonly string[]): void;
  row(cells: readonly string[], line: number): void;
  /** A row below the header that cannot be told apart into cells; others follow. */
  broken(message: string, line: number): void;
}

/** Something wrong with the text of a table, for which it cannot be read further. */
export class BadTable extends Error {
  override readonly name = 'BadTable';
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}
