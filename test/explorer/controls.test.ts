import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Control, countStops, nearestStop, roundStops } from '../../src/explorer/control.ts';
import { controlGroups } from '../../src/explorer/controls.ts';
import { type Change, changed, without } from '../../src/explorer/link.ts';
import { type Reading, read, yamlWith } from '../../src/explorer/reading.ts';
import { ROOT } from '../cli/spawn.ts';

const folder = join(ROOT, 'scenarios');
const SHIPPED = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const);

type Right = Extract<Reading, { isRight: true }>;
function right(yaml: string, changes: readonly Change[]): Right {
  const found = read(yaml, changes);
  if (!found.isRight) throw new Error(JSON.stringify([found.problems, changes]));
  return found;
}

function controlsOf(yaml: string, changes: readonly Change[]): Control[] {
  const { scenario, written } = right(yaml, changes);
  return controlGroups(scenario, written, changes).flatMap(({ controls }) => controls);
}

/** What the page makes of a control that is moved. */
function moved(control: Control, changes: readonly Change[], value: number | string): Change[] {
  const rest = control.kind === 'choice' ? without(changes, control.place) : [...changes];
  return control.set(value as never).reduce<Change[]>(changed, rest);
}

describe.each(SHIPPED)('%s', (_, yaml) => {
  test('every control shows what it was moved to, and the rest stays', () => {
    const before = controlsOf(yaml, []);
    expect(before.length).toBeGreaterThan(4);
    expect(new Set(before.map(({ id }) => id)).size).toBe(before.length);
    for (const control of before) {
      if (control.kind === 'choice') {
        for (const { value } of control.options) {
          const changes = moved(control, [], value);
          const after = controlsOf(yaml, changes);
          expect(after.find(({ id }) => id === control.id)!.value).toBe(value);
        }
        continue;
      }
      const { stops, value: old, id } = control;
      const wanted = stops.slice(1).find((stop) => stop !== stops[nearestStop(stops, old ?? 0)]) ?? stops[0]!;
      const found = read(yaml, moved(control, [], wanted));
      // A value may be refused with its reason: fewer containers than are kept warm, or a batch that is too large.
      if (!found.isRight) {
        expect(found.problems.every(({ message }) => message.length > 10)).toBe(true);
        continue;
      }
      const after = controlsOf(yaml, moved(control, [], wanted));
      const now = after.find((one) => one.id === id)!;
      expect(Math.abs(Number(now.value) - wanted), `${id} ${now.value} ${wanted}`).toBeLessThanOrEqual(
        0.01 * wanted,
      );
      for (const other of after) {
        const same = before.find((one) => one.id === other.id);
        // Another burstiness is another process in place of the one that is written.
        const isNamed = id.endsWith('.burst') && other.kind === 'choice';
        if (same && other.id !== id && !isNamed)
          expect([id, other.id, other.value]).toEqual([id, other.id, same.value]);
      }
    }
  });

  test('the YAML with its changes is read as the scenario with its changes', () => {
    const all = controlsOf(yaml, []).reduce<Change[]>((changes, control) => {
      const value = control.kind === 'choice' ? control.options.at(-1)!.value : control.stops.at(-2)!;
      const next = moved(control, changes, value);
      return read(yaml, next).isRight ? next : changes;
    }, []);
    expect(all.length).toBeGreaterThan(3);
    const [one, other] = [right(yaml, all), right(yamlWith(yaml, all), [])];
    expect(other.scenario).toEqual(one.scenario);
    expect(yamlWith(yaml, all).match(/^#/gm)?.length).toBe(yaml.match(/^#/gm)?.length);
  });
});

describe('a change of the traffic', () => {
  const yaml = SHIPPED.find(([name]) => name === 'flux-dev-crossover.yaml')![1];

  test('keeps the rate from process to process, and can be taken back', () => {
    const of = (changes: readonly Change[]) => {
      const [process, rate, burst] = controlsOf(yaml, changes);
      return { process: process!, rate: Number(rate!.value), burst };
    };
    let changes: Change[] = [];
    for (const name of ['on-off', 'batch', 'gamma', 'poisson']) {
      changes = moved(of(changes).process, changes, name);
      expect(of(changes).rate).toBeCloseTo(83, 1);
    }
    changes = moved(of(changes).process, changes, 'on-off');
    const { burst } = of(changes);
    changes = moved(burst!, changes, 10);
    expect([of(changes).rate, of(changes).burst!.value]).toEqual([expect.closeTo(83, 1), 10]);
    expect(moved(of(changes).process, changes, 'written')).toEqual([]);
  });

  test('keeps a rhythm that is laid over it, and the mean rate with it', () => {
    const paced = `name: paced
traffic: [{ process: hawkes, base_rate: 20/h, branching: 0.5, decay: 1m, profile: { hours: [1, 1, 1, 1, 1, 1, 2, 3, 4, 5, 6, 6, 6, 6, 6, 5, 4, 3, 2, 2, 1, 1, 1, 1] } }]
duration: 24h
platforms: { one: { kind: dedicated, machines: 1, usd_per_hour: 1, seconds_per_image: 1 } }
`;
    const [process, rate] = controlsOf(paced, []);
    const changes = moved(process!, [], 'poisson');
    const [, now] = controlsOf(paced, changes);
    expect(Number(now!.value)).toBeCloseTo(Number(rate!.value), 1);
    expect(right(paced, changes).scenario.sources[0]!.profile).toBeDefined();
  });
});

test('files cannot be read by a page, which says so', () => {
  const log = `name: log
traffic: [{ process: trace, file: log.csv, time_column: t }]
platforms: { one: { kind: dedicated, machines: 1, usd_per_hour: 1, seconds_per_image: 1 } }
`;
  for (const yaml of [
    log,
    log.replace(
      'traffic: [{ process: trace, file: log.csv, time_column: t }]',
      'prices: mine.yaml\ntraffic: [{ process: poisson, rate: 1/h }]',
    ),
  ]) {
    const found = read(yaml, []);
    expect(found.isRight).toBe(false);
    expect(JSON.stringify(found)).toMatch(/it reads (log\.csv|mine\.yaml), which a page cannot/);
  }
});

test('stops are round, rise, and hold both ends', () => {
  for (const stops of [roundStops(0.001, 0.2), roundStops(1, 20_000), countStops(0, 100), countStops(1, 5)]) {
    expect(stops.every((stop, k) => k === 0 || stop > stops[k - 1]!)).toBe(true);
    for (const stop of stops) expect(Number(stop.toPrecision(2))).toBe(stop);
    for (const [k, stop] of stops.entries()) expect(nearestStop(stops, stop)).toBe(k);
  }
  expect([roundStops(1, 20_000)[0], roundStops(1, 20_000).at(-1)]).toEqual([1, 20_000]);
});

describe('the YAML with changes', () => {
  const text = `# mine
name: shared
traffic: [{ process: poisson, rate: 60/h }]
platforms:
  a: &a { kind: modal, usd_per_second: 0.0007, seconds_per_image: 6, min_containers: 1, scaledown_window: { distribution: exponential, mean: 30s } }
  b: *a
`;

  test('of one with anchors changes the one that was meant, and no other', () => {
    for (const name of ['a', 'b']) {
      const changes = [{ path: ['platforms', name, 'keep_warm'], value: 4 }];
      const { scenario } = right(yamlWith(text, changes), []);
      expect(scenario).toEqual(right(text, changes).scenario);
      const warm = scenario.platforms.map(({ policy }) => policy.keep_warm[0]!.containers);
      expect(warm).toEqual(name === 'a' ? [4, 1] : [1, 4]);
    }
  });

  test('keeps the law of what has two names, and says what a number hides', () => {
    const window = controlsOf(text, []).find(({ id }) => id === 'platforms.a.container_idle_timeout')!;
    expect(window.kind === 'range' && window.note).toBe('the mean of a law: exponential');
    const { scenario } = right(text, moved(window, [], 60));
    expect(scenario.platforms[0]!.policy.idle_window).toEqual({ distribution: 'exponential', mean: 60 });
    const table = controlsOf(
      text.replace('min_containers: 1', 'min_containers: {"00:00": 0, "03:00": 3}'),
      [],
    );
    expect(table.find(({ id }) => id === 'platforms.a.keep_warm')).toMatchObject({
      value: 3,
      note: expect.stringContaining('table by the hour'),
    });
  });

  test('leaves out what is unset', () => {
    const bound = controlsOf(`${text}slo: { latency_p95: 9s }\n`, []).find(
      ({ id }) => id === 'slo.latency_p95',
    )!;
    const unset = bound.kind === 'range' ? bound.unset! : [];
    expect(right(`${text}slo: { latency_p95: 9s }\n`, unset).scenario.slo).toEqual({});
    expect(right(yamlWith(`${text}slo: { latency_p95: 9s }\n`, unset), []).scenario.slo).toEqual({});
  });
});
