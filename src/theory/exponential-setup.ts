import { stationary } from './markov.ts';

/** Rates per second; `maxContainers` containers at most, none kept warm. */
export type SetupPool = {
  readonly lambda: number;
  readonly mu: number;
  readonly coldStartRate: number;
  readonly windowRate: number;
  readonly maxContainers: number;
};

type State = { busy: number; idle: number; starting: number; waiting: number };

/**
 * The transitions out of a state. An arrival starts a container if fewer are alive than min(max, requests
 * present); starts are never cancelled; whichever container gets free first takes the head of the queue. As
 * an idle container is always one more than the requests present need, it stops as soon as its window ends.
 */
function moves(pool: SetupPool, state: State, most: number): [rate: number, to: State, starts: boolean][] {
  const { busy, idle, starting, waiting } = state;
  const present = busy + waiting + 1;
  const starts = idle === 0 && busy + starting < Math.min(pool.maxContainers, present);
  const arrived =
    idle > 0
      ? { busy: busy + 1, idle: idle - 1, starting, waiting }
      : { busy, idle, starting: starting + (starts ? 1 : 0), waiting: waiting + 1 };
  const served =
    waiting > 0 ? { ...state, waiting: waiting - 1 } : { ...state, busy: busy - 1, idle: idle + 1 };
  const started =
    waiting > 0
      ? { busy: busy + 1, idle, starting: starting - 1, waiting: waiting - 1 }
      : { ...state, idle: idle + 1, starting: starting - 1 };
  return [
    [waiting < most ? pool.lambda : 0, arrived, starts],
    [busy * pool.mu, served, false],
    [starting * pool.coldStartRate, started, false],
    [idle * pool.windowRate, { ...state, idle: idle - 1 }, false],
  ];
}

/**
 * A pool with exponential service, cold starts and idle windows, solved as a Markov chain with at most `most`
 * waiting: mean time in system in seconds, alive seconds per request, starts per request.
 * Source: the M/M/c with set-up and delayed off of Gandhi, Doroudi, Harchol-Balter & Scheller-Wolf, "Exact
 * analysis of the M/M/k/setup class of Markov chains", Queueing Systems 77 (2014), but with starts that are
 * never cancelled.
 */
export function setupPool(
  pool: SetupPool,
  most = 150,
): { sojourn: number; alivePerRequest: number; startsPerRequest: number } {
  const states: State[] = [{ busy: 0, idle: 0, starting: 0, waiting: 0 }];
  const numbers = new Map([[JSON.stringify(Object.values(states[0]!)), 0]]);
  const edges: [from: number, to: number, rate: number][] = [];
  const startRates: number[] = [];
  for (let from = 0; from < states.length; from++) {
    startRates.push(0);
    for (const [rate, { busy, idle, starting, waiting }, starts] of moves(pool, states[from]!, most)) {
      if (rate === 0) continue;
      const key = JSON.stringify([busy, idle, starting, waiting]);
      const to = numbers.get(key) ?? states.push({ busy, idle, starting, waiting }) - 1;
      numbers.set(key, to);
      edges.push([from, to, rate]);
      if (starts) startRates[from] = rate;
    }
  }
  const rates = states.map(() => new Array<number>(states.length).fill(0));
  for (const [from, to, rate] of edges) rates[from]![to] = rates[from]![to]! + rate;
  const p = stationary(rates);
  const mean = (f: (state: State, i: number) => number) =>
    states.reduce((sum, state, i) => sum + p[i]! * f(state, i), 0);
  if (mean((s) => (s.waiting === most ? 1 : 0)) > 1e-12) throw new RangeError('the queue is cut too short');
  return {
    sojourn: mean((s) => s.busy + s.waiting) / pool.lambda,
    alivePerRequest: mean((s) => s.busy + s.idle + s.starting) / pool.lambda,
    startsPerRequest: mean((_, i) => startRates[i]!) / pool.lambda,
  };
}
