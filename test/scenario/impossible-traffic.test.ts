import { expect, it } from 'vitest';
import { ScenarioReader } from '../../src/scenario/read.ts';

const OWN = '{ kind: dedicated, machines: 1, usd_per_hour: 1, seconds_per_image: 1 }';
const problemOf = (source: string, platform = OWN) => {
  const text = `name: x\ntraffic: [${source}]\nplatforms: { own: ${platform} }`;
  try {
    ScenarioReader.of(text, 'x.yaml').finish();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};

it.each([
  [
    '{ process: hawkes, base_rate: 1/h, branching: 1, decay: 1m }',
    'their number grows for ever; expected below 1',
  ],
  ['{ process: hawkes, base_rate: 0/h, branching: 0.5, decay: 1m }', 'expected a rate above 0'],
  ['{ process: hawkes, base_rate: 1/h, branching: 0.5, decay: 0s }', 'longer than 0'],
  ['{ process: hyperexponential, rate: 1/h, cv: 0.9 }', 'its cv is at least 1; for less take process: gamma'],
  ['{ process: gamma, rate: 1/h, cv: 0 }', 'cv: expected a number from 0.01 to 100'],
  ['{ process: weibull, rate: 1/h, shape: 0 }', 'shape: expected a number from 0.1 to 100'],
  ['{ process: phases, phases: [] }', 'expected at least one phase'],
  ['{ process: phases, phases: [{ duration: 0s, rate: 1/h }] }', 'longer than 0'],
  ['{ process: phases, phases: [{ duration: 1h, rate: 0/h }] }', 'nothing would ever come'],
  ['{ process: phases, phases: [{ duration: 1h, rate: 1/h }], repeat: 0 }', 'expected a whole number from 1'],
  ['{ process: diurnal, rate: 1/h, amplitude: 1.1 }', 'expected a number from 0 to 1'],
  ['{ process: diurnal, rate: 1/h, amplitude: 1, peak: "25:00" }', 'a time of day from "00:00" to "23:59"'],
  [
    '{ process: flash-crowd, base_rate: 5/h, at: 0s, peak_rate: 4/h, rise: 1m, decay: 1m }',
    'at least the base_rate',
  ],
  ['{ process: batch, rate: 1/h, size: 2.5 }', 'there are no parts of images or requests'],
  ['{ process: batch, rate: 1/h, size: 0 }', 'expected a whole number of at least 1'],
  ['{ process: hourly, rates: [1/h], profile: { hours: [1] } }', 'expected 24 rates'],
  [
    `{ process: diurnal, rate: 1/h, amplitude: 1, profile: { hours: [${Array(24).fill(1)}] } }`,
    'has times of its own',
  ],
  [`{ process: poisson, rate: 1/h, profile: { hours: [${Array(24).fill(0)}] } }`, 'nothing would ever come'],
  [
    `{ process: poisson, rate: 50000/s, profile: { hours: [3, ${Array(23).fill(1)}] } }`,
    'profile: expected at most 100000/s in the busiest hour, here 138462/s: the rate times the factor of that hour over the mean',
  ],
  [
    `{ process: poisson, rate: 60000/s, profile: { hours: [${Array(24).fill(1)}], weekend_factor: 3 } }`,
    'in the busiest hour, here 114545',
  ],
  [
    '{ process: poisson, rate: 1/h, attributes: { file: f.csv } }',
    'expected a work_column, an images_column, or both',
  ],
  [
    '{ process: poisson, rate: 1/h, images: 2, attributes: { file: f.csv, images_column: n } }',
    'leave it out',
  ],
  [
    '{ process: trace, file: f.csv, time_column: t, attributes: { file: f.csv, images_column: n } }',
    'brings its own',
  ],
  [
    '{ process: trace, file: f.csv, time_column: t, from: soon }',
    'expected a timestamp, or a duration from t = 0 as 36h',
  ],
  [
    '{ process: trace, file: f.csv, time_column: t, time_format: epoch }',
    'expected one of seconds, timestamp',
  ],
])('%s is refused: %s', (source, message) => expect(problemOf(source)).toContain(message));

it('what is possible is not', () => {
  const day = `profile: { hours: [${Array(24).fill(1)}] }`;
  for (const source of [
    '{ process: hawkes, base_rate: 1/h, branching: 0.99, decay: 1m, rate_scale: 3 }',
    '{ process: phases, phases: [{ duration: 1h, rate: 0/h, ramp_to: 5/h, name: up }], repeat: 3 }',
    '{ process: diurnal, rate: 1/h, amplitude: 1 }',
    `{ process: batch, rate: 1/h, size: [{ weight: 1, distribution: constant, value: 2 }], ${day} }`,
  ])
    expect(problemOf(source)).toBe('');
});

it.each([
  ['{ process: hawkes, base_rate: 1/h, branching: 1, decay: 1m }', 'grows for ever'],
  ['{ process: poisson, rate: 1/h, profile: { hours: [1] } }', 'expected 24 factors'],
  ['{ process: phases, phases: [{ duration: 1h, rate: 0/h }] }', 'nothing would ever come'],
])('%s is refused for one reason alone, as traffic and as a background', (source, message) => {
  const official = `{ kind: replicate-official, price_per_image: 1, background: ${source} }`;
  for (const said of [problemOf(source), problemOf('{ process: poisson, rate: 1/h }', official)]) {
    expect(said).toContain(message);
    expect(said.match(/error: /g)).toHaveLength(1);
  }
});

it.each([
  ['{ process: poisson, rate: 5 }', 'own.background.rate: expected a rate with its unit'],
  ['{ process: poison, rate: 5/h }', 'own.background.process: expected process: one of poisson'],
  ['{ process: hyperexponential, rate: 1/h, cv: 0.5 }', 'own.background: cv 0.5: a mixture of exponentials'],
  ['5', 'own.background: expected none, or a source, as {process: poisson, rate: 83/h}, here 5'],
  ['nobody', 'own.background: expected none, or a source, as {process: poisson, rate: 83/h}, here "nobody"'],
  ['[]', 'own.background: expected none, or a source, as {process: poisson, rate: 83/h}, here []'],
])('background: %s of a platform is refused as a source is: %s', (background, message) => {
  const official = `{ kind: replicate-official, price_per_image: 1, background: ${background} }`;
  const community = `{ kind: replicate-community, usd_per_run_second: 1, background: ${background} }`;
  for (const platform of [official, community])
    expect(problemOf('{ process: poisson, rate: 1/h }', platform)).toContain(message);
});
