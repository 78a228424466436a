import batchesOfFour from '../../scenarios/batches-of-four.yaml';
import communityColdBoots from '../../scenarios/community-cold-boots.yaml';
import crossoverH100 from '../../scenarios/crossover-h100.yaml';
import fluxDevCrossover from '../../scenarios/flux-dev-crossover.yaml';
import keepWarm from '../../scenarios/keep-warm-0-or-1.yaml';
import launchDay from '../../scenarios/launch-day.yaml';
import peakHours from '../../scenarios/peak-hours.yaml';
import runpodScalers from '../../scenarios/runpod-scalers.yaml';
import sixtyPercent from '../../scenarios/sixty-percent.yaml';
import smallShop from '../../scenarios/small-shop-at-night.yaml';
import tenAMinute from '../../scenarios/ten-a-minute.yaml';
import threeGpus from '../../scenarios/three-gpus.yaml';

/** A scenario to begin with. */
export interface Preset {
  /** In addresses. */
  readonly name: string;
  readonly title: string;
  readonly yaml: string;
}

/** The article's claims, then what it does not speak of. */
export const PRESETS: readonly Preset[] = [
  { name: 'crossover', title: 'Claim: Modal is cheaper from 83 images an hour on', yaml: fluxDevCrossover },
  { name: 'crossover-h100', title: 'Claim: the crossover is higher on an H100', yaml: crossoverH100 },
  { name: 'sixty-percent', title: 'Claim: the crossover is about 60 % utilization', yaml: sixtyPercent },
  { name: 'ten-a-minute', title: 'Claim: Modal wins from 10 images a minute on', yaml: tenAMinute },
  { name: 'small-shop', title: 'Claim: below the crossover Replicate wins', yaml: smallShop },
  { name: 'keep-warm', title: 'Claim: keep_warm=1 costs $60 a day', yaml: keepWarm },
  { name: 'peak-hours', title: 'Claim: warm at peak hours, cold at night', yaml: peakHours },
  { name: 'cold-boots', title: 'Claim: community models may take minutes', yaml: communityColdBoots },
  { name: 'three-gpus', title: 'Which GPU?', yaml: threeGpus },
  { name: 'launch-day', title: 'A launch: bursts of five minutes', yaml: launchDay },
  { name: 'batches', title: 'More warm containers, a worse p95', yaml: batchesOfFour },
  { name: 'runpod', title: "RunPod's two scaling rules", yaml: runpodScalers },
];
