import { plain } from '../core/plain-number.ts';
import { DAY_US, HOUR_US, SECOND_US } from '../core/time.ts';
import type { Comparison } from '../fit/comparison.ts';
import { between } from '../fit/dispersion-curve.ts';
import { COARSE_S, type ImageFacts, type LogFacts, type SizeFacts } from '../fit/log-facts.ts';
import { type Candidate, LARGEST_ERROR, type LogTraffic, type Ranking } from '../fit/rank.ts';
import { resolutionOf } from '../fit/resolution.ts';
import { GROUPS, type Group } from '../fit/signature.ts';
import { FAR_LAW, type SizeLaw } from '../fit/size-law.ts';
import type { Reading } from '../workload/log-rows.ts';

/** What a log is like, in lines of at most 80 letters. */
export function factLines(facts: LogFacts): string[] {
  const { requests, span_s, rate_per_hour, gap_cv, emptyHours, peakHour } = facts;
  const days = span_s / 86_400;
  const span = days >= 2 ? `${plain(days, 3)} days` : `${plain(span_s / 3600, 3)} h`;
  const quiet = emptyHours === undefined ? '' : `; ${percent(emptyHours)} of the hours are empty`;
  const peak = peakHour === undefined ? '' : `, the busiest has ${plain(peakHour, 2)} x the mean`;
  return [
    `${requests} requests in ${span}: ${plain(rate_per_hour, 4)} an hour${quiet}${peak}`,
    ...(facts.resolution_s >= COARSE_S
      ? [`Times are rounded to ${windowName(facts.resolution_s)}, which hides the gaps.`]
      : []),
    ...(gap_cv === undefined ? [] : [`Gaps have a cv of ${plain(gap_cv, 3)} (Poisson: 1).`]),
    ...rhythm(facts.isWeekKnown ? 'By hour, 0 to 23 UTC' : 'By hour, 24 from t = 0', facts.byHour),
    ...(facts.isWeekKnown ? rhythm('By day, Monday to Sunday', facts.byDay) : []),
    ...dispersionChart(facts.dispersion),
    ...(facts.size ? sizeLines(facts.size) : []),
    ...(facts.images ? [imageLine(facts.images)] : []),
  ];
}

/** What the scenario of a fit stands for, where that is not the whole log as it is. */
export function comparisonNotes(
  { arrival_us, from_us, to_us }: LogTraffic,
  { profile, from_us: begin_us, to_us: end_us }: Comparison,
  epoch_us: number | undefined,
): string[] {
  const notes: string[] = [];
  const resolution_s = resolutionOf(arrival_us) / SECOND_US;
  if (resolution_s >= COARSE_S)
    notes.push(
      `The log rounds its times to ${windowName(resolution_s)}: its replay lets the requests of each come all at once, and costs and waits more than they did. Trust the fitted source.`,
    );
  if (profile !== undefined) {
    const inside = between(arrival_us, begin_us, end_us).length;
    const perHour = (count: number, us: number) => plain((count / us) * HOUR_US, 4);
    const day = (us: number) =>
      epoch_us === undefined
        ? `day ${us / DAY_US}`
        : new Date((us + epoch_us) / 1000).toISOString().slice(0, 10);
    notes.push(
      `It stands for the whole days from ${day(begin_us)} to ${day(end_us)}, the last not among them: ${inside} of the ${arrival_us.length} requests, ${perHour(inside, end_us - begin_us)} an hour; the whole log has ${perHour(arrival_us.length, to_us - from_us)}.`,
    );
  }
  return notes;
}

/** What was read, and what was not: never silently. */
export function readingLines({
  rows,
  unreadable,
  firstUnreadable,
  far,
  unsorted,
  repeated,
}: Reading): string[] {
  const lines = [`Read ${rows} rows.`];
  if (unreadable > 0)
    lines.push(`Dropped ${unreadable} that cannot be read, the first in ${firstUnreadable}.`);
  if (far > 0) lines.push(`Dropped ${far} whose time lies far from all others.`);
  if (unsorted > 0) lines.push(`Sorted: ${unsorted} are earlier than the row before them.`);
  if (repeated > 0)
    lines.push(`Kept ${repeated} that equal the row before them in every column that was read.`);
  return lines;
}

const BARS = '▁▂▃▄▅▆▇█';

/** A row of small bars; a dot where nothing was seen. */
function rhythm(title: string, rates: readonly (number | undefined)[]): string[] {
  const known = rates.filter((rate) => rate !== undefined);
  if (known.length < 2) return [];
  const most = Math.max(...known);
  const bars = rates.map((rate) =>
    rate === undefined ? '·' : BARS[Math.min(7, Math.floor((8 * rate) / Math.max(most, 1e-300)))]!,
  );
  return [`${title.padEnd(28)}${bars.join('')}  up to ${plain(most, 3)}/h`];
}

const CHART_WIDTH = 50;

/** Bars as long as the logarithm. */
function dispersionChart(curve: LogFacts['dispersion']): string[] {
  const known = curve.flatMap(({ window_s, value }) => (value === undefined ? [] : [{ window_s, value }]));
  if (known.length === 0) return [];
  const most = Math.max(Math.log(10), ...known.map(({ value }) => Math.log(Math.max(value, 1))));
  const bars = known.map(({ window_s, value }) => {
    const length = Math.max(0, Math.round((CHART_WIDTH * Math.log(Math.max(value, 1))) / most));
    return `${windowName(window_s).padStart(9)} ${'█'.repeat(length)}${length > 0 ? ' ' : ''}${plain(value, 3)}`;
  });
  return ['Variance over mean of the counts (Poisson: 1), by window:', ...bars];
}

function windowName(window_s: number): string {
  if (window_s < 60) return `${window_s} s`;
  return window_s < 3600 ? `${window_s / 60} min` : `${window_s / 3600} h`;
}

function sizeLines({ mean, cv, median, p95, laws }: SizeFacts): string[] {
  const spread = cv === undefined ? '' : `, cv ${plain(cv, 3)}`;
  const figures = `mean ${plain(mean, 4)}${spread}, median ${plain(median, 4)}, p95 ${plain(p95, 4)}`;
  const [best] = laws;
  const far = best && best.distance > FAR_LAW ? ': far, better drawn from its rows' : '';
  return [
    `Size of a request: ${figures}`,
    ...(best
      ? [
          `  nearest law ${lawWords(best)}`,
          `  off by at most ${percent(best.distance)} of the requests${far}`,
        ]
      : []),
  ];
}

function imageLine({ mean, shares }: ImageFacts): string {
  const most = shares.slice(0, 6).map(([images, share]) => `${images}: ${percent(share)}`);
  return `Images of a request: mean ${plain(mean, 4)}; ${most.join(', ')}${shares.length > 6 ? ', ...' : ''}`;
}

/** As it is written in a scenario. */
function lawWords({ law }: SizeLaw): string {
  const keys = Object.entries(law).map(([key, value]) =>
    typeof value === 'number' ? `${key}: ${plain(value, 4)}` : `${key}: ${value}`,
  );
  return `{ ${keys.join(', ')} }`;
}

/** The ranking as rows of cells, the first of them the head. */
export function rankingRows({ candidates, replay }: Ranking): string[][] {
  const cells = (errors: Candidate['errors'], together: number) => [
    ...GROUPS.map((group) => factor(errors[group])),
    factor(together),
  ];
  return [
    ['', ...GROUPS, 'together'],
    ...candidates.map((one) => [candidateName(one), ...cells(one.errors, one.together)]),
    ['(the log itself)', ...cells(replay.errors, replay.together)],
  ];
}

export function candidateName({ name, profile }: Pick<Candidate, 'name' | 'profile'>): string {
  return `${name}${profile ? ' by hour' : ''}`;
}

const WORDS: Record<Group, string> = {
  rate: 'its rate is',
  dispersion: 'its dispersion is',
  gaps: 'its gaps are',
  peaks: 'its peaks are',
};

/** What follows from the ranking, in a sentence or two. */
export function advice({ candidates }: Ranking): string {
  const best = candidates[0]!;
  const good = candidates.find(({ isGood }) => isGood);
  if (good === best)
    return `${candidateName(good)} is nearest or as near and simplest, and nowhere off by more than a factor of ${LARGEST_ERROR} on average.`;
  const unknown = GROUPS.filter((group) => best.errors[group] === undefined);
  if (unknown.length > 0)
    return `${candidateName(best)} is nearest, but the log is too short to judge its ${unknown.join(' and ')}. Replay the log instead (process: trace), or take a longer one.`;
  const worst = GROUPS.reduce((a, b) => (best.errors[b]! > best.errors[a]! ? b : a));
  const first = `None is good: ${candidateName(best)} is nearest, and ${WORDS[worst]} off by a factor of ${plain(best.errors[worst]!, 3)}.`;
  const second = good
    ? ` ${candidateName(good)} is nowhere off by more than ${LARGEST_ERROR}, though further off together.`
    : '';
  return `${first}${second} Replay the log instead (process: trace).`;
}

function factor(x: number | undefined): string {
  return x === undefined ? '–' : `x ${x.toFixed(2)}`;
}

function percent(share: number): string {
  return `${plain(100 * share, 2)} %`;
}
