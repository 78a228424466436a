import { parse } from 'yaml';
import { streamsOf } from '../src/random/stream.ts';
import { instantsBefore } from '../src/workload/processes/instants.ts';
import { type ProcessSpec, processKind } from '../src/workload/processes/table.ts';
import { sourceSchema } from '../src/workload/schema.ts';

interface Picture {
  /** The source, as in a scenario. */
  readonly yaml: string;
  /** How the page shows it, where that is shorter. */
  readonly shown?: string;
  readonly hours: number;
  readonly when: string;
}

const HOURS = Array.from({ length: 24 }, (_, h) => (h < 7 ? '40/h' : h < 19 ? '190/h' : '80/h'));

/** A process that no log is needed for, about 120 requests an hour, with a word on when to use it. */
const PICTURES: readonly Picture[] = [
  {
    yaml: '{ process: poisson, rate: 120/h }',
    hours: 6,
    when: 'Many users who know nothing of each other. Where to begin, and what the others are held against.',
  },
  {
    yaml: '{ process: constant, rate: 120/h }',
    hours: 6,
    when: 'A cron job, or a worker that sends one request after the other. No chance at all: a lower bound on waiting.',
  },
  {
    yaml: '{ process: gamma, rate: 120/h, cv: 3 }',
    hours: 6,
    when: 'The gaps of your log have a cv, and the next gap does not depend on the last. Below 1 for clients that pace themselves.',
  },
  {
    yaml: '{ process: weibull, rate: 120/h, shape: 0.5 }',
    hours: 6,
    when: 'As gamma, with more very long gaps: what sessions of single users often look like.',
  },
  {
    yaml: '{ process: hyperexponential, rate: 120/h, cv: 3 }',
    hours: 6,
    when: 'Gaps of two kinds, short within a session and long between sessions.',
  },
  {
    yaml: '{ process: on-off, rate_on: 720/h, mean_on: 5m, mean_off: 25m }',
    hours: 6,
    when: 'Campaigns, or a batch customer who comes and goes: bursts whose height and length you can name.',
  },
  {
    yaml: '{ process: mmpp, states: [{ rate: 480/h, mean_duration: 10m }, { rate: 48/h, mean_duration: 50m }] }',
    hours: 6,
    when: 'Busy and calm spells, both with traffic. The most flexible of those that warmpool fit tries.',
  },
  {
    yaml: '{ process: hawkes, base_rate: 24/h, branching: 0.8, decay: 2m }',
    hours: 6,
    when: 'Requests that bring requests: retries, variations of a picture, a link that is passed on.',
  },
  {
    yaml: '{ process: batch, rate: 15/h, size: 8 }',
    hours: 6,
    when: 'Jobs that send all their requests at once. The hardest on cold starts at a given rate.',
  },
  {
    yaml: `{ process: hourly, rates: [${HOURS.join(', ')}], weekend_factor: 0.5 }`,
    shown: '{ process: hourly, rates: [40/h, ... 24 of them], weekend_factor: 0.5 }',
    hours: 48,
    when: 'You know the requests of each hour of the day. For any other process use its profile instead.',
  },
  {
    yaml: '{ process: diurnal, rate: 120/h, amplitude: 0.8, peak: "14:00" }',
    hours: 48,
    when: 'You know only that days are busier than nights, and by how much.',
  },
  {
    yaml: '{ process: phases, phases: [{ duration: 1h, rate: 30/h }, { duration: 2h, rate: 30/h, ramp_to: 400/h }, { duration: 1h, rate: 60/h }] }',
    hours: 5,
    when: 'The plan of a load test, so that simulation and test can be compared.',
  },
  {
    yaml: '{ process: flash-crowd, base_rate: 40/h, at: 2h, peak_rate: 1000/h, rise: 5m, decay: 30m }',
    hours: 6,
    when: 'A launch, or a post that is shared: will the pool grow in time?',
  },
];

const BARS = 120;

/** The files of the page: names relative to docs/, and texts. */
export function trafficPage(): [name: string, text: string][] {
  const pictures = PICTURES.map((picture): [string, string] => [
    `pictures/traffic-${specOf(picture).process}.svg`,
    svg(picture),
  ]);
  return [...pictures, ['TRAFFIC.md', page()]];
}

function page(): string {
  const sections = PICTURES.map((picture) => {
    const { yaml, shown = yaml, hours, when } = picture;
    const { process } = specOf(picture);
    return `## ${process}

\`${shown}\`

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

function svg(picture: Picture): string {
  const { hours } = picture;
  const spec = specOf(picture);
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
  for (const t of instantsBefore(process, end_us)) out[Math.floor((t / end_us) * BARS)]!++;
  return out;
}

function specOf({ yaml }: Picture): ProcessSpec {
  return sourceSchema.parse(parse(yaml)).process;
}
