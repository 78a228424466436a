import { DAY_US, SECOND_US, seconds } from '../core/time.ts';
import { type Streams, streamsOf } from '../random/stream.ts';
import { instantsBefore } from '../workload/processes/instants.ts';
import { type ProcessSpec, processKind } from '../workload/processes/table.ts';
import { type ProfileSpec, paced, paceOf } from '../workload/profile.ts';
import { dayProfile } from './day-profile.ts';
import { between, gapsOf, type Stretch } from './dispersion-curve.ts';
import { type FittedName, fitters } from './processes/table.ts';
import { resolutionOf, roundedDown, spread } from './resolution.ts';
import { type Errors, errorsOf, GROUPS, type Signature, signatureOf, together } from './signature.ts';

/** A process that was fitted, and how well it foretold the part of the log that it had not seen. */
export interface Candidate {
  readonly name: FittedName;
  readonly process: ProcessSpec;
  readonly profile: ProfileSpec | undefined;
  readonly errors: Errors;
  /** Geometric mean of the errors. */
  readonly together: number;
  /** Whether it is off by at most LARGEST_ERROR in everything. */
  readonly isGood: boolean;
}

export interface Ranking {
  /** The best first; fitted to the whole log, judged by the fit to its first part. */
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
/** Gaps that a likelihood is made from: more take longer and say little more. */
const MOST_GAPS = 200_000;
const MOST_RUNS = 20;
const FEWEST_RUNS = 3;
/** Simulated arrivals over all candidates, roughly. */
const MOST_SIMULATED = 2e7;

/** A log to be fitted. */
export interface LogTraffic extends Stretch {
  /** A Monday 00:00, in the log's own microseconds. */
  readonly monday_us: number;
  /** Whether the days of the week are known. */
  readonly isWeekKnown: boolean;
}

/**
 * Fits every process, with and without a daily rhythm, and ranks them by how well simulated traffic reproduces the last
 * third of the log.
 * @returns undefined if the log is too short
 * @yields the share done, 0 to 1
 */
export function* rank(log: LogTraffic): Generator<number, Ranking | undefined> {
  const split_us = Math.floor(log.from_us + SEEN * (log.to_us - log.from_us));
  const seen = part(log, log.from_us, split_us);
  const heldOut = part(log, split_us, log.to_us);
  if (Math.min(seen.arrival_us.length, heldOut.arrival_us.length) < FEWEST_ARRIVALS) return undefined;
  const resolution_us = resolutionOf(log.arrival_us);
  const truth = signatureOf(heldOut, resolution_us);
  /** A stretch with a rhythm laid over it, or none, and its gaps in the time that passes at that pace. */
  const laid = (stretch: Stretch, profile: ProfileSpec | undefined) => ({
    profile,
    gaps_s: gapsInOwnTime(stretch, log.monday_us, profile, resolution_us),
  });
  const profileOf = (stretch: Stretch) => dayProfile(stretch, log.monday_us, log.isWeekKnown);
  const plain = { seen: laid(seen, undefined), whole: laid(log, undefined) };
  const profile = profileOf(seen);
  const daily = profile && { seen: laid(seen, profile), whole: laid(log, profileOf(log)) };
  const plan = (Object.keys(fitters) as FittedName[]).flatMap((name) =>
    (daily ? [plain, daily] : [plain]).map((variant) => ({ name, ...variant })),
  );
  const runs = Math.floor(MOST_SIMULATED / (plan.length * heldOut.arrival_us.length));
  const count = Math.max(FEWEST_RUNS, Math.min(MOST_RUNS, runs));
  const candidates: Candidate[] = [];
  for (const [k, { name, seen: first, whole }] of plan.entries()) {
    yield k / plan.length;
    const foretelling = { process: fitters[name](first.gaps_s), profile: first.profile };
    const simulated: Signature[] = [];
    for (let run = 0; run < count; run++) {
      const found = simulate(foretelling, heldOut, log.monday_us, streamsOf('fit', run));
      simulated.push(
        signatureOf({ ...heldOut, arrival_us: roundedDown(found, resolution_us) }, resolution_us),
      );
      yield (k + (run + 1) / count) / plan.length;
    }
    const errors = errorsOf(simulated, truth);
    candidates.push({
      name,
      process: fitters[name](whole.gaps_s),
      profile: whole.profile,
      errors,
      together: together(errors),
      isGood: GROUPS.every((group) => (errors[group] ?? 1) <= LARGEST_ERROR),
    });
  }
  const errors = errorsOf([signatureOf(seen, resolution_us)], truth);
  return {
    candidates: candidates.sort((a, b) => a.together - b.together),
    replay: { errors, together: together(errors) },
    split_us,
  };
}

function part(log: Stretch, from_us: number, to_us: number): Stretch {
  return { arrival_us: between(log.arrival_us, from_us, to_us), from_us, to_us };
}

/** Gaps in seconds of the time that passes at the pace of the profile, none of them 0. */
function gapsInOwnTime(
  { arrival_us }: Stretch,
  monday_us: number,
  profile: ProfileSpec | undefined,
  resolution_us: number,
): Float64Array {
  const last = arrival_us.subarray(Math.max(0, arrival_us.length - MOST_GAPS - 1));
  const apart = spread(last, resolution_us, streamsOf('fit', 0)('spread'));
  const pace = profile && paceOf(profile);
  const own = pace ? apart.map((t) => pace.expected(seconds(t - monday_us)) * SECOND_US) : apart;
  return gapsOf(own).map((gap) => Math.max(gap, 1e-9));
}

const WEEK_US = 7 * DAY_US;

/** Arrivals of a process over a stretch of the log's time, at its place in the week. */
function simulate(
  { process, profile }: Pick<Candidate, 'process' | 'profile'>,
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
