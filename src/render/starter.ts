import { yamlText } from './yaml-text.ts';

/** Scenarios to begin with: one for each question that users come with, every key explained. */

export const QUESTIONS = {
  compare: 'Replicate, Modal, RunPod or a GPU of my own: what is cheapest, and who waits?',
  tune: 'which keep_warm and which idle timeout on Modal?',
  log: 'what would my own request log cost?',
  burst: 'what happens when a launch sends a burst?',
  brands: 'many LoRAs: one pool that swaps them, or a pool for each?',
  trainings: 'fine-tunes and their images: managed trainings, or a Function?',
} as const;

export type Question = keyof typeof QUESTIONS;

/** What a scenario to begin with is made for. The texts are such as the scenario format takes. */
export interface Answers {
  /** Where the scenario will stand, as it is typed after `warmpool run`. */
  readonly file: string;
  readonly name: string;
  /** As `83/h`. */
  readonly rate: string;
  readonly model: string;
  readonly variant: string;
  readonly gpu: string;
  /** Bound on the p95, as `15s`. */
  readonly slo: string;
  /** The request log, relative to the scenario, and its columns. */
  readonly log: string;
  readonly timeColumn: string;
}

/** The text of a scenario. @throws nothing: what is wrong in an answer shows when the text is read */
export function starterText(question: Question, answers: Answers): string {
  const { file, name, model, variant, slo } = answers;
  return `# ${capital(QUESTIONS[question])}
# Run it: npx warmpool run ${file}
# Every key: docs/SCENARIO.md. To use a line that is commented out, remove its # and the space after it.
name: ${name}
${question === 'log' ? '' : LENGTH}prices: "2026-10"            # the book of prices and speeds; warmpool prices prints it
model: ${yamlText(model)}              # picks speeds and prices from the book
variant: ${yamlText(variant)}                # how the model runs, as bf16, bf16-compiled, fp8, fp8-compiled
traffic:
${TRAFFIC[question](answers)}
platforms:
${PLATFORMS[question](answers)}
slo: { latency_p95: ${yamlText(slo)} }    # what users accept: also latency_p50, latency_p99, latency_mean, wait_mean
`;
}

/** Not for a log: it is as long as it is, and every run replays the same rows. */
const LENGTH = `duration: 24h                # length of a run, as 24h or 7d
replications: 20             # independent runs: more make the intervals narrower
# start: cycle               # first run through the whole once, unreported, instead of beginning warm
`;

const POISSON = ({ rate }: Answers) => `  - name: images
    process: poisson         # independent users; also on-off, mmpp, hourly, constant, trace
    rate: ${yamlText(rate)}               # requests: 0.5/s, 10/min, 83/h, 2000/d
    images: 1                # outputs of a request
    work: { distribution: lognormal, cv: 0.04 }   # some requests take a little longer; the mean is 1`;

const TRAFFIC: Record<Question, (answers: Answers) => string> = {
  compare: POISSON,
  tune: POISSON,
  log: ({ log, timeColumn }) => `  - name: log
    process: trace           # replays a request log, row by row; warmpool fit tells what it is like
    file: ${yamlText(log)}
    time_column: ${yamlText(timeColumn)}      # seconds, ISO 8601 or YYYY-MM-DD hh:mm:ss
    # images_column: n       # outputs of each request
    # work_column: seconds   # size of each request; with seconds_per_image: 1 its service in seconds
    # rate_scale: 2          # twice the traffic`,
  burst: ({ rate }) => `  - name: everyday
    process: poisson
    rate: ${yamlText(rate)}
  - name: launch
    process: on-off          # bursts and lulls of exponential length
    rate_on: 5/s             # requests during a burst
    mean_on: 2m
    mean_off: 8h`,
  brands: (answers) => `${POISSON(answers)}
    adapters: { count: 50, zipf: 1 }   # LoRAs; the k-th is wanted in proportion to 1 / k^zipf`,
  trainings: (answers) => `${POISSON(answers)}
  - name: trainings
    kind: training           # jobs that make no image
    process: poisson
    rate: 8/d
    duration: { distribution: lognormal, mean: 20m, cv: 0.3 }`,
};

const modal = (gpu: string, keys: string) => `{ kind: modal, gpu: ${yamlText(gpu)}, ${keys} }`;

const PLATFORMS: Record<Question, (answers: Answers) => string> = {
  compare: ({ gpu }) => `  replicate:
    kind: replicate-official # billed an image; cold starts are the provider's
    # price_per_image: 0.025 # in place of the book's
  modal:
    kind: modal              # billed every second a container is alive
    gpu: ${yamlText(gpu)}
    keep_warm: 1             # containers always on; or a daily table {"00:00": 0, "08:00": 2}
    container_idle_timeout: 60s
    max_containers: 10
    cold_start: 8s           # or a distribution, as { distribution: lognormal, mean: 20s, cv: 0.5 }
  runpod:
    kind: runpod-serverless  # billed every second of a worker's life
    gpu: ${yamlText(gpu)}
    scaler: { rule: request-count, value: 1 }     # or { rule: queue-delay, value: 4s }, RunPod's default
  own-gpu:
    kind: dedicated          # machines of your own, always on
    machines: 1
    usd_per_hour: 2.99
    gpu: ${yamlText(gpu)}`,
  tune: ({
    gpu,
  }) => `  # keep_warm: containers always on. container_idle_timeout: how long one stays after its last request.
  cold-60s: ${modal(gpu, 'keep_warm: 0, container_idle_timeout: 60s')}
  cold-5s: ${modal(gpu, 'keep_warm: 0, container_idle_timeout: 5s')}
  cold-5m: ${modal(gpu, 'keep_warm: 0, container_idle_timeout: 300s')}
  warm-60s: ${modal(gpu, 'keep_warm: 1, container_idle_timeout: 60s')}
  warm-5s: ${modal(gpu, 'keep_warm: 1, container_idle_timeout: 5s')}
  by-day: ${modal(gpu, 'keep_warm: { "00:00": 0, "08:00": 1, "20:00": 0 }')}`,
  log: ({ gpu }) => `  replicate: { kind: replicate-official }
  modal: ${modal(gpu, 'keep_warm: 0, container_idle_timeout: 60s')}
  modal-warm: ${modal(gpu, 'keep_warm: 1, container_idle_timeout: 60s')}`,
  burst: ({
    gpu,
  }) => `  # limits: real sets what the vendor imposes: creations a minute, GPUs of a plan, timeouts.
  replicate: { kind: replicate-official, limits: real }
  modal: ${modal(gpu, 'keep_warm: 1, limits: real')}
  modal-team: ${modal(gpu, 'keep_warm: 1, max_containers: 50, plan: team')}`,
  brands: ({
    gpu,
  }) => `  # adapter_load: time to load a LoRA that a container lacks; adapter_cache: how many it holds.
  swap: ${modal(gpu, 'keep_warm: 1, adapter_load: 3s')}
  remember-8: ${modal(gpu, 'keep_warm: 1, adapter_load: 3s, adapter_cache: 8, adapter_affinity: true')}
  pool-each: ${modal(gpu, 'adapter_load: 3s, pool_per_adapter: true, max_containers: 2')}`,
  trainings: ({ gpu }) => `  replicate-images: { kind: replicate-official }
  replicate-trainings: { kind: replicate-training, hardware: ${yamlText(gpu)} }
  modal-images: ${modal(gpu, 'keep_warm: 0')}
  modal-trainings: ${modal(gpu, 'sources: [trainings], container_idle_timeout: 2s, timeout: 2h')}
plans:                       # totals of platforms that serve different sources
  replicate: [replicate-images, replicate-trainings]
  modal: [modal-images, modal-trainings]`,
};

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
