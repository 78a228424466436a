import { guessFormat, likelyFormat, readNumber, type TimeFormat } from './time-format.ts';
import { nameWords, UNIT_NAMES } from './work-unit.ts';

/** What the columns of a log most likely hold. */
export interface Guess {
  readonly time: { column: string; format: TimeFormat } | undefined;
  readonly work: { column: string } | undefined;
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
/** A time of one of these is how long something took. */
const SPAN_WORDS = [...WORK_WORDS, 'response', 'latency', 'wait', 'queue', 'idle'];
/** What may follow the word for a time, as in `createdAt` or `start_utc`. */
const AFTER_TIME = [...Object.values(UNIT_NAMES).flat(), 'at', 'on', 'utc', 'epoch', 'stamp', 'offset'];
const IMAGE_WORDS = ['images', 'outputs'];
/** A name of these alone is one of images, too. */
const COUNT_WORDS = ['n', 'num', 'count', 'image', 'output'];
/** A name that ends in one of these is of that, whatever it is the rate, the count or the port of. */
const OTHER_WORDS = [
  'rate',
  'count',
  'port',
  'id',
  'index',
  'number',
  'code',
  'status',
  'version',
  'type',
  'zone',
  'cost',
  'price',
];

interface Column {
  readonly name: string;
  readonly cells: readonly string[];
  /** That most cells are in, if they are times. */
  readonly format: TimeFormat | undefined;
}

/** @param rows some rows of the log, as cells */
export function guessColumns(header: readonly string[], rows: readonly (readonly string[])[]): Guess {
  const columns = header.map((name) => {
    const place = header.indexOf(name);
    const cells = rows.map((row) => row[place] ?? '');
    return { name, cells, format: formatOf(cells) };
  });
  const time = timeAmong(columns);
  const work = columns.find(
    (column) =>
      column !== time &&
      isNamed(column, WORK_WORDS) &&
      isMostly(column.cells, (cell) => readNumber(cell) >= 0) &&
      !isClock(column),
  );
  const images = columns.find(
    (column) =>
      column !== time &&
      column !== work &&
      isOfImages(column.name) &&
      !isNumbering(column.cells) &&
      isMostly(column.cells, (cell) => Number.isInteger(readNumber(cell))),
  );
  return {
    time: time && { column: time.name, format: time.format! },
    work: work && { column: work.name },
    images: images && { column: images.name },
  };
}

/** When something ended is no arrival, as long as there is another time. */
const END_WORDS = [
  'end',
  'ended',
  'complete',
  'completed',
  'finish',
  'finished',
  'updated',
  'stop',
  'stopped',
];

/** Dates are known by their cells, those that are named first; seconds from t = 0 by their name and their order. */
function timeAmong(columns: readonly Column[]): Column | undefined {
  const begins = columns.filter((column) => !nameWords(column.name).some((word) => END_WORDS.includes(word)));
  return timeOfAny(begins) ?? timeOfAny(columns);
}

function timeOfAny(columns: readonly Column[]): Column | undefined {
  return (
    columns.find((column) => isDated(column) && isNamed(column, TIME_WORDS)) ??
    columns.find((column) => isClock(column) && isOf(column.name) && !isNamed(column, WORK_WORDS)) ??
    columns.find((column) => column.format === 'seconds' && isOfTime(column.name) && isInOrder(column.cells))
  );
}

function isDated({ format }: Column): boolean {
  return format !== undefined && format !== 'seconds';
}

/** Whether cells are dates, whatever their name is: a number that is as large as one may be anything, unless it rises. */
function isClock(column: Column): boolean {
  return isDated(column) && (column.format === 'timestamp' || isInOrder(column.cells));
}

/** Whether nearly every cell is another one and they go on rising, as in a column that numbers the rows. */
function isNumbering(cells: readonly string[]): boolean {
  return cells.length >= 20 && new Set(cells).size > MOST * cells.length && isInOrder(cells);
}

function formatOf(cells: readonly string[]): TimeFormat | undefined {
  const format = likelyFormat(cells);
  return isMostly(cells, (cell) => guessFormat(cell) === format) ? format : undefined;
}

function isMostly(cells: readonly string[], is: (cell: string) => boolean): boolean {
  return cells.length > 0 && cells.filter(is).length >= MOST * cells.length;
}

function isNamed({ name }: Column, known: readonly string[]): boolean {
  return isOf(name) && nameWords(name).some((word) => known.includes(word));
}

/** Whether a name is of what its words say, and not of something about it. */
function isOf(column: string): boolean {
  return !OTHER_WORDS.includes(nameWords(column).at(-1) ?? '');
}

/** Whether a name ends in a word for an instant, and a time is not that of a service or a wait. */
function isOfTime(column: string): boolean {
  const words = nameWords(column);
  const last = words.findLast((word) => !AFTER_TIME.includes(word)) ?? '';
  return TIME_WORDS.includes(last) && (last !== 'time' || !words.some((word) => SPAN_WORDS.includes(word)));
}

function isOfImages(column: string): boolean {
  const words = nameWords(column);
  const isCounted = isOf(column) || words.at(-1) === 'count';
  return (
    (isCounted && words.some((word) => IMAGE_WORDS.includes(word))) ||
    (words.length > 0 && words.every((word) => COUNT_WORDS.includes(word)))
  );
}

/**
 * Whether numbers mostly rise, or mostly fall, as times do in a log; those that are all the same do both. What is half of
 * the rows apart is compared: neighbours may well be out of order, where requests are logged when they end.
 */
function isInOrder(cells: readonly string[]): boolean {
  const values = cells.map(readNumber);
  const half = Math.ceil(values.length / 2);
  const steps = values.slice(half).map((value, i) => value - values[i]!);
  const most = MOST * steps.filter((step) => !Number.isNaN(step)).length;
  return steps.filter((step) => step >= 0).length >= most || steps.filter((step) => step <= 0).length >= most;
}
