import { plain } from '../core/plain-number.ts';
import type { Crossing } from '../experiment/crossing.ts';
import { allRequests_per_hour, type Crossover, type CrossoverPlan } from '../experiment/crossover.ts';
import type { Formula } from '../experiment/formula.ts';
import { type CrossoverKind, imagesPerHour, type Offer, type Point, stateOf } from '../experiment/offers.ts';
import type { Columns, Row } from '../measure/columns.ts';
import type { Summary } from '../measure/summary.ts';

/** What `warmpool crossover` found. */
export interface CrossoverReport {
  readonly plan: CrossoverPlan;
  readonly found: readonly Crossover[];
  readonly formula: Formula | undefined;
  /** The settings of each side, in words; none for a single one. */
  readonly settings: readonly [readonly string[], readonly string[]];
}

/** crossover.csv: a row a crossing, or one that says there is none. */
export const CROSSOVER_COLUMNS: Columns = {
  kind: 'text',
  rate_per_hour: 'number',
  rate_per_hour_ci_low: 'number',
  rate_per_hour_ci_high: 'number',
  images_per_hour: 'number',
  formula_images_per_hour: 'number',
  utilization_at_formula: 'number',
  status: 'text',
  cheaper_below: 'text',
  cheaper_above: 'text',
  setting: 'text',
};

/** crossover-curve.csv: what each side costs at each rate that was looked at. */
export const CURVE_COLUMNS: Columns = {
  kind: 'text',
  rate_per_hour: 'number',
  platform: 'text',
  setting: 'text',
  cost_usd_per_hour: 'usd',
  cost_usd_per_hour_ci_low: 'usd',
  cost_usd_per_hour_ci_high: 'usd',
  cost_usd_per_image: 'usd',
  cost_usd_per_image_ci_low: 'usd',
  cost_usd_per_image_ci_high: 'usd',
  latency_p95_s: 'seconds',
  gpu_utilization: 'number',
};

export function crossoverRows({ plan, found, formula, settings }: CrossoverReport): Row[] {
  const names = plan.sides.map(({ name }) => name) as [string, string];
  const common = {
    formula_images_per_hour: formula?.images_per_hour ?? null,
    utilization_at_formula: formula?.utilization ?? null,
  };
  return found.flatMap(({ kind, crossings, curve }): Row[] => {
    if (crossings.length === 0) return [{ kind, ...common, status: noneStatus(curve, names) }];
    return crossings.map((one) => ({
      kind,
      rate_per_hour: one.rate_per_hour,
      rate_per_hour_ci_low: one.low,
      rate_per_hour_ci_high: one.high,
      images_per_hour: imagesPerHour(one.point, allRequests_per_hour(plan, one.rate_per_hour)),
      ...common,
      status: one.isJump ? 'jump' : crossings.length > 1 ? 'several' : 'ok',
      cheaper_below: nameOf(one.below, names),
      cheaper_above: nameOf(one.above, names),
      setting: one.point.offers.map((offer, k) => `${names[k]}: ${settingOf(settings, k, offer)}`).join('; '),
    }));
  });
}

function nameOf(side: 0 | 1 | undefined, names: readonly [string, string]): string {
  return side === undefined ? 'neither' : names[side];
}

/** Why there is no crossing. */
function noneStatus(curve: readonly Point[], names: readonly [string, string]): string {
  const states = curve.map(stateOf);
  const side = states.find((state) => state !== undefined);
  if (side === undefined) return 'none: the costs cannot be told apart';
  if (side === 'neither') return 'none: neither serves';
  const isAlone = curve.some(({ offers }) => !offers[0] || !offers[1]);
  const where = states.includes(undefined) ? ' where the costs can be told apart' : ' throughout';
  return `none: ${names[side]} is cheaper${isAlone ? ', or serves alone,' : ''}${where}`;
}

/** Rates at which the costs cannot be told apart. */
function unsureWords({ curve }: Crossover): string[] {
  const unsure = curve.filter((point) => stateOf(point) === undefined);
  if (unsure.length === 0 || unsure.length === curve.length) return [];
  const rates = unsure.map(({ rate_per_hour }) => plain(rate_per_hour, 3));
  const listed = rates.length > 4 ? `${rates[0]} ... ${rates.at(-1)}` : rates.join(', ');
  return [`At 99 % the costs cannot be told apart at these rates that were looked at: ${listed} an hour.`];
}

function settingOf(settings: CrossoverReport['settings'], side: number, offer: Offer | undefined): string {
  return offer === undefined ? 'none' : settings[side as 0 | 1][offer.setting] || 'as written';
}

export function* curveRows({ plan, found, settings }: CrossoverReport): Generator<Row> {
  for (const { kind, curve } of found)
    for (const { rate_per_hour, offers } of curve)
      for (const [side, offer] of offers.entries()) {
        const row = offer?.result.summary.row ?? {};
        const known = Object.keys(CURVE_COLUMNS).filter((name) => name in row && name !== 'rate_per_hour');
        yield {
          ...Object.fromEntries(known.map((name) => [name, row[name]!])),
          kind,
          rate_per_hour,
          platform: plan.sides[side]!.name,
          setting: settingOf(settings, side, offer),
        };
      }
}

const KIND_WORDS: Record<CrossoverKind, string> = {
  fixed: 'With the settings as they are',
  'best-setting': 'With the cheapest setting at each rate',
  'equal-slo': 'With the cheapest setting that meets the SLO at each rate',
};

/** The answers in sentences. */
export function crossoverWords(report: CrossoverReport): string[] {
  const { plan, found, formula } = report;
  const [a, b] = plan.sides.map(({ name }) => name) as [string, string];
  const range = `from ${plain(plan.from_per_hour, 4)} to ${plain(plan.to_per_hour, 4)} requests an hour`;
  const lines = found.flatMap((crossover) => {
    const { kind, crossings, curve } = crossover;
    if (crossings.length === 0) {
      const why = noneStatus(curve, [a, b]).replace('none: ', '');
      return [`${KIND_WORDS[kind]} there is no crossover ${range}: ${why}.`, ...unsureWords(crossover)];
    }
    const several =
      crossings.length > 1 ? [`${KIND_WORDS[kind]} there are ${crossings.length} crossovers:`] : [];
    const words = crossings.map((one) => crossingWords(report, kind, one, crossings.length > 1));
    return [...several, ...words, ...unsureWords(crossover)];
  });
  return formula ? [...lines, formulaWords(formula)] : lines;
}

function crossingWords(
  report: CrossoverReport,
  kind: CrossoverKind,
  one: Crossing,
  isListed: boolean,
): string {
  const names = report.plan.sides.map(({ name }) => name) as [string, string];
  const [below, above] = [nameOf(one.below, names), nameOf(one.above, names)];
  const begin = isListed ? '  ' : `${KIND_WORDS[kind]} `;
  const images = imagesPerHour(one.point, allRequests_per_hour(report.plan, one.rate_per_hour));
  const same = Math.abs(images - one.rate_per_hour) < 1e-6 * images;
  const inImages = same ? '' : ` (${plain(images, 4)} images)`;
  if (one.below === undefined || one.above === undefined)
    return `${begin}${below} ${one.below === undefined ? 'of them serves' : 'serves alone, or cheaper,'} below about ${plain(one.rate_per_hour, 4)} requests an hour${inImages}, and ${above} above${kind === 'equal-slo' ? ', within the SLO' : ''}.`;
  if (one.isJump)
    return `${begin}${below} serves alone, or cheaper, below about ${plain(one.rate_per_hour, 4)} requests an hour${inImages}, and ${above} above. The costs do not meet there: one of them does not serve${kind === 'equal-slo' ? ' within the SLO' : ''} beyond, or only with a dearer setting. How sure that rate is hangs on latencies, and is not known.`;
  const half = one.high === null ? '' : ` ± ${plain(one.high - one.rate_per_hour, 2)}`;
  const alive = one.point.offers
    .map((offer, k) => ({ name: names[k], summary: offer!.result.summary }))
    // Where requests are charged, containers are the provider's.
    .filter(({ summary }) => summary.row.cost_request_usd_per_hour === 0)
    .map(({ name, summary }) => `; ${name} then has ${aliveWords(summary)}`);
  return `${begin}${below} is cheaper below ${plain(one.rate_per_hour, 4)}${half} requests an hour${inImages}, ${above} above${alive.join('')}.`;
}

/** What the formula does not know: containers that start and wait. */
function aliveWords({ estimates, row }: Summary): string {
  const containers = estimates.containers_mean.value ?? 0;
  const busy = containers * (estimates.gpu_utilization.value ?? 0);
  const [starting, rest] = [Number(row.cost_starting_usd_per_hour), Number(row.cost_idle_usd_per_hour)];
  const idle = starting + rest > 0 ? ((containers - busy) * rest) / (starting + rest) : containers - busy;
  const parts = [
    `${plain(busy, 3)} busy`,
    `${plain(idle, 3)} idle`,
    ...(starting > 0 ? [`${plain(containers - busy - idle, 2)} starting`] : []),
  ];
  const count = plain(containers, 3);
  return `${count} ${count === '1' ? 'container' : 'containers'} alive on average (${parts.join(', ')})`;
}

function formulaWords({ images_per_hour, utilization }: Formula): string {
  return `By arithmetic, N* = 3600 M / R = ${plain(images_per_hour, 4)} images an hour, which keep one container ${plain(100 * utilization, 4)} % busy. It knows a single container that is always there, and nothing of those that start, wait for the next request, or serve requests that come at the same time.`;
}

const CHART_WIDTH = 34;

/** The curve as a chart that needs no colour: a line a rate, each side's first letter at its cost of an image. */
export function curveChart({ plan, found }: CrossoverReport, { kind, curve }: Crossover): string[] {
  const [a, b] = marks(plan.sides.map(({ name }) => name) as [string, string]);
  const perImage = (offer: Offer | undefined) =>
    offer?.result.summary.estimates.cost_usd_per_image.value ?? undefined;
  const p95 = (offer: Offer | undefined) => offer?.result.summary.estimates.latency_p95_s.value ?? undefined;
  const costs = curve
    .flatMap(({ offers }) => offers.map(perImage))
    .filter((cost) => cost !== undefined && cost > 0);
  if (costs.length === 0) return [];
  const [least, most] = [
    Math.log(Math.min(...(costs as number[]))),
    Math.log(Math.max(...(costs as number[]))),
  ];
  const place = (cost: number) =>
    most > least ? Math.round(((Math.log(cost) - least) / (most - least)) * (CHART_WIDTH - 1)) : 0;
  const number = (value: number | undefined, digits: number) =>
    value === undefined ? '–' : plain(value, digits);
  const lines = curve.map(({ rate_per_hour, offers }) => {
    const line = new Array<string>(CHART_WIDTH).fill(' ');
    const [first, second] = offers.map(perImage);
    if (first !== undefined) line[place(first)] = a;
    if (second !== undefined) line[place(second)] = line[place(second)] === a ? 'X' : b;
    const cells = [plain(rate_per_hour, 3).padStart(8), `|${line.join('')}|`];
    const costs_p95 = offers.map(
      (offer) => `${number(perImage(offer), 3).padStart(8)}${number(p95(offer), 3).padStart(7)}`,
    );
    return [...cells, ...costs_p95].join(' ');
  });
  const axis =
    `$${plain(Math.exp(least), 2)}`.padEnd(CHART_WIDTH / 2) +
    `$${plain(Math.exp(most), 2)} an image`.padStart(CHART_WIDTH / 2);
  const head = [
    'rate/h'.padStart(8),
    ` ${axis} `,
    ...plan.sides.map(({ name }) => `${name.slice(0, 8).padStart(8)}${'p95 s'.padStart(7)}`),
  ].join(' ');
  const title = found.length > 1 ? [`${KIND_WORDS[kind]}:`] : [];
  return [
    ...title,
    head,
    ...lines,
    `${a}: ${plan.sides[0].name}; ${b}: ${plan.sides[1].name}; X: both; the scale is logarithmic`,
  ];
}

/** A letter for each side, its first if they differ. */
function marks([a, b]: readonly [string, string]): [string, string] {
  return a[0] === b[0] ? ['a', 'b'] : [a[0]!, b[0]!];
}
