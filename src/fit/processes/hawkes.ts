import { maximise } from '../maximise.ts';
import { type Fitter, firstOf, rateOf } from './fitter.ts';

const MOST_BRANCHING = 0.999;
const SHORTEST_DECAY_S = 0.001;

/** Nearer to the edge than this, the likelihood found no process but a drift. */
const EDGE = 0.99;

/**
 * By the likelihood of Ozaki (Ann. Inst. Stat. Math. 31, 1979), from several starts. None if each arrival brings one
 * more for ever, or brings it at once, faster than the log can tell: that is a batch.
 */
export const fitHawkes: Fitter = ({ gaps_s, rate: asked, resolution_s }) => {
  const rate = rateOf(gaps_s);
  const spec = ([lnBase, logit, lnFade]: readonly number[]) => ({
    base: Math.exp(lnBase!),
    branching: MOST_BRANCHING / (1 + Math.exp(-logit!)),
    fade: Math.exp(lnFade!),
  });
  const likelihood = (gaps: Float64Array) => (x: readonly number[]) => hawkesLikelihood(gaps, spec(x));
  const few = likelihood(firstOf(gaps_s, 5000));
  const starts = [30, 1, 0.1, 0.01].map((pace) =>
    maximise(few, [Math.log(rate / 2), 0, Math.log(rate * pace)], 120),
  );
  const best = starts.reduce((a, b) => (b.value > a.value ? b : a));
  const { branching, fade } = spec(maximise(likelihood(gaps_s), best.at, 250).at);
  if (branching > EDGE || 1 / fade < Math.max(resolution_s, SHORTEST_DECAY_S)) return undefined;
  return { process: 'hawkes', base_rate: asked * (1 - branching), branching, decay: 1 / fade };
};

/** Logarithm of the likelihood; what was raised before the first arrival is left out. */
export function hawkesLikelihood(
  gaps_s: Float64Array,
  { base, branching, fade }: { base: number; branching: number; fade: number },
): number {
  let raised = 0;
  let sum = 0;
  for (const gap of gaps_s) {
    raised += branching * fade;
    const faded = raised * Math.exp(-fade * gap);
    sum += Math.log(base + faded) - base * gap - (raised - faded) / fade;
    raised = faded;
  }
  return sum;
}
