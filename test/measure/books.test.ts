import { describe, expect, test } from 'vitest';
import { hourlyRows, replicationRows } from '../../src/measure/hourly.ts';
import { monthlyCost } from '../../src/measure/monthly.ts';
import { hourLengths_us, type RunRecord, runRecord, totalRecord } from '../../src/measure/run-record.ts';
import { runTotals } from '../../src/measure/run-totals.ts';
import { sloAnswer } from '../../src/measure/slo.ts';
import { type Stability, stabilityOf, stabilityOfAll } from '../../src/measure/status.ts';
import { type SummaryInput, summaryOf } from '../../src/measure/summary.ts';
import { TrafficMeter } from '../../src/measure/traffic-meter.ts';
import type { PlatformSpec } from '../../src/platforms/table.ts';
import { type HourQuantity, newHours } from '../../src/pool/hours.ts';
import { meanEstimate, quantileEstimate, ratioEstimate } from '../../src/stats/estimate.ts';
import { mergeSamples, sampleOfSorted } from '../../src/stats/sample.ts';

const HOUR_US = 3600e6;
const DURATION_US = 1.5 * HOUR_US;
const platform = {
  kind: 'runpod-serverless',
  terms: { usd_per_second: 0.01, active_discount: 0.5 },
} as unknown as PlatformSpec;

/** Two hours by hand, the second of half an hour; times in seconds. All numbers differ, so that none can stand for another. */
const BOOKS: Record<HourQuantity, [number, number]>[] = [
  {
    requests: [20, 11],
    completed: [12, 6],
    rejected: [3, 2],
    aborted: [2, 0],
    failed: [1, 2],
    canceled: [2, 1],
    images: [24, 13],
    cold_requests: [4, 2],
    within_limit: [9, 5],
    latency_us: [97, 51],
    wait_us: [31, 17],
    cold_wait_us: [19, 7],
    run_us: [66, 34],
    cut_us: [11, 5],
    adapter_loads: [7, 3],
    starting_us: [40, 16],
    busy_us: [77, 39],
    idle_us: [103, 28],
    alive_us: [220, 83],
    floor_us: [88, 21],
    rounding_us: [1.5, 0.25],
    cold_starts: [5, 1],
    containers_max: [3, 2],
    backlog: [6, 4],
  },
  {
    requests: [30, 18],
    completed: [21, 9],
    rejected: [4, 1],
    aborted: [1, 5],
    failed: [3, 0],
    canceled: [1, 3],
    images: [45, 19],
    cold_requests: [6, 1],
    within_limit: [14, 8],
    latency_us: [180, 62],
    wait_us: [63, 23],
    cold_wait_us: [29, 3],
    run_us: [117, 39],
    cut_us: [14, 8],
    adapter_loads: [10, 2],
    starting_us: [48, 8],
    busy_us: [131, 47],
    idle_us: [61, 35],
    alive_us: [240, 90],
    floor_us: [12, 31],
    rounding_us: [2.5, 0.75],
    cold_starts: [6, 2],
    containers_max: [5, 4],
    backlog: [9, 1],
  },
];
const LATENCIES_S = [
  [
    [1, 2, 3, 5, 8, 9, 9, 10, 11, 12, 13, 14],
    [4, 6, 7, 8, 12, 14],
  ],
  [
    [2, 2, 3, 4, 5, 6, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 12, 13, 13, 13],
    [1, 4, 5, 6, 7, 8, 9, 10, 12],
  ],
];
const AFTER_END_S = [4, 7];

const isTime = (name: string) => name.endsWith('_us');
const runs: RunRecord[] = BOOKS.map((book, r) => {
  const hours = newHours(2);
  for (const name of Object.keys(book) as HourQuantity[])
    hours[name].set(book[name].map((value) => (isTime(name) ? value * 1e6 : value)));
  for (const values of LATENCIES_S[r]!)
    hours.latencies.push(sampleOfSorted(Float64Array.from(values, (s) => s * 1e6)));
  hours.after_end_busy_us = AFTER_END_S[r]! * 1e6;
  return runRecord(platform, hours, DURATION_US);
});

/** $ of an hour by its parts: active workers cost half, for the share of the floor; a rounded end costs all. */
function money(book: (typeof BOOKS)[number], h: number) {
  const alive = book.alive_us[h]!;
  const rate = 0.01 * (1 - (0.5 * book.floor_us[h]!) / alive);
  const parts = {
    starting: book.starting_us[h]! * rate,
    busy: book.busy_us[h]! * rate,
    idle: book.idle_us[h]! * rate + book.rounding_us[h]! * 0.01,
  };
  return { ...parts, all: parts.starting + parts.busy + parts.idle, billed: alive + book.rounding_us[h]! };
}

const close = (row: object, expected: Record<string, number | null | string>) => {
  for (const [name, value] of Object.entries(expected)) {
    const found = (row as Record<string, unknown>)[name];
    if (typeof value === 'number') expect(found, name).toBeCloseTo(value, 9);
    else expect([name, found]).toEqual([name, value]);
  }
};

/** What an hour must say, from some of the books. */
function hourOf(books: typeof BOOKS, h: number, length_s: number): Record<string, number> {
  const mean = (pick: (book: (typeof BOOKS)[number]) => number) =>
    books.reduce((sum, book) => sum + pick(book), 0) / books.length;
  const of = (name: HourQuantity) => mean((book) => book[name][h]!);
  return {
    requests: of('requests'),
    completed: of('completed'),
    rejected: of('rejected'),
    aborted: of('aborted'),
    failed: of('failed'),
    canceled: of('canceled'),
    images: of('images'),
    cold_requests: of('cold_requests'),
    adapter_loads: of('adapter_loads'),
    cold_starts: of('cold_starts'),
    latency_mean_s: of('latency_us') / of('completed'),
    wait_mean_s: of('wait_us') / (of('completed') + of('failed') + of('canceled')),
    run_s: of('run_us'),
    cut_s: of('cut_us'),
    starting_s: of('starting_us'),
    busy_s: of('busy_us'),
    idle_s: of('idle_us'),
    alive_s: of('alive_us'),
    rounding_s: of('rounding_us'),
    billed_s: mean((book) => money(book, h).billed),
    containers_mean: of('alive_us') / length_s,
    containers_max: Math.max(...books.map((book) => book.containers_max[h]!)),
    gpu_utilization: of('busy_us') / of('alive_us'),
    cost_usd: mean((book) => money(book, h).all),
    cost_starting_usd: mean((book) => money(book, h).starting),
    cost_busy_usd: mean((book) => money(book, h).busy),
    cost_idle_usd: mean((book) => money(book, h).idle),
    cost_request_usd: 0,
  };
}

/** The nearest rank of seconds. */
function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(p * sorted.length - 1e-9) - 1]!;
}

describe('the rows of an hour', () => {
  test('over all replications', () => {
    const rows = hourlyRows('s', 'p', runs);
    expect(rows.map(({ scenario, platform, hour }) => [scenario, platform, hour])).toEqual([
      ['s', 'p', 0],
      ['s', 'p', 1],
    ]);
    for (const [h, row] of rows.entries()) {
      close(row, hourOf(BOOKS, h, h === 0 ? 3600 : 1800));
      const pooled = LATENCIES_S.flatMap((run) => run[h]!);
      close(row, {
        latency_p50_s: percentile(pooled, 0.5),
        latency_p95_s: percentile(pooled, 0.95),
        latency_p99_s: percentile(pooled, 0.99),
      });
      const cost = meanEstimate(BOOKS.map((book) => money(book, h).all));
      const busy = ratioEstimate(
        BOOKS.map((book) => book.busy_us[h]!),
        BOOKS.map((book) => book.alive_us[h]!),
      );
      const samples = LATENCIES_S.map((run) => sampleOfSorted(Float64Array.from(run[h]!)));
      const p95 = quantileEstimate(mergeSamples(samples), samples, 0.95);
      close(row, {
        cost_usd_ci_low: cost.low,
        cost_usd_ci_high: cost.high,
        gpu_utilization_ci_low: busy.low,
        gpu_utilization_ci_high: busy.high,
        latency_p95_s_ci_low: p95.low,
        latency_p95_s_ci_high: p95.high,
      });
    }
  });

  test('of each replication', () => {
    const rows = [...replicationRows('s', 'p', runs)];
    expect(rows.map(({ replication, hour }) => [replication, hour])).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
    for (const row of rows) {
      const [r, h] = [row.replication as number, row.hour as number];
      close(row, hourOf([BOOKS[r]!], h, h === 0 ? 3600 : 1800));
      close(row, { latency_p50_s: percentile(LATENCIES_S[r]![h]!, 0.5) });
    }
  });

  test('in which nothing was have no mean, no percentile and no share', () => {
    const hours = newHours(1);
    hours.latencies.push(sampleOfSorted(new Float64Array(0)));
    const [row] = hourlyRows('s', 'p', [runRecord(platform, hours, HOUR_US)]);
    const none = ['latency_mean_s', 'latency_p50_s', 'latency_p95_s', 'wait_mean_s', 'gpu_utilization'];
    close(row!, Object.fromEntries(none.map((name) => [name, null])));
    close(row!, { cost_usd: 0, containers_mean: 0, billed_s: 0 });
  });

  test('of a platform that charges by the image have no billed seconds', () => {
    const official = {
      kind: 'replicate-official',
      terms: { usd_per_image: 0.5, usd_per_run_second: 0 },
    } as unknown as PlatformSpec;
    const record = runRecord(official, runs[0]!.hours, DURATION_US);
    const [row] = hourlyRows('s', 'p', [record]);
    close(row!, { billed_s: null, cost_request_usd: 12, cost_usd: 12, cost_busy_usd: 0 });
    // Together with one that does, only that one's seconds are billed.
    const both = totalRecord([runs[0]!, record], [runs[0]!, record], runs[0]!.hours.containers_max);
    const [sum] = hourlyRows('s', 'p', [both]);
    close(sum!, {
      billed_s: money(BOOKS[0]!, 0).billed,
      cost_usd: 12 + money(BOOKS[0]!, 0).all,
      requests: 40,
      latency_p50_s: percentile(LATENCIES_S[0]![0]!, 0.5),
    });
  });
});

test('a total counts the latencies of those that answer, and the time of all', () => {
  const most = Float64Array.of(7, 6);
  const total = totalRecord(runs, [runs[1]!], most);
  expect(total.hours.requests).toEqual(Float64Array.of(50, 29));
  expect(total.answered.requests).toEqual(Float64Array.of(30, 18));
  expect(total.hours.containers_max).toEqual(most);
  expect(total.latencies.count).toBe(30);
  expect(total.after_end_cost_usd).toBeCloseTo(0.11, 12);
  const [row] = hourlyRows('s', 'p', [total]);
  close(row!, { requests: 50, latency_mean_s: 180 / 21, wait_mean_s: 63 / 25, busy_s: 208 });
});

test('a run that ends within an hour has a shorter last one', () => {
  expect(hourLengths_us(DURATION_US)).toEqual([HOUR_US, HOUR_US / 2]);
  expect(hourLengths_us(2 * HOUR_US)).toEqual([HOUR_US, HOUR_US]);
});

describe('the summary', () => {
  const totals = runs.map(runTotals);
  const stable: Stability = { status: 'ok', backlog_end: 2.5, backlog_per_hour: -1 };
  const traffic = BOOKS.map(() => new TrafficMeter(DURATION_US).finish());
  const input: SummaryInput = {
    scenario: 's',
    platform: 'p',
    sources: ['a', 'b'],
    runs: totals,
    traffic,
    duration_us: DURATION_US,
    stability: stable,
    accounts: [{ cost_usd_per_hour: 2, account: undefined }],
    hasLimit: true,
  };
  const both = (name: HourQuantity) => BOOKS.map((book) => book[name][0]! + book[name][1]!);
  const all = (name: HourQuantity) => both(name).reduce((sum, x) => sum + x, 0);
  const costs = BOOKS.map((book) => money(book, 0).all + money(book, 1).all);
  const afterEnd = AFTER_END_S.map((s) => s * 0.01);
  const wholeCosts = costs.map((cost, r) => cost + afterEnd[r]!);
  const started = BOOKS.map((_, r) => both('completed')[r]! + both('failed')[r]! + both('canceled')[r]!);

  test('has counts over all runs, and means of time and money', () => {
    const { row } = summaryOf(input);
    expect(row).toMatchObject({
      scenario: 's',
      platform: 'p',
      replications: 2,
      status: 'ok',
      sources: 'a;b',
    });
    close(row, {
      requests: all('requests'),
      completed: all('completed'),
      rejected: all('rejected'),
      aborted: all('aborted'),
      failed: all('failed'),
      canceled: all('canceled'),
      images: all('images'),
      cold_starts: all('cold_starts'),
      adapter_loads: all('adapter_loads'),
      containers_max: 5,
      cost_usd_per_hour: (costs[0]! + costs[1]!) / 3,
      cost_starting_usd_per_hour:
        BOOKS.flatMap((b) => [0, 1].map((h) => money(b, h).starting)).reduce((a, b) => a + b) / 3,
      cost_busy_usd_per_hour:
        BOOKS.flatMap((b) => [0, 1].map((h) => money(b, h).busy)).reduce((a, b) => a + b) / 3,
      cost_idle_usd_per_hour:
        BOOKS.flatMap((b) => [0, 1].map((h) => money(b, h).idle)).reduce((a, b) => a + b) / 3,
      cost_request_usd_per_hour: 0,
      cost_usd_per_month: 1440,
      cost_usd_per_image: (wholeCosts[0]! + wholeCosts[1]!) / all('images'),
      cost_usd_per_request: (wholeCosts[0]! + wholeCosts[1]!) / all('completed'),
      after_end_busy_s: 5.5,
      after_end_cost_usd: 0.055,
      within_slo_fraction: all('within_limit') / all('requests'),
      backlog_end: 2.5,
      backlog_per_hour: -1,
      rate_per_hour: 0,
      interarrival_cv: null,
    });
  });

  test('has latencies of the completed, and waits of all that were started', () => {
    const { row, estimates } = summaryOf(input);
    const pooled = LATENCIES_S.flat(2);
    close(row, {
      latency_mean_s: all('latency_us') / all('completed'),
      latency_p50_s: percentile(pooled, 0.5),
      latency_p95_s: percentile(pooled, 0.95),
      latency_p99_s: percentile(pooled, 0.99),
      wait_mean_s: all('wait_us') / (started[0]! + started[1]!),
      wait_cold_mean_s: all('cold_wait_us') / (started[0]! + started[1]!),
      cold_request_fraction: all('cold_requests') / (started[0]! + started[1]!),
      gpu_utilization: all('busy_us') / all('alive_us'),
      containers_mean: all('alive_us') / (2 * 5400),
    });
    const wait = ratioEstimate(both('wait_us'), started);
    const perImage = ratioEstimate(wholeCosts, both('images'));
    const perHour = meanEstimate(costs.map((cost) => cost / 1.5));
    close(row, {
      wait_mean_s_ci_low: wait.low,
      wait_mean_s_ci_high: wait.high,
      cost_usd_per_image_ci_low: perImage.low,
      cost_usd_per_hour_ci_high: perHour.high,
    });
    expect(estimates.wait_mean_s.value).toBe(row.wait_mean_s);
  });

  test('knows what was lost and what falls after the end', () => {
    const { turnedAway, afterEndShare } = summaryOf(input);
    expect(turnedAway).toBeCloseTo(1 - all('completed') / all('requests'), 12);
    expect(afterEndShare).toBeCloseTo(0.11 / (costs[0]! + costs[1]! + 0.11), 12);
  });

  test('of an unstable platform has no latencies, but costs', () => {
    const unstable = summaryOf({ ...input, stability: { ...stable, status: 'unstable' }, hasLimit: false });
    close(unstable.row, {
      status: 'unstable',
      latency_mean_s: null,
      latency_p95_s: null,
      latency_p95_s_ci_low: null,
      wait_mean_s: null,
      wait_cold_mean_s: null,
      within_slo_fraction: null,
      cost_usd_per_hour: (costs[0]! + costs[1]!) / 3,
    });
    expect(unstable.row.cold_request_fraction).not.toBeNull();
    expect(sloAnswer(unstable, 'latency_p95', 5)).toBeUndefined();
  });

  test('of nothing has nothing', () => {
    const hours = newHours(2);
    hours.latencies.push(sampleOfSorted(new Float64Array(0)), sampleOfSorted(new Float64Array(0)));
    const idle = runTotals(runRecord(platform, hours, DURATION_US));
    const none = summaryOf({ ...input, runs: [idle, idle] });
    close(none.row, {
      requests: 0,
      latency_mean_s: null,
      latency_p95_s: null,
      wait_cold_mean_s: null,
      within_slo_fraction: null,
      cost_usd_per_hour: 0,
      cost_usd_per_image: null,
      gpu_utilization: null,
    });
    expect([none.turnedAway, none.afterEndShare, none.sharedP95]).toEqual([0, 0, undefined]);
  });

  test('tells a latency that many share and on which the p95 lies in some runs only', () => {
    const withLatencies = (all_s: number[][]) =>
      summaryOf({
        ...input,
        runs: totals.map((run, r) => ({
          ...run,
          latencies: sampleOfSorted(Float64Array.from(all_s[r]!, (s) => s * 1e6).sort()),
        })),
      }).sharedP95;
    const few = (long: number) => [
      ...Array.from({ length: 100 - long }, (_, i) => 5 + i / 1000),
      ...Array(long).fill(14),
    ];
    expect(withLatencies([few(4), few(6)])).toEqual({ latency_s: 14, share: 0.05 });
    // So few that they could be by chance; on it in every run; in none.
    expect(withLatencies([few(1), few(2)])).toBeUndefined();
    expect(withLatencies([few(9), few(9)])).toBeUndefined();
    expect(withLatencies([few(2), few(6)])).toEqual({ latency_s: 14, share: 0.04 });
  });

  test.each([
    [{ value: 4, low: 3, high: 5 }, 5, 'met'],
    [{ value: 4, low: 3, high: 5 }, 4.5, 'too close to call'],
    [{ value: 4, low: 3, high: 5 }, 3, 'too close to call'],
    [{ value: 4, low: 3, high: 5 }, 2.9, 'missed'],
    [{ value: 4, low: null, high: null }, 4, 'met'],
    [{ value: 4, low: null, high: null }, 3.9, 'missed'],
    [{ value: null, low: null, high: null }, 5, undefined],
  ])('%o stands to an SLO of %f s: %s', (estimate, bound_s, answer) => {
    const one = { ...summaryOf(input), turnedAway: 0.01 };
    const summary = { ...one, estimates: { ...one.estimates, latency_p95_s: estimate } };
    expect(sloAnswer(summary, 'latency_p95', bound_s)).toBe(answer);
    const lossy = { ...summary, turnedAway: 0.0101 };
    expect(sloAnswer(lossy, 'latency_p95', bound_s)).toBe(answer && 'missed');
  });
});

describe('stability', () => {
  const backlogs = (...all: number[][]) =>
    all.map((backlog, r) => ({
      ...runTotals(runs[r % 2]!),
      all: { ...runTotals(runs[0]!).all, requests: 100 },
      backlog: Float64Array.from(backlog),
    }));
  const load = { isBounded: false, offered: 1, max_containers: 2, isOverCreations: false };
  const of = (all: number[][], change = {}) =>
    stabilityOf(backlogs(...all), { ...load, ...change }, all[0]!.length * HOUR_US);
  const rising = [0, 0, 0, 0, 10, 20, 30, 40];

  test.each([
    ['a backlog that rises over the last half', [rising], {}, 'unstable'],
    ['that rises in all runs', [rising, rising.map((x) => x + (x > 20 ? 1 : 0))], {}, 'unstable'],
    ['that rises and is bounded', [rising], { isBounded: true }, 'ok'],
    ['that rises in one run and falls in another', [rising, [0, 0, 0, 0, 40, 30, 20, 10]], {}, 'ok'],
    ['that rises, but not from each quarter to the next', [[0, 0, 0, 0, 10, 40, 20, 30]], {}, 'ok'],
    ['that rises to 5 % of the requests', [[0, 0, 0, 0, 1, 2, 3, 5]], {}, 'ok'],
    ['that rises to 6 %', [[0, 0, 0, 0, 1, 2, 3, 6]], {}, 'unstable'],
    ['of two hours only', [[10, 50]], {}, 'ok'],
    ['a load of all containers', [[0, 0, 0]], { offered: 2 }, 'unstable'],
    ['a load of nearly all', [[0, 0, 0]], { offered: 1.999 }, 'ok'],
    ['a load of all containers with a bound', [[0, 0, 0]], { offered: 3, isBounded: true }, 'ok'],
    ['more requests than may come in', [[0, 0, 0]], { isOverCreations: true }, 'unstable'],
  ])('%s', (_, all, change, status) => {
    expect(of(all, change).status).toBe(status);
  });

  test('says the slope by the hour, and what waits at the end', () => {
    expect(of([rising])).toMatchObject({ backlog_end: 40, backlog_per_hour: 10 });
    expect(of([rising, [0, 0, 0, 0, 10, 10, 10, 10]])).toMatchObject({
      backlog_end: 25,
      backlog_per_hour: 5,
    });
    expect(of([[7, 9]])).toMatchObject({ backlog_end: 9, backlog_per_hour: null });
    // The last half of three hours is two: from the end of the second to that of the third.
    expect(of([[50, 1, 4]])).toMatchObject({ backlog_per_hour: 3 });
  });

  test('of several is that of the worst, and their backlogs add up', () => {
    const one: Stability = { status: 'ok', backlog_end: 1, backlog_per_hour: 2 };
    const two: Stability = { status: 'unstable', backlog_end: 3, backlog_per_hour: null };
    expect(stabilityOfAll([one, two])).toEqual({ status: 'unstable', backlog_end: 4, backlog_per_hour: 2 });
    expect(stabilityOfAll([one, one])).toEqual({ status: 'ok', backlog_end: 2, backlog_per_hour: 4 });
    expect(stabilityOfAll([{ ...two, status: 'ok' }])).toMatchObject({
      status: 'ok',
      backlog_per_hour: null,
    });
  });
});

test('a month is 30 days; a subscription is paid once, and its credit spent once', () => {
  const team = { vendor: 'Modal', plan: 'team', fee_usd_per_month: 250, credit_usd_per_month: 100 };
  const use = (cost_usd_per_hour: number, account?: typeof team) => ({ cost_usd_per_hour, account });
  expect(monthlyCost([use(1), use(2)])).toBe(3 * 720);
  expect(monthlyCost([use(1, team), use(2, team)])).toBe(3 * 720 - 100 + 250);
  expect(monthlyCost([use(0.1, team)])).toBe(250);
  expect(monthlyCost([use(1, team), use(2, { ...team, plan: 'other' })])).toBe(3 * 720 + 300);
  expect(monthlyCost([use(1, team), use(2, { ...team, vendor: 'X' }), use(3)])).toBe(6 * 720 + 300);
});
