import { describe, expect, it } from 'vitest';
import { comparison } from '../../src/fit/comparison.ts';
import { byHourOfWeek, dayProfile } from '../../src/fit/day-profile.ts';
import { dispersionCurve, gapsOf } from '../../src/fit/dispersion-curve.ts';
import { factsOf, trafficOf } from '../../src/fit/log-facts.ts';
import { isEnough, type LogTraffic, type Ranking, rank } from '../../src/fit/rank.ts';
import { resolutionOf, roundedDown, spread } from '../../src/fit/resolution.ts';
import { TrafficMeter, trafficFacts } from '../../src/measure/traffic-meter.ts';
import { streamsOf } from '../../src/random/stream.ts';
import { advice, comparisonNotes, factLines } from '../../src/render/fit-report.ts';
import { newBatch } from '../../src/workload/batch.ts';
import type { ProcessSpec } from '../../src/workload/processes/table.ts';
import { expectedRate } from '../../src/workload/source.ts';
import { LONG } from '../long.ts';
import { sourceOf } from '../workload/draw.ts';
import { logOf, logOfInstants } from './logs.ts';

function ranked(log: LogTraffic): { shares: number[]; ranking: Ranking } {
  const steps = rank(log);
  const shares: number[] = [];
  for (;;) {
    const step = steps.next();
    if (step.done) return { shares, ranking: step.value };
    shares.push(step.value);
  }
}

const hawkes: ProcessSpec = { process: 'hawkes', base_rate: 0.01, branching: 0.8, decay: 60 };
const daily: ProcessSpec = {
  process: 'hourly',
  rates: Array.from({ length: 24 }, (_, h) => (h < 8 ? 0.002 : h < 18 ? 0.06 : 0.02)),
  weekend_factor: 1,
};

describe('the ranking', () => {
  it('puts the process first that a log was drawn from, and calls it good', () => {
    const { ranking, shares } = ranked(logOf(hawkes, LONG ? 100 : 60));
    expect(ranking.candidates[0]!.name).toBe('hawkes');
    expect(ranking.candidates[0]!.isGood).toBe(true);
    expect(ranking.candidates.at(-1)!.name).toBe('poisson');
    expect(advice(ranking)).toMatch(/^hawkes.* is nearest/);
    expect(shares.every((share, i) => i === 0 || share >= shares[i - 1]!)).toBe(true);
  });

  it.runIf(LONG)('finds a daily rhythm, and its times again in rates by the hour', () => {
    const { ranking } = ranked(logOf(daily, 24 * 9));
    const [best] = ranking.candidates;
    expect(best!.profile).toBeDefined();
    expect(best!.isGood).toBe(true);
    for (const one of ranking.candidates.filter(({ profile }) => profile === undefined))
      expect(one.together).toBeGreaterThan(best!.together);
  });

  it('prefers the simplest of those that are as near as the nearest', () => {
    const { ranking } = ranked(logOf({ process: 'poisson', rate: 0.05 }, 40));
    expect(ranking.candidates[0]!.name).toBe('poisson');
    expect(ranking.candidates[0]!.isGood).toBe(true);
    expect(ranking.candidates.length).toBeGreaterThan(3);
  });

  it('says when the log is too short to judge by, and calls nothing good', () => {
    const instants = Array.from({ length: 300 }, (_, i) => i * 20_000 + (i % 7) * 900);
    const log = { ...logOfInstants(instants, 1), to_us: 6_000_000 };
    const { ranking } = ranked(log);
    expect(ranking.candidates.every(({ isGood }) => !isGood)).toBe(true);
    expect(advice(ranking)).toContain('too short to judge its dispersion');
  });

  it('says when none is good, and advises to replay', () => {
    // Ten minutes of a burst, every day at another time, and nothing else but in the last third.
    const instants = Array.from({ length: 12 }, (_, day) =>
      Array.from(
        { length: day < 8 ? 100 : 900 },
        (_, i) => (day * 24 + ((day * 7) % 24)) * 3600e6 + i * (day < 8 ? 6e6 : 1e5),
      ),
    ).flat();
    const { ranking } = ranked(logOfInstants(instants, 12 * 24));
    expect(ranking.candidates.every(({ isGood }) => !isGood)).toBe(true);
    expect(advice(ranking)).toContain('None is good');
    expect(advice(ranking)).toContain('Replay the log instead');
  });

  it('judges nothing by too few requests', () => {
    expect(isEnough(logOf({ process: 'poisson', rate: 0.01 }, 3))).toBe(false);
  });

  it('tries no rhythm of the day on less than two days', () => {
    const { ranking } = ranked(logOf(hawkes, 30));
    expect(ranking.candidates.every(({ profile }) => profile === undefined)).toBe(true);
  });

  it.runIf(LONG)('gives the same every time', () => {
    const log = logOf({ process: 'weibull', rate: 0.05, shape: 0.5 }, 30);
    expect(ranked(log)).toEqual(ranked(log));
  });
});

describe('the rhythm of the day', () => {
  const weekdays: ProcessSpec = { ...daily, weekend_factor: 0.5 } as ProcessSpec;

  it('is that of the hours, with a weekend', () => {
    const found = dayProfile(logOf(weekdays, 24 * 70), 0, true)!;
    expect(found.weekend_factor).toBeCloseTo(0.5, 1);
    expect(found.hours[10]! / found.hours[20]!).toBeCloseTo(3, 0);
    expect(found.hours[3]! / found.hours[20]!).toBeCloseTo(0.1, 1);
    expect(dayProfile(logOf(weekdays, 24 * 70), 0, false)!.weekend_factor).toBe(1);
  });

  it('compares the weekend with weekdays in the very hours that were seen of it', () => {
    // Six days and eight hours of a rhythm without a weekend: of Sunday only the night is seen.
    const log = logOf({ ...daily, weekend_factor: 1 } as ProcessSpec, 24 * 6 + 8);
    expect(dayProfile(log, 0, true)!.weekend_factor).toBeGreaterThan(0.85);
    expect(dayProfile(log, 0, true)!.weekend_factor).toBeLessThan(1.15);
    // Less than a day of it says nothing.
    expect(dayProfile(logOf(weekdays, 24 * 5 + 20), 0, true)!.weekend_factor).toBe(1);
  });

  it('counts hours from a Monday, of which parts may have been seen', () => {
    const log = { arrival_us: Float64Array.of(3.5e9, 3.7e9), from_us: 1.8e9, to_us: 4.5e9 };
    const { counts, hours } = byHourOfWeek(log, -24 * 3600e6);
    expect([counts[24], counts[25]]).toEqual([1, 1]);
    expect([hours[24], hours[25], hours[26]]).toEqual([0.5, 0.25, 0]);
  });

  it('of a log with dates is that of the calendar', () => {
    // 2023-11-16 was a Thursday.
    const epoch_us = Date.UTC(2023, 10, 16) * 1000;
    const reading = { epoch_us } as never;
    const { monday_us, isWeekKnown } = trafficOf({ arrival_us: Float64Array.of(1e6, 3e6), reading });
    expect(isWeekKnown).toBe(true);
    expect(monday_us).toBe(-3 * 86_400e6);
  });
});

describe('facts of a log', () => {
  it('have the dispersion that a run reports', () => {
    const log = logOf(hawkes, 30);
    const batch = newBatch(log.arrival_us.length);
    batch.arrival_us.set(log.arrival_us);
    batch.count = log.arrival_us.length;
    const meter = new TrafficMeter(log.to_us);
    meter.watch(batch);
    const told = trafficFacts([meter.finish()], log.to_us);
    const [minute, hour] = dispersionCurve(log, [60, 3600]);
    expect(minute).toBeCloseTo(told.dispersion_60s!, 9);
    expect(hour).toBeCloseTo(told.dispersion_3600s!, 9);
    const facts = factsOf({ arrival_us: log.arrival_us }, log);
    expect(facts.gap_cv).toBeCloseTo(told.interarrival_cv!, 9);
    expect(facts.rate_per_hour).toBeCloseTo(told.rate_per_hour, 9);
  });

  it('leave out what a coarse clock hides, and say so', () => {
    const log = logOf({ process: 'poisson', rate: 0.1 }, 30);
    const coarse = { ...log, arrival_us: roundedDown(log.arrival_us, 60e6) };
    // A row or two may be written otherwise.
    coarse.arrival_us[coarse.arrival_us.length - 1]! += 30e6;
    const facts = factsOf({ arrival_us: coarse.arrival_us }, coarse);
    expect([facts.resolution_s, facts.gap_cv]).toEqual([60, undefined]);
    expect(
      facts.dispersion.filter(({ value }) => value !== undefined).map(({ window_s }) => window_s)[0],
    ).toBe(60);
    expect(factLines(facts).join(' ')).toContain('Times are rounded to 1 min, which hides the gaps.');
    const best = ranked(coarse).ranking.candidates[0]!;
    expect(best.name).toBe('poisson');
    expect(comparisonNotes(coarse, comparison(coarse, best), undefined)[0]).toContain(
      'Trust the fitted source.',
    );
  });

  it('say how empty and how high the hours are', () => {
    const instants = [...Array.from({ length: 20 }, (_, i) => i * 1e6), 5 * 3600e6, 47.5 * 3600e6];
    const facts = factsOf({ arrival_us: Float64Array.from(instants) }, logOfInstants(instants, 48));
    expect(facts.emptyHours).toBeCloseTo(45 / 48, 12);
    expect(facts.peakHour).toBeCloseTo((20 * 48) / 22, 12);
    expect(facts.byHour[5]).toBe(0.5);
  });
});

describe('a fit beside its replay', () => {
  // 2026-04-03, a Friday, from twenty to eight in the morning on.
  const friday_us = Date.UTC(2026, 3, 3, 7, 40) * 1000;
  const logFrom = (arrivals: Float64Array) => {
    const first = arrivals[0]!;
    return trafficOf({
      arrival_us: arrivals.map((t) => t - first),
      reading: { epoch_us: friday_us } as never,
    });
  };

  it('without a rhythm stands for the log from its first request to its last', () => {
    const log = logFrom(logOf(hawkes, 40).arrival_us);
    const best = ranked(log).ranking.candidates.find(({ name }) => name === 'poisson')!;
    const { process, from_us, to_us } = comparison(log, best);
    expect([from_us, to_us]).toEqual([log.from_us, log.to_us]);
    expect((process as { rate: number }).rate * (to_us / 1e6)).toBeCloseTo(log.arrival_us.length, 6);
  });

  it.runIf(LONG)(
    'with a rhythm stands for whole days, begins on their first day, and brings as many requests',
    () => {
      const rates = (daily as { rates: number[] }).rates.map((rate) => rate / 3);
      const weekdays: ProcessSpec = { process: 'hourly', rates, weekend_factor: 0.2 };
      // As if it were Friday 07:40 at the first arrival: 4 days and 7:40 h into the week of the process.
      const all = logOf(weekdays, 24 * 25).arrival_us.filter((t) => t >= (4 * 24 + 7) * 3600e6 + 2400e6);
      const log = logFrom(all);
      const name = 'poisson';
      const best = ranked(log).ranking.candidates.find((one) => one.name === name && one.profile)!;
      const { process, profile, from_us, to_us } = comparison(log, best);
      expect(profile!.first_day).toBe('saturday');
      expect(new Date((from_us + friday_us) / 1000).toISOString()).toBe('2026-04-04T00:00:00.000Z');
      expect((to_us - from_us) / 86_400e6).toBe(20);
      expect(comparisonNotes(log, { process, profile, from_us, to_us }, friday_us)).toEqual([
        expect.stringMatching(
          /whole days from 2026-04-04 to 2026-04-24, the last not among them: \d+ of the \d+ requests/,
        ),
      ]);
      const source = sourceOf(process, { profile });
      const expected = expectedRate(source, to_us - from_us) * ((to_us - from_us) / 1e6);
      const came = log.arrival_us.filter((t) => t >= from_us && t < to_us).length;
      expect(expected / came).toBeCloseTo(1, 2);
      // The weekend comes first.
      expect(expectedRate(source, 48 * 3600e6)).toBeLessThan(0.4 * expectedRate(source, 168 * 3600e6));
    },
  );
});

describe('rounded times', () => {
  it('are known by their step, and spread over it without a tie', () => {
    const exact = logOf({ process: 'poisson', rate: 2 }, 1).arrival_us;
    const rounded = roundedDown(exact, 1e6);
    expect([exact, rounded, roundedDown(exact, 1000)].map(resolutionOf)).toEqual([1, 1e6, 1000]);
    expect([roundedDown(exact, 60e6), roundedDown(exact, 3600e6)].map(resolutionOf)).toEqual([60e6, 3600e6]);
    const apart = spread(rounded, 1e6, streamsOf('s', 0)('x'));
    expect(gapsOf(apart).every((gap) => gap > 0)).toBe(true);
    expect(Array.from(roundedDown(apart, 1e6))).toEqual(Array.from(rounded));
  });
});
