import * as z from 'zod';
import { duration, rateOrZero, strict } from '../../core/fields.ts';
import { microseconds, SECOND_US } from '../../core/time.ts';
import type { Stream } from '../../random/stream.ts';
import { exponential } from '../../random/ziggurat.ts';
import type { ArrivalProcess, ProcessContext, ProcessKind, Windows } from './process.ts';

export interface State {
  /** Arrivals a second while in this state. */
  rate: number;
  /** Mean time in this state, in seconds. */
  mean_duration: number;
}

export interface MmppSpec {
  process: 'mmpp';
  states: State[];
}

/** Shortest mean state, in seconds: a run passes through its states one by one. */
const SHORTEST_S = 0.001;

/** What is wrong with states that are right one by one. */
export function statesFault(states: readonly State[]): string | undefined {
  if (states.every((state) => state.rate === 0)) return 'expected a state with a rate above 0';
  const short = states.find((state) => state.mean_duration < SHORTEST_S);
  return (
    short &&
    `expected states of at least ${SHORTEST_S * 1000}ms on average, here ${short.mean_duration * 1000}ms`
  );
}

/** Mean rate of a chain that is in each state in proportion to its mean duration. */
export function stationaryRate(states: readonly State[]): number {
  const total = states.reduce((sum, state) => sum + state.mean_duration, 0);
  return states.reduce((sum, state) => sum + (state.rate * state.mean_duration) / total, 0);
}

/** Two states: arrivals a second in each, and the rate at which it is left. */
function twoStates(states: readonly State[], rateScale: number) {
  const [first, second] = states;
  if (first === undefined || second === undefined || states.length > 2) return undefined;
  const [leaveA, leaveB] = [1 / first.mean_duration, 1 / second.mean_duration];
  return { a: first.rate * rateScale, b: second.rate * rateScale, leaveA, leaveB, turn: leaveA + leaveB };
}

/** Cv of the gaps of two states (Fischer and Meier-Hellstern 1993); not known here of more. */
export function statesGapCv(states: readonly State[], rateScale: number): number | undefined {
  const two = twoStates(states, rateScale);
  if (two === undefined) return undefined;
  const { a, b, leaveA, leaveB, turn } = two;
  return Math.sqrt(
    1 + (2 * leaveA * leaveB * (a - b) ** 2) / (turn ** 2 * (a * b + a * leaveB + b * leaveA)),
  );
}

/** Variance over mean of counts of two states (Heffes and Lucantoni, IEEE JSAC 4, 1986); not known here of more. */
export function statesDispersion(
  states: readonly State[],
  { window_s, rateScale }: Windows,
): number | undefined {
  const two = twoStates(states, rateScale);
  if (two === undefined) return undefined;
  const { a, b, leaveA, leaveB, turn } = two;
  const limit = (2 * (a - b) ** 2 * leaveA * leaveB) / (turn ** 2 * (a * leaveB + b * leaveA));
  return 1 + limit * (1 + Math.expm1(-turn * window_s) / (turn * window_s));
}

/**
 * Poisson arrivals whose rate is that of a Markov chain's state (Fischer and Meier-Hellstern, "The Markov-modulated
 * Poisson process cookbook", Performance Evaluation 18, 1993). A state is left for any other with equal chance; the
 * first one is drawn from the stationary law, whose weights are the mean durations.
 */
export function modulated(
  states: readonly State[],
  { streams, begin_us, end_us, rateScale }: ProcessContext,
): ArrivalProcess {
  const stream = streams('arrivals');
  let state = stationaryState(stream, states);
  let clock_us = begin_us;
  let leaves_us = clock_us + stay_us(stream, states[state]!);
  return {
    fill(batch, from, to) {
      for (let i = from; i < to; ) {
        if (clock_us >= end_us) return i;
        const rate = states[state]!.rate * rateScale;
        const next_us =
          rate > 0 ? clock_us + microseconds(exponential(stream) / rate) : Number.POSITIVE_INFINITY;
        if (next_us < leaves_us) {
          clock_us = next_us;
          batch.arrival_us[i++] = next_us;
        } else {
          clock_us = leaves_us;
          state = otherState(stream, states.length, state);
          leaves_us = clock_us + stay_us(stream, states[state]!);
        }
      }
      return to;
    },
  };
}

function stay_us(stream: Stream, state: State): number {
  return Math.max(1, Math.floor(state.mean_duration * SECOND_US * exponential(stream) + 0.5));
}

function stationaryState(stream: Stream, states: readonly State[]): number {
  const total = states.reduce((sum, state) => sum + state.mean_duration, 0);
  let left = stream.uniform() * total;
  for (let i = 0; i < states.length - 1; i++) {
    left -= states[i]!.mean_duration;
    if (left < 0) return i;
  }
  return states.length - 1;
}

function otherState(stream: Stream, count: number, state: number): number {
  const other = count === 2 ? 0 : stream.index(count - 1);
  return count === 2 ? 1 - state : other < state ? other : other + 1;
}

export const mmpp: ProcessKind<MmppSpec> = {
  keys: () => ({
    states: z
      .array(strict({ rate: rateOrZero, mean_duration: duration }))
      .min(2, { error: 'expected at least two states: with one, the process is poisson' })
      .max(64, { error: 'expected at most 64 states' }),
  }),
  fault: ({ states }) => statesFault(states),
  isStationary: true,
  meanRate: (spec) => stationaryRate(spec.states),
  peakRate: (spec) => Math.max(...spec.states.map((state) => state.rate)),
  gapCv: (spec, rateScale) => statesGapCv(spec.states, rateScale),
  dispersion: (spec, windows) => statesDispersion(spec.states, windows),
  make: (spec, context) => modulated(spec.states, context),
};
