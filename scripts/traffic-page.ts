import { streamsOf } from '../src/random/stream.ts';
import { newBatch } from '../src/workload/batch.ts';
import { type ProcessSpec, processKind } from '../src/workload/processes/table.ts';

interface Picture {
  readonly yaml: string;
  readonly spec: ProcessSpec;
  readonly hours: number;
  readonly when: string;
}

const H = 1 / 3600;
const one = { distribution: 'constant', value: 1 } as const;

/** A process that no log is needed for, about 120 requests an hour, with a word on when to use it. */
const PICTURES: readonly Picture[] = [
  {
    yaml: '{ process: poisson, rate: 120/h }',
    spec: { process: 'poisson', rate: 120 * H },
    hours: 6,
    when: 'Many users who know nothing of each other. Where to begin, and what the others are held against.',
  },
  {
    yaml: '{ process: constant, rate: 120/h }',
    spec: { process: 'constant', rate: 120 * H },
    hours: 6,
    when: 'A cron job, or a worker that sends one request after the other. No chance at all: a lower bound on waiting.',
  },
  {
    yaml: '{ process: gamma, rate: 120/h, cv: 3 }',
    spec: { process: 'gamma', rate: 120 * H, cv: 3 },
    hours: 6,
    when: 'The gaps of your log have a cv, and the next gap does not depend on the last. Below 1 for clients that pace themselves.',
  },
  {
    yaml: '{ process: weibull, rate: 120/h, shape: 0.5 }',
    spec: { process: 'weibull', rate: 120 * H, shape: 0.5 },
    hours: 6,
    when: 'As gamma, with more very long gaps: what sessions of single users often look like.',
  },
  {
    yaml: '{ process: hyperexponential, rate: 120/h, cv: 3 }',
    spec: { process: 'hyperexponential', rate: 120 * H, cv: 3 },
    hours: 6,
    when: 'Gaps of two kinds, short within a session and long between sessions.',
  },
  {
    yaml: '{ process: on-off, rate_on: 720/h, mean_on: 5m, mean_off: 25m }',
    spec: { process: 'on-off', rate_on: 720 * H, rate_off: 0, mean_on: 300, mean_off: 1500 },
    hours: 6,
    when: 'Campaigns, or a batch customer who comes and goes: bursts whose height and length you can name.',
  },
  {
    yaml: '{ process: mmpp, states: [{ rate: 480/h, mean_duration: 10m }, { rate: 48/h, mean_duration: 50m }] }',
    spec: {
      process: 'mmpp',
      states: [
        { rate: 480 * H, mean_duration: 600 },
        { rate: 48 * H, mean_duration: 3000 },
      ],
    },
    hours: 6,
    when: 'Busy and calm spells, both with traffic. The most flexible of those that warmpool fit tries.',
  },
  {
    yaml: '{ process: hawkes, base_rate: 24/h, branching: 0.8, decay: 2m }',
    spec: { process: 'hawkes', base_rate: 24 * H, branching: 0.8, decay: 120 },
    hours: 6,
    when: 'Requests that bring requests: retries, variations of a picture, a link that is passed on.',
  },
  {
    yaml: '{ process: batch, rate: 15/h, size: 8 }',
    spec: { process: 'batch', rate: 15 * H, size: { ...one, value: 8 } },
    hours: 6,
    when: 'Jobs that send all their requests at once. The hardest on cold starts at a given rate.',
  },
  {
    yaml: '{ process: hourly, rates: [40/h, ... 24 of them], weekend_factor: 0.5 }',
    spec: {
      process: 'hourly',
      rates: Array.from({ length: 24 }, (_, h) => (h < 7 ? 40 : h < 19 ? 190 : 80) * H),
      weekend_factor: 0.5,
    },
    hours: 48,
    when: 'You know the requests of each hour of the day. For any other process use its profile instead.',
  },
  {
    yaml: '{ process: diurnal, rate: 120/h, amplitude: 0.8, peak: "14:00" }',
    spec: { process: 'diurnal', rate: 120 * H, amplitude: 0.8, peak: 14 * 3600 },
    hours: 48,
    when: 'You know only that days are busier than nights, and by how much.',
  },
  {
    yaml: '{ process: phases, phases: [{ duration: 1h, rate: 30/h }, { duration: 2h, rate: 30/h, ramp_to: 400/h }, { duration: 1h, rate: 60/h }] }',
    spec: {
      process: 'phases',
      phases: [
        { duration: 3600, rate: 30 * H },
        { duration: 7200, rate: 30 * H, ramp_to: 400 * H },
        { duration: 3600, rate: 60 * H },
      ],
      repeat: 1,
    },
    hours: 5,
    when: 'The plan of a load test, so that simulation and test can be compared.',
  },
  {
    yaml: '{ process: flash-crowd, base_rate: 40/h, at: 2h, peak_rate: 1000/h, rise: 5m, decay: 30m }',
    spec: {
      process: 'flash-crowd',
      base_rate: 40 * H,
      at: 7200,
      peak_rate: 1000 * H,
      rise: 300,
      decay: 1800,
    },
    hours: 6,
    when: 'A launch, or a post that is shared: will the pool grow in time?',
  },
];

const BARS = 120;

/** The files of the page: names relative to docs/, and texts. */
export function trafficPage(): [name: string, text: string][] {
  const pictures = PICTURES.map((picture): [string, string] => [
    `pictures/traffic-${picture.spec.process}.svg`,
    svg(picture),
  ]);
  return [...pictures, ['TRAFFIC.md', page()]];
}

function page(): string {
  const sections = PICTURES.map(({ yaml, spec, hours, when }) => {
    const { process } = spec;
    return `## ${process}

\`${yaml}\`

${when}

![Counts of ${process} arrivals over ${hours} hours, above Poisson arrivals at the same rate](pictures/traffic-${process}.svg)
`;
  });
  return `# Traffic

Which arrival process to use, and what each looks like: requests in ${BARS} equal slices of time, as they were drawn with seed 1,
above (grey) Poisson arrivals at the same mean rate. \`npx tsx scripts/traffic.ts\` makes the pictures. The keys are
in [SCENARIO.md](SCENARIO.md).

Have a log? Then begin with it: \`npx warmpool fit requests.csv\` tells what it is like and how well each process reproduces
it, and \`process: trace\` replays it as it is. A replay is right about this log and can say nothing of another day; a
process can be scaled, stretched and drawn anew, and is right only as far as it fits. Any process without times of its own can be
laid over a daily rhythm with \`profile\`.

${sections.join('\n')}`;
}

function svg({ spec, hours }: Picture): string {
  const rate = processKind(spec).meanRate(spec, hours * 3600e6);
  const own = counts(spec, hours);
  const poisson = counts({ process: 'poisson', rate }, hours);
  const most = Math.max(...own, ...poisson);
  const bars = (values: readonly number[], base: number, kind: string) =>
    values
      .map((count, i) => {
        const height = (count / most) * 70;
        return count === 0
          ? ''
          : `<rect class="${kind}" x="${10 + i * 6}" y="${(base - height).toFixed(1)}" width="5" height="${height.toFixed(1)}"/>`;
      })
      .filter((bar) => bar !== '')
      .join('\n');
  const label = (y: number, text: string) => `<text x="10" y="${y}">${text}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 740 205" role="img" aria-label="${spec.process} arrivals above Poisson arrivals at the same rate">
<style>
text { font: 12px sans-serif; fill: #333 }
.own { fill: #0b62a4 }
.poisson { fill: #8a8a8a }
@media (prefers-color-scheme: dark) { text { fill: #ddd } .own { fill: #6cb6ff } .poisson { fill: #9a9a9a } }
</style>
${label(14, `${spec.process}: up to ${Math.max(...own)} requests in ${(hours * 60) / BARS} minutes, ${hours} hours`)}
${bars(own, 95, 'own')}
${label(114, `poisson at the same rate: up to ${Math.max(...poisson)}`)}
${bars(poisson, 195, 'poisson')}
</svg>
`;
}

/** Requests in each slice. */
function counts(spec: ProcessSpec, hours: number): number[] {
  const end_us = hours * 3600e6;
  const process = processKind(spec).make(spec, {
    streams: streamsOf(1, 0),
    begin_us: 0,
    end_us,
    rateScale: 1,
  });
  const out = Array.from({ length: BARS }, () => 0);
  const batch = newBatch(512);
  for (let filled = 512; filled === 512; ) {
    filled = process.fill(batch, 0, 512);
    for (let i = 0; i < filled; i++) {
      const t = batch.arrival_us[i]!;
      if (t >= end_us) return out;
      out[Math.floor((t / end_us) * BARS)]!++;
    }
  }
  return out;
}
