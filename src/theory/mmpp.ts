import { stationary, uniformized } from './markov.ts';
import { dot, inverse, type Matrix, multiply, square, timesVector, vectorTimes } from './matrix.ts';
import { quantileFromTail } from './numeric.ts';

/**
 * A Markov-modulated Poisson process: in phase i, arrivals at rates[i]; phase i turns into j at moves[i][j]
 * (per s).
 */
export type Mmpp = { readonly rates: readonly number[]; readonly moves: Matrix };

/** The MMPP with two phases that are left at rates leave[0] and leave[1]; all rates per second. */
export function twoPhases(rates: readonly [number, number], leave: readonly [number, number]): Mmpp {
  return {
    rates,
    moves: [
      [-leave[0], leave[0]],
      [leave[1], -leave[1]],
    ],
  };
}

/** Mean arrival rate per second. */
export function mmppRate({ rates, moves }: Mmpp): number {
  return dot(stationary(moves), rates);
}

/**
 * P(n in system, phase i) = (empty R^n)[i] of an MMPP/M/1: `r` is the minimal solution of Lambda + R (Q -
 * Lambda - mu I) + mu R^2 = 0. Source: Neuts, "Matrix-Geometric Solutions in Stochastic Models" (1981),
 * chapter 3; the iteration as in Latouche & Ramaswami, "Introduction to Matrix Analytic Methods" (1999),
 * chapter 8.
 */
function solve({ rates, moves }: Mmpp, mu: number): { empty: number[]; r: number[][]; total: number[][] } {
  const n = rates.length;
  const off = (i: number, j: number) => (i === j ? moves[i]![j]! - rates[i]! : moves[i]![j]!);
  let r = square(n, () => 0);
  let change = 1;
  for (let k = 0; change > 1e-16 && k < 1e5; k++) {
    const back = inverse(square(n, (i, j) => (i === j ? mu : 0) - off(i, j) - mu * r[i]![j]!));
    const next = square(n, (i, j) => rates[i]! * back[i]![j]!);
    change = Math.max(...next.flatMap((row, i) => row.map((value, j) => Math.abs(value - r[i]![j]!))));
    r = next;
  }
  const total = inverse(square(n, (i, j) => (i === j ? 1 : 0) - r[i]![j]!));
  const shape = stationary(square(n, (i, j) => off(i, j) + mu * r[i]![j]!));
  const mass = vectorTimes(shape, total).reduce((sum, value) => sum + value, 0);
  return { empty: shape.map((value) => value / mass), r, total };
}

/**
 * Mean time in system of an MMPP/M/1 in seconds, by Little's law; mu per second. Source: Neuts (1981),
 * chapter 3.
 */
export function mmppSojourn(mmpp: Mmpp, mu: number): number {
  const { empty, r, total } = solve(mmpp, mu);
  const number = vectorTimes(empty, multiply(r, multiply(total, total)));
  return number.reduce((sum, value) => sum + value, 0) / mmppRate(mmpp);
}

/**
 * The time in system in seconds that a share p of the requests of an MMPP/M/1 stay within, first come first
 * served. An arrival finds n with probability empty R^n rates / rate and then stays for n + 1 services, hence
 * P(T > t) = empty exp(-mu t (I - R)) (I - R)^-1 rates / rate. Source: as above, with the phase-type tail
 * written out.
 */
export function mmppSojournQuantile(p: number, mmpp: Mmpp, mu: number): number {
  const { empty, r, total } = solve(mmpp, mu);
  const found = timesVector(total, mmpp.rates).map((value) => value / mmppRate(mmpp));
  const tail = (t: number) =>
    dot(
      empty,
      uniformized((v) => timesVector(r, v), mu * t, found),
    );
  return quantileFromTail(tail, p);
}

/**
 * Variance over mean of the number of arrivals in a window of t seconds (t may be Infinity) of a two-phase
 * MMPP.
 * Source: Heffes & Lucantoni, "A Markov modulated characterization of packetized voice and data traffic",
 * IEEE JSAC 4 (1986); Fischer & Meier-Hellstern, "The MMPP cookbook", Performance Evaluation 18 (1993).
 */
export function mmpp2Dispersion(
  t: number,
  rates: readonly [number, number],
  leave: readonly [number, number],
): number {
  const turn = leave[0] + leave[1];
  const limit =
    (2 * (rates[0] - rates[1]) ** 2 * leave[0] * leave[1]) /
    (turn ** 2 * (rates[0] * leave[1] + rates[1] * leave[0]));
  return 1 + limit * (1 + Math.expm1(-turn * t) / (turn * t));
}
