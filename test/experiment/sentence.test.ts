import { expect, test } from 'vitest';
import { verdict } from '../../src/experiment/sentence.ts';
import { scenarioOf, simulate } from '../oracles/simulate.ts';

interface Case {
  platforms: Record<string, string>;
  rate?: string;
  replications?: number;
  slo?: string;
}

function say({ platforms, rate = '60/h', replications = 8, slo }: Case): string {
  const lines = Object.entries(platforms).map(([name, keys]) => `  ${name}: { ${keys} }`);
  return verdict(
    simulate(
      scenarioOf(`
name: sentence
duration: 6h
replications: ${replications}
traffic: [{ process: poisson, rate: ${rate}, work: { distribution: lognormal, cv: 0.1 } }]
${slo ? `slo: { latency_p95: ${slo} }` : ''}
platforms:
${lines.join('\n')}
`),
    ),
  );
}

const a100 = 'kind: modal, usd_per_second: 0.0007, seconds_per_image: 6';

test('a difference beyond chance is said with its interval', () => {
  expect(say({ platforms: { dear: `${a100}, keep_warm: 2`, cheap: a100 } })).toMatch(
    /^cheap is cheaper than dear by \$[\d.]+ ± [\d.]+ an hour; dear's p95 is [\d.]+ ± [\d.]+ s shorter\.$/,
  );
});

test('platforms that differ in nothing cost the same', () => {
  expect(say({ platforms: { one: a100, two: a100 } })).toBe(
    'one and two cost the same; their p95 is the same.',
  );
});

test('what may be chance cannot be told apart', () => {
  // The same price for an image served, one by the second and one by the image: only the sizes drawn differ.
  const bySecond = 'kind: replicate-official, usd_per_run_second: 0.005, seconds_per_image: 6';
  const byImage = 'kind: replicate-official, price_per_image: 0.03, seconds_per_image: 6';
  expect(say({ platforms: { bySecond, byImage } })).toMatch(
    /cannot be told apart in cost at 95 % \(\$[\d.]+ ± [\d.]+ an hour\)/,
  );
});

test('one run has no intervals, and that is said', () => {
  expect(say({ platforms: { dear: `${a100}, keep_warm: 2`, cheap: a100 }, replications: 1 })).toMatch(
    /^cheap is cheaper than dear by \$[\d.]+ an hour; .*One run has no intervals: differences may be chance\.$/,
  );
});

test('a platform that cannot keep up is no bargain', () => {
  const sentence = say({
    platforms: {
      slow: 'kind: dedicated, machines: 1, usd_per_hour: 1, seconds_per_image: 90',
      a: a100,
      b: `${a100}, keep_warm: 2`,
    },
  });
  expect(sentence).toMatch(/^a is cheaper than b .* slow cannot keep up with the traffic\.$/);
});

test('the cheapest that meets the SLO is named where that is not the cheapest of all', () => {
  const platforms = { cold: a100, warm: `${a100}, keep_warm: 2` };
  expect(say({ platforms, slo: '10s' })).toMatch(/The cheapest that surely meets the SLO is warm\.$/);
  expect(say({ platforms, slo: '60s' })).not.toContain('SLO');
  expect(say({ platforms, slo: '1s' })).toMatch(/None surely meets the SLO\.$/);
});

test('a platform that turns most requests away is no bargain either, and misses the SLO', () => {
  const platforms = {
    refuses: `${a100}, keep_warm: 1, max_containers: 1, queue_limit: 0`,
    a: a100,
    b: `${a100}, keep_warm: 9`,
  };
  const sentence = say({ platforms, rate: '600/h', slo: '60s' });
  expect(sentence).toMatch(/^a is cheaper than b .* refuses does not serve \d+ % of the requests\.$/);
});

test('nothing is sure of one run', () => {
  const sentence = say({
    platforms: { cold: a100, warm: `${a100}, keep_warm: 2` },
    slo: '10s',
    replications: 1,
  });
  expect(sentence).toContain('The cheapest that meets the SLO is warm.');
});
