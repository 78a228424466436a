import { guessFormat, likelyFormat, readNumber, type TimeFormat } from './time-format.ts';

/** What the columns of a log most likely hold. */
export interface Guess {
  readonly time: { column: string; format: TimeFormat } | undefined;
  readonly work: { column: string; unit_s: number } | undefined;
  readonly images: { column: string } | undefined;
}

/** Share of the cells that must be what a column is guessed to hold. */
const MOST = 0.8;
const TIME_WORDS = [
  'time',
  'timestamp',
  'ts',
  'arrival',
  'arrived',
  'date',
  'datetime',
  'created',
  'submitted',
  'start',
  'started',
];
const WORK_WORDS = [
  'service',
  'duration',
  'execution',
  'exec',
  'runtime',
  'run',
  'elapsed',
  'processing',
  'predict',
  'inference',
  'work',
];
const IMAGE_WORDS = ['images', 'outputs', 'n', 'count'];

/** @param rows some rows of the log, as cells */
export function guessColumns(header: readonly string[], rows: readonly (readonly string[])[]): Guess {
  const cells = (column: string) => rows.map((row) => row[header.indexOf(column)] ?? '');
  const share = (column: string, is: (cell: string) => boolean) =>
    cells(column).filter(is).length / Math.max(1, rows.length);
  const words = (column: string) =>
    column
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .split(/[^a-z]+/);
  const named = (known: readonly string[]) =>
    header.filter((column) => words(column).some((word) => known.includes(word)));
  const formatOf = (column: string) => likelyFormat(cells(column));
  const isTime = (column: string) => {
    const format = formatOf(column);
    return format !== undefined && share(column, (cell) => guessFormat(cell) === format) >= MOST;
  };
  const isDated = (column: string) => isTime(column) && formatOf(column) !== 'seconds';
  const times = named(TIME_WORDS);
  const time = times.find(isDated) ?? header.find(isDated) ?? times.find(isTime);
  const isNumber = (column: string) => share(column, (cell) => readNumber(cell) >= 0) >= MOST;
  const work = named(WORK_WORDS).find((column) => column !== time && isNumber(column) && !isDated(column));
  const images = named(IMAGE_WORDS).find(
    (column) =>
      column !== time &&
      column !== work &&
      share(column, (cell) => Number.isInteger(readNumber(cell))) >= MOST,
  );
  return {
    time: time === undefined ? undefined : { column: time, format: formatOf(time)! },
    work: work === undefined ? undefined : { column: work, unit_s: unitOf(work) },
    images: images === undefined ? undefined : { column: images },
  };
}

/** Seconds in the unit that a column's name ends in. */
export function unitOf(column: string): number {
  return /(^|[^a-z])(ms|millis|milliseconds)$|[a-z]Ms$/.test(column) ? 0.001 : 1;
}
