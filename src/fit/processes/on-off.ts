import { maximise } from '../maximise.ts';
import { type Fitter, rateOf } from './fitter.ts';
import { mixedLikelihood } from './renewal.ts';

const SHORTEST_S = 0.001;
const LONGEST_S = 1e8;

/**
 * Poisson bursts with nothing between them: gaps are then drawn from one of two exponential laws, and the likelihood of
 * those gives the process back (Kuczura, Bell System Technical Journal 52, 1973).
 */
export const fitOnOff: Fitter = ({ gaps_s, rate }) => {
  const mean = 1 / rateOf(gaps_s);
  const phases = ([logit, lnFirst, lnSecond]: readonly number[]) => ({
    chance: 1 / (1 + Math.exp(-logit!)),
    first: Math.exp(lnFirst!),
    second: Math.exp(lnSecond!),
  });
  const starts = [3, 30].map((apart) =>
    maximise(
      (x) => mixedLikelihood(gaps_s, phases(x)),
      [1, Math.log(mean / apart), Math.log(mean * apart)],
      150,
    ),
  );
  const best = phases(starts.reduce((a, b) => (b.value > a.value ? b : a)).at);
  const [fast, slow] = [1 / best.first, 1 / best.second];
  const rateOn = best.chance * fast + (1 - best.chance) * slow;
  const leaveOff = (fast * slow) / rateOn;
  const leaveOn = fast + slow - rateOn - leaveOff;
  const [mean_on, mean_off] = [1 / leaveOn, 1 / leaveOff];
  const isProcess = [mean_on, mean_off].every((length_s) => length_s > SHORTEST_S && length_s < LONGEST_S);
  if (!isProcess) return undefined;
  // At the rate that is asked for, bursts and lulls as long as they are.
  return {
    process: 'on-off',
    rate_on: (rate * (mean_on + mean_off)) / mean_on,
    mean_on,
    mean_off,
    rate_off: 0,
  };
};
