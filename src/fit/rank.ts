import { DAY_US } from '../core/time.ts';
import { type Streams, streamsOf } from '../random/stream.ts';
import { instantsBefore } from '../workload/processes/instants.ts';
import { type ProcessSpec, processKind } from '../workload/processes/table.ts';
import { type ProfileSpec, paced } from '../workload/profile.ts';
import { dayProfile } from './day-profile.ts';
import { between, type Stretch } from './dispersion-curve.ts';
import { type GapSample, gapSample } from './gap-sample.ts';
import { type FittedName, fitters } from './processes/table.ts';
import { resolutionOf, roundedDown } from './resolution.ts';
import { type Errors, errorsOf, GROUPS, peakWindowOf, signatureOf, together } from './signature.ts';

/** A process, with the rhythm of the day that is laid over it. */
export interface Traffic {
  readonly process: ProcessSpec;
  readonly profile: ProfileSpec | undefined;
}

/** A process that was fitted, and how well it foretold the part of the log that it had not seen. */
export interface Candidate extends Traffic {
  readonly name: FittedName;
  readonly errors: Errors;
  /** Geometric mean of the errors. */
  readonly together: number;
  /** Whether everything could be judged, and it is off by at most LARGEST_ERROR in all. */
  readonly isGood: boolean;
}

export interface Ranking {
  /** The best first, that is the simplest of the good ones that are as near as the nearest; fitted to the whole log, judged by the fit to its first part. */
  readonly candidates: readonly Candidate[];
  /** How well the first part of the log, as it is, foretells the rest. */
  readonly replay: { readonly errors: Errors; readonly together: number };
  /** Where the part begins that was held out, in microseconds. */
  readonly split_us: number;
}

/** Above this factor a fit misleads. */
export const LARGEST_ERROR = 1.5;
/** Share of the log that processes are fitted to before they are judged by the rest. */
const SEEN = 2 / 3;
/** Fewer arrivals than these in either part cannot be judged by. */
export const FEWEST_ARRIVALS = 50;
const MOST_RUNS = 12;
const FEWEST_RUNS = 3;
/** Simulated arrivals over all candidates, roughly. */
const MOST_SIMULATED = 1e7;

/** A log to be fitted. */
export interface LogTraffic extends Stretch {
  /** A Monday 00:00, in the log's own microseconds. */
  readonly monday_us: number;
  /** Whether the days of the week are known. */
  readonly isWeekKnown: boolean;
}

/** The part that processes are fitted to, and the part that they are judged by. */
function parts(log: LogTraffic): { seen: Stretch; heldOut: Stretch } {
  const split_us = Math.floor(log.from_us + SEEN * (log.to_us - log.from_us));
  return { seen: part(log, log.from_us, split_us), heldOut: part(log, split_us, log.to_us) };
}

/** Whether there are requests enough to fit to, and to judge by. */
export function isEnough(log: LogTraffic): boolean {
  return Object.values(parts(log)).every(({ arrival_us }) => arrival_us.length >= FEWEST_ARRIVALS);
}

/**
 * Fits every process, with and without a daily rhythm, and ranks them by how well simulated traffic reproduces the last
 * third of the log.
 * @param log with enough requests
 * @yields the share done, 0 to 1
 */
export function* rank(log: LogTraffic): Generator<number, Ranking> {
  const { seen, heldOut } = parts(log);
  const resolution_us = resolutionOf(log.arrival_us);
  const truth = signatureOf(heldOut, resolution_us);
  const plan = planOf(log, seen, resolution_us);
  const runs = Math.floor(MOST_SIMULATED / (plan.length * heldOut.arrival_us.length));
  const count = Math.max(FEWEST_RUNS, Math.min(MOST_RUNS, runs));
  const candidates: Candidate[] = [];
  for (const [k, { name, first, whole }] of plan.entries()) {
    yield k / plan.length;
    const foretelling = fitted(name, first);
    const final = foretelling && fitted(name, whole);
    if (!final) continue;
    const simulated = [];
    for (let run = 0; run < count; run++) {
      const found = simulate(foretelling, heldOut, log.monday_us, streamsOf('fit', run));
      simulated.push(
        signatureOf({ ...heldOut, arrival_us: roundedDown(found, resolution_us) }, resolution_us),
      );
      yield (k + (run + 1) / count) / plan.length;
    }
    const errors = errorsOf(simulated, truth);
    const isGood = GROUPS.every((group) => (errors[group] ?? Number.POSITIVE_INFINITY) <= LARGEST_ERROR);
    candidates.push({ name, ...final, errors, together: together(errors), isGood });
  }
  const errors = errorsOf([signatureOf(seen, resolution_us, peakWindowOf(heldOut))], truth);
  return {
    candidates: simplestFirst(candidates),
    replay: { errors, together: together(errors) },
    split_us: heldOut.from_us,
  };
}

/** Errors that differ by less cannot be told apart from the luck of the draw. */
const TIED = 1.05;

/** The nearest first, but before them the simplest of the good ones that are as near. @param candidates the simplest first */
function simplestFirst(candidates: readonly Candidate[]): Candidate[] {
  const nearest = candidates.toSorted((a, b) => a.together - b.together);
  const isTied = ({ isGood, together }: Candidate) => isGood && together <= TIED * nearest[0]!.together;
  const simplest = candidates.find(isTied) ?? nearest[0]!;
  return [simplest, ...nearest.filter((one) => one !== simplest)];
}

/** A rhythm or none, and the gaps in the time that passes at its pace. */
interface Laid {
  readonly profile: ProfileSpec | undefined;
  readonly sample: GapSample;
}

/** What is fitted, and to what: gaps and profiles are made once for all processes. */
function planOf(log: LogTraffic, seen: Stretch, resolution_us: number) {
  const calendar = { monday_us: log.monday_us, resolution_us };
  const laid = (stretch: Stretch, profile: ProfileSpec | undefined): Laid => ({
    profile,
    sample: gapSample(stretch, calendar, profile),
  });
  const profileOf = (stretch: Stretch) => dayProfile(stretch, log.monday_us, log.isWeekKnown);
  const variants = [{ first: laid(seen, undefined), whole: laid(log, undefined) }];
  const profile = profileOf(seen);
  if (profile) variants.push({ first: laid(seen, profile), whole: laid(log, profileOf(log)) });
  return (Object.keys(fitters) as FittedName[]).flatMap((name) =>
    variants.map((variant) => ({ name, ...variant })),
  );
}

function fitted(name: FittedName, { profile, sample }: Laid): Traffic | undefined {
  const process = fitters[name](sample);
  return process && { process, profile };
}

function part(log: Stretch, from_us: number, to_us: number): Stretch {
  return { arrival_us: between(log.arrival_us, from_us, to_us), from_us, to_us };
}

const WEEK_US = 7 * DAY_US;

/** Arrivals of a process over a stretch of the log's time, at its place in the week. */
function simulate(
  { process, profile }: Traffic,
  { from_us, to_us }: Stretch,
  monday_us: number,
  streams: Streams,
): Float64Array {
  const lead_us = profile ? (((from_us - monday_us) % WEEK_US) + WEEK_US) % WEEK_US : 0;
  const end_us = lead_us + to_us - from_us;
  const make = (begin_us: number, until_us: number) =>
    processKind(process).make(process, { streams, begin_us, end_us: until_us, rateScale: 1 });
  const arrivals = profile ? paced(profile, 0, end_us, make) : make(0, end_us);
  const found = Float64Array.from(instantsBefore(arrivals, end_us));
  return between(found, lead_us, end_us).map((t) => t - lead_us + from_us);
}
