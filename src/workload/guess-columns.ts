import { guessFormat, likelyFormat, readNumber, type TimeFormat } from './time-format.ts';
import { nameWords } from './work-unit.ts';

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

/** @param rows some rows of the log, as cells */
export function guessColumns(header: readonly string[], rows: readonly (readonly string[])[]): Guess {
  const cells = (column: string) => rows.map((row) => row[header.indexOf(column)] ?? '');
  const share = (column: string, is: (cell: string) => boolean) =>
    cells(column).filter(is).length / Math.max(1, rows.length);
  const named = (known: readonly string[]) =>
    header.filter((column) => isOf(column) && nameWords(column).some((word) => known.includes(word)));
  const formatOf = (column: string) => likelyFormat(cells(column));
  const isTime = (column: string) => {
    const format = formatOf(column);
    return format !== undefined && share(column, (cell) => guessFormat(cell) === format) >= MOST;
  };
  const isDated = (column: string) => isTime(column) && formatOf(column) !== 'seconds';
  const times = named(TIME_WORDS);
  const time =
    times.find(isDated) ??
    header.find(isDated) ??
    times.find((column) => isTime(column) && isInOrder(cells(column).map(readNumber)));
  const isNumber = (column: string) => share(column, (cell) => readNumber(cell) >= 0) >= MOST;
  const work = named(WORK_WORDS).find((column) => column !== time && isNumber(column) && !isDated(column));
  const images = header
    .filter(isOfImages)
    .find(
      (column) =>
        column !== time &&
        column !== work &&
        share(column, (cell) => Number.isInteger(readNumber(cell))) >= MOST,
    );
  return {
    time: time === undefined ? undefined : { column: time, format: formatOf(time)! },
    work: work === undefined ? undefined : { column: work },
    images: images === undefined ? undefined : { column: images },
  };
}

/** Whether a name is of what its words say, and not of something about it. */
function isOf(column: string): boolean {
  return !OTHER_WORDS.includes(nameWords(column).at(-1) ?? '');
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
function isInOrder(values: readonly number[]): boolean {
  const half = Math.ceil(values.length / 2);
  const steps = values.slice(half).map((value, i) => value - values[i]!);
  const most = MOST * steps.filter((step) => !Number.isNaN(step)).length;
  return steps.filter((step) => step >= 0).length >= most || steps.filter((step) => step <= 0).length >= most;
}
