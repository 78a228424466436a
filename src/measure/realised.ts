import { plain } from '../core/plain-number.ts';
import { seconds } from '../core/time.ts';
import { processKind } from '../workload/processes/table.ts';
import { expectedRate, type SourceSpec } from '../workload/source.ts';
import { type TrafficFacts, type TrafficRecord, trafficFacts } from './traffic-meter.ts';

/** What theory says of a source over a run; undefined where it does not know. */
type Asked = Readonly<Record<keyof TrafficFacts, number | undefined>>;

function askedOf(spec: SourceSpec, duration_us: number): Asked {
  const kind = processKind(spec.process);
  const rateScale = spec.rate_scale;
  const dispersion = (window_s: number) =>
    spec.profile
      ? undefined
      : kind.dispersion?.(spec.process, { window_s, duration_s: seconds(duration_us), rateScale });
  return {
    rate_per_hour: expectedRate(spec, duration_us) * 3600,
    interarrival_cv: spec.profile ? undefined : kind.gapCv?.(spec.process, rateScale),
    dispersion_60s: dispersion(60),
    dispersion_3600s: dispersion(3600),
  };
}

/** How far what came may be from what was asked for, relative to it, before it is worth a word. */
const LOOSE: Asked = {
  rate_per_hour: 0.1,
  interarrival_cv: 0.25,
  dispersion_60s: 0.5,
  dispersion_3600s: 0.5,
};
/** Even gaps have a cv of 0, but for the clock's rounding. */
const SMALLEST = 0.01;
/** Standard errors of Poisson traffic that are no contradiction, however few the data. */
const BY_CHANCE = 4;

const WORDS: Record<keyof TrafficFacts, (x: string, asked: string) => string> = {
  rate_per_hour: (x, asked) => `${x} requests an hour (asked for: ${asked})`,
  interarrival_cv: (x, asked) => `gaps with a cv of ${x} (asked for: ${asked})`,
  dispersion_60s: (x, asked) => `a dispersion of ${x} by the minute (asked for: ${asked})`,
  dispersion_3600s: (x, asked) => `a dispersion of ${x} by the hour (asked for: ${asked})`,
};

/** Where the traffic that was drawn contradicts what its source asks for; undefined if it does not. */
export function contradiction(
  spec: SourceSpec,
  records: readonly TrafficRecord[],
  duration_us: number,
): string | undefined {
  if (spec.process.process === 'trace') return undefined;
  const asked = askedOf(spec, duration_us);
  const came = trafficFacts(records, duration_us);
  const counts: Record<keyof TrafficFacts, number> = {
    rate_per_hour: (asked.rate_per_hour! / 3600) * seconds(duration_us) * records.length,
    interarrival_cv: sum(records.map(({ gaps }) => gaps.count)),
    dispersion_60s: sum(records.map(({ perMinute }) => perMinute.count)) / 2,
    dispersion_3600s: sum(records.map(({ perHour }) => perHour.count)) / 2,
  };
  const parts = (Object.keys(WORDS) as (keyof TrafficFacts)[]).flatMap((name) => {
    const [truth, value] = [asked[name], came[name]];
    if (truth === undefined || value === null || truth === value) return [];
    const loose = Math.max(LOOSE[name]!, BY_CHANCE / Math.sqrt(counts[name]));
    const isNear = Math.abs(value - truth) <= loose * Math.max(truth, SMALLEST);
    return isNear ? [] : [WORDS[name](plain(value, 3), plain(truth, 3))];
  });
  if (parts.length === 0) return undefined;
  const inARun = counts.rate_per_hour / records.length;
  return `source ${spec.name}: there came ${parts.join(', ')}: ${reason(spec, inARun)}`;
}

/** Why, and what helps. @param expected arrivals in a run, at the rate that was asked for */
function reason({ process }: SourceSpec, expected: number): string {
  const edge = processKind(process).edge?.(process, expected) ?? 0;
  if (Math.abs(edge) <= LOOSE.rate_per_hour! * expected)
    return 'its bursts are too few for the run to be typical of it; take a longer duration or more replications';
  const begin =
    edge > 0
      ? 'a run begins as if a request had just come, which brings a burst'
      : 'the first request of a run comes after a whole gap';
  return `${begin}; take a longer duration; more replications do not help`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
