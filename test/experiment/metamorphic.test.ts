import { describe, expect, test } from 'vitest';
import { ESTIMATED } from '../../src/measure/summary.ts';
import { expectTruth, scenarioOf, simulate } from '../oracles/simulate.ts';

/** What must stay when a scenario is written in another way. */

const PLATFORM = '{ kind: modal, usd_per_second: 0.001, seconds_per_image: 6, max_containers: 10 }';
const scenario = (traffic: string[], more = '') => `name: x
duration: 12h
replications: 40
${more}traffic:
${traffic.map((line) => `  - { ${line} }`).join('\n')}
platforms:
  one: ${PLATFORM}
`;

describe('a Poisson source', () => {
  const whole = simulate(scenarioOf(scenario(['process: poisson, rate: 200/h'])));

  test.each([
    ['two', ['name: a, process: poisson, rate: 70/h', 'name: b, process: poisson, rate: 130/h']],
    ['three', [40, 60, 100].map((rate) => `name: s${rate}, process: poisson, rate: ${rate}/h`)],
    ['hours of one rate', [`process: hourly, rates: [${Array(24).fill('200/h').join(', ')}]`]],
    ['batches of one', ['process: batch, rate: 200/h, size: 1']],
    [
      'states of one rate',
      ['process: mmpp, states: [{rate: 200/h, mean_duration: 1m}, {rate: 200/h, mean_duration: 1h}]'],
    ],
  ])('is the same as %s', (_, traffic) => {
    const split = simulate(scenarioOf(scenario(traffic)));
    const [a, b] = [whole, split].map(({ platforms }) => platforms[0]!.summary.estimates);
    for (const name of ESTIMATED) {
      if (a![name].high === a![name].value) expect([name, b![name].value]).toEqual([name, a![name].value]);
      else {
        // Both are drawn: the variances add up.
        const half = Math.hypot(a![name].high! - a![name].value!, b![name].high! - b![name].value!);
        const estimate = {
          value: b![name].value!,
          low: b![name].value! - half,
          high: b![name].value! + half,
        };
        expectTruth(name, estimate, a![name].value!, 40);
      }
    }
  });
});

test('the order of keys changes nothing', () => {
  const text = scenario(['name: a, process: poisson, rate: 200/h, images: 2']);
  const lines = text.trimEnd().split('\n');
  const turned = [...lines.slice(3, 5), ...lines.slice(5, 7), ...lines.slice(0, 3)].join('\n');
  const inner = turned
    .replace(
      'name: a, process: poisson, rate: 200/h, images: 2',
      'images: 2, rate: 200/h, process: poisson, name: a',
    )
    .replace(PLATFORM, '{ max_containers: 10, seconds_per_image: 6, usd_per_second: 0.001, kind: modal }');
  expect(inner).not.toBe(text);
  const rows = [text, inner].map((one) => simulate(scenarioOf(one)).platforms[0]!);
  expect(rows[1]!.summary.row).toEqual(rows[0]!.summary.row);
  expect(rows[1]!.hourly).toEqual(rows[0]!.hourly);
});

test('images served twice as fast and twice as large are the same images', () => {
  const base = simulate(scenarioOf(scenario(['process: poisson, rate: 200/h'])));
  const large = scenario(['process: poisson, rate: 200/h, images: 2']).replace(
    'seconds_per_image: 6',
    'seconds_per_image: 3',
  );
  const { summary } = simulate(scenarioOf(large)).platforms[0]!;
  for (const name of ['cost_usd_per_hour', 'latency_p95_s', 'wait_mean_s', 'gpu_utilization'] as const)
    expect([name, summary.estimates[name]]).toEqual([name, base.platforms[0]!.summary.estimates[name]]);
});
