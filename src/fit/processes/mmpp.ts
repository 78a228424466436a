import { stationaryRate } from '../../workload/processes/mmpp.ts';
import { maximise } from '../maximise.ts';
import { type Fitter, firstOf, rateOf } from './fitter.ts';

/** Two states: arrivals a second in each, and the rate at which it is left. */
interface TwoStates {
  readonly a: number;
  readonly b: number;
  readonly leaveA: number;
  readonly leaveB: number;
}

const SHORTEST_S = 0.001;
const LONGEST_S = 1e8;

/** By the likelihood of the gaps (Ryden, Comput. Stat. Data Anal. 21, 1996), climbed by simplex from several starts. */
export const fitMmpp: Fitter = ({ gaps_s, rate: asked }) => {
  const rate = rateOf(gaps_s);
  const spec = (x: readonly number[]): TwoStates => {
    const [a, b, leaveA, leaveB] = x.map(Math.exp) as [number, number, number, number];
    return { a, b, leaveA, leaveB };
  };
  const likelihood = (gaps: Float64Array) => (x: readonly number[]) => mmppLikelihood(gaps, spec(x));
  const few = likelihood(firstOf(gaps_s, 5000));
  const starts = [3, 30, 300].flatMap((arrivals) =>
    [2, 10].map((burst) =>
      maximise(
        few,
        [rate * burst, rate / burst, (rate * burst) / arrivals, rate / arrivals].map(Math.log),
        150,
      ),
    ),
  );
  const best = starts.reduce((one, other) => (other.value > one.value ? other : one));
  const { a, b, leaveA, leaveB } = spec(maximise(likelihood(gaps_s), best.at, 250).at);
  const lasting = (leave: number) => Math.min(LONGEST_S, Math.max(SHORTEST_S, 1 / leave));
  const states = [
    { rate: a, mean_duration: lasting(leaveA) },
    { rate: b, mean_duration: lasting(leaveB) },
  ].sort((one, other) => other.rate - one.rate);
  const scale = asked / stationaryRate(states);
  return { process: 'mmpp', states: states.map((state) => ({ ...state, rate: state.rate * scale })) };
};

/** Logarithm of the likelihood of gaps, the first arrival being one of a stationary process. */
export function mmppLikelihood(gaps_s: Float64Array, { a, b, leaveA, leaveB }: TwoStates): number {
  // exp(D x) of D = Q - diag(a, b), by its two real eigenvalues.
  const [dA, dB] = [-leaveA - a, -leaveB - b];
  const middle = (dA + dB) / 2;
  const half = Math.sqrt(((dA - dB) / 2) ** 2 + leaveA * leaveB);
  // Arrivals find a state in proportion to its share of time and to its rate.
  let inA = leaveB * a;
  let inB = leaveA * b;
  let sum = -Math.log(inA + inB);
  for (const gap of gaps_s) {
    // Without the factor exp((middle + half) gap), which a long gap would let vanish.
    const down = Math.exp(-2 * half * gap);
    const even = (1 + down) / 2;
    const odd = (1 - down) / (2 * half);
    const nextA = (inA * (even + odd * (dA - middle)) + inB * odd * leaveB) * a;
    const nextB = (inA * odd * leaveA + inB * (even + odd * (dB - middle))) * b;
    const scale = nextA + nextB;
    if (!(scale > 0)) return Number.NEGATIVE_INFINITY;
    sum += Math.log(scale) + (middle + half) * gap;
    inA = nextA / scale;
    inB = nextB / scale;
  }
  // The first weights were not scaled to 1.
  return sum;
}
