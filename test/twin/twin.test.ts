import { describe, expect, it } from 'vitest';
import { runTwin, type TwinHour, type TwinResult, type TwinScaling, type TwinWorld } from './twin.ts';

// Tiny worlds, calculated by hand. All times in this file are whole seconds.

const SECOND = 1_000_000;

/** Arrival and service in seconds; 'theirs' is a request of another tenant; the adapter is none unless told. */
type Row = [arrival: number, service: number, whose?: 'ours' | 'theirs', adapter?: number];

interface Seconds {
  begin?: number;
  duration?: number;
  hour?: number;
  day?: number;
  start?: 'warm' | 'empty';
  /** Time of day to containers. */
  keepWarm?: [at: number, containers: number][];
  max?: number;
  /** The buffer of the load rule, or another rule. */
  buffer?: number;
  requestCount?: number;
  queueDelay?: { value: number; period: number };
  queueLimit?: number;
  startDeadline?: number;
  deadline?: number;
  timeout?: number;
  creations?: { limit: number; period: number; retries: boolean };
  rounding?: number;
  adapters?: { cache: number; affinity: boolean; loads: number[] };
  dispatch?: TwinWorld['dispatch'];
  /** The values in order; the last one is repeated. */
  coldStarts?: number[];
  windows?: number[];
  dice?: number[];
  requests: Row[];
}

function values(list: number[], unit: number): () => number {
  let n = 0;
  return () => {
    const value = list[Math.min(n, list.length - 1)]! * unit;
    n += 1;
    return value;
  };
}

function scalingOf({ buffer, requestCount, queueDelay }: Seconds): TwinScaling {
  if (requestCount !== undefined) return { rule: 'request-count', value: requestCount };
  if (queueDelay === undefined) return { rule: 'load', buffer: buffer ?? 0 };
  const { value, period } = queueDelay;
  return { rule: 'queue-delay', value_us: value * SECOND, period_us: period * SECOND };
}

/** One hour of 100 s within a day of 1000 s, nothing kept warm and no limits unless told otherwise. */
function run(world: Seconds): TwinResult {
  const duration = world.duration ?? 100;
  return runTwin({
    begin_us: (world.begin ?? 0) * SECOND,
    duration_us: duration * SECOND,
    hour_us: (world.hour ?? duration) * SECOND,
    day_us: (world.day ?? 1000) * SECOND,
    start: world.start ?? 'warm',
    keepWarm: (world.keepWarm ?? [[0, 0]]).map(([at, containers]) => ({ at_us: at * SECOND, containers })),
    maxContainers: world.max ?? 10,
    scaling: scalingOf(world),
    timeout_us: (world.timeout ?? Infinity) * SECOND,
    deadline_us: (world.deadline ?? Infinity) * SECOND,
    creations: world.creations && {
      limit: world.creations.limit,
      period_us: world.creations.period * SECOND,
      retries: world.creations.retries,
    },
    rounding_us: (world.rounding ?? 0) * SECOND,
    adapters: world.adapters && { cache: world.adapters.cache, affinity: world.adapters.affinity },
    nextLoad_us: values(world.adapters?.loads ?? [], SECOND),
    queueLimit: world.queueLimit ?? Infinity,
    startDeadline_us: (world.startDeadline ?? Infinity) * SECOND,
    dispatch: world.dispatch ?? 'most-recent',
    nextColdStart_us: values(world.coldStarts ?? [5], SECOND),
    nextWindow_us: values(world.windows ?? [4], SECOND),
    nextDispatch: values(world.dice ?? [0], 1),
    requests: world.requests.map(([arrival, service, whose, adapter]) => ({
      arrival_us: arrival * SECOND,
      service_us: service * SECOND,
      images: 1,
      ours: whose !== 'theirs',
      adapter: adapter ?? -1,
    })),
  });
}

/** '15-18' served from 15 to 18, '15-18 cold failed' if it waited for its container and was cut, or its other fate. */
function fates(result: TwinResult): string[] {
  return result.outcomes.map(({ start_us, end_us, cold, outcome }) => {
    if (outcome === 'rejected' || outcome === 'aborted') {
      expect([start_us, end_us, cold]).toEqual([Number.NaN, Number.NaN, false]);
      return outcome;
    }
    const cut = outcome === 'completed' ? '' : ` ${outcome}`;
    return `${start_us / SECOND}-${end_us / SECOND}${cold ? ' cold' : ''}${cut}`;
  });
}

/** Some columns of one hour, times in seconds. */
function hour(result: TwinResult, index: number, ...names: (keyof TwinHour)[]): Record<string, number> {
  const row = result.hours[index]!;
  return Object.fromEntries(
    names.map((name) => [name, name.endsWith('_us') ? row[name] / SECOND : row[name]]),
  );
}

const TIMES = ['starting_us', 'busy_us', 'idle_us', 'alive_us'] as const;

function times(starting: number, busy: number, idle: number): Record<string, number> {
  return { starting_us: starting, busy_us: busy, idle_us: idle, alive_us: starting + busy + idle };
}

describe('rule 1, starts', () => {
  it('an arrival at an empty pool waits for the cold start made for it, and the container idles out', () => {
    // Arrives 10, ready 10 + 5 = 15, ends 15 + 3 = 18, window ends 18 + 4 = 22. Wait 15 - 10 = 5.
    const result = run({ requests: [[10, 3]] });
    expect(fates(result)).toEqual(['15-18 cold']);
    expect(hour(result, 0, ...TIMES)).toEqual(times(5, 3, 4));
    expect(
      hour(result, 0, 'requests', 'completed', 'images', 'cold_requests', 'cold_starts', 'containers_max'),
    ).toEqual({ requests: 1, completed: 1, images: 1, cold_requests: 1, cold_starts: 1, containers_max: 1 });
    expect(hour(result, 0, 'wait_us', 'run_us', 'floor_us')).toEqual({ wait_us: 5, run_us: 3, floor_us: 0 });
  });

  it('the buffer counts only while a request is there, and max_containers caps it', () => {
    // Arrives 10, L = 1: desired 1 + 2 = 3 starts, all ready at 15. One serves 15-18; at 18 L = 0, desired 0.
    // The two others are idle since 15 with windows to 19, the first since 18 to 22.
    // starting 3 x 5, busy 3, idle 4 + 4 + 4. With max 2 one of the idle ones is never started.
    const three = run({ buffer: 2, requests: [[10, 3]] });
    expect(hour(three, 0, ...TIMES, 'cold_starts')).toEqual({ ...times(15, 3, 12), cold_starts: 3 });
    const two = run({ buffer: 2, max: 2, requests: [[10, 3]] });
    expect(hour(two, 0, ...TIMES, 'cold_starts')).toEqual({ ...times(10, 3, 8), cold_starts: 2 });
  });

  it('start: empty starts keep_warm containers at 0, before the arrivals of 0', () => {
    // Both begin at 0 and are ready at 5 and 7 (first and second value). The request of 0 finds L = 1 <= 2
    // alive, so no third start: it is served 5-8, cold. Floor: min(2, 2) x 20.
    const empty = run({
      duration: 20,
      start: 'empty',
      keepWarm: [[0, 2]],
      coldStarts: [5, 7],
      requests: [[0, 3]],
    });
    expect(fates(empty)).toEqual(['5-8 cold']);
    expect(hour(empty, 0, ...TIMES)).toEqual(times(12, 3, 25));
    expect(hour(empty, 0, 'cold_starts', 'floor_us')).toEqual({ cold_starts: 2, floor_us: 40 });
    // Warm: idle since 0, no start is counted or paid.
    const warm = run({ duration: 20, keepWarm: [[0, 2]], requests: [[0, 3]] });
    expect(fates(warm)).toEqual(['0-3']);
    expect(hour(warm, 0, ...TIMES, 'cold_starts')).toEqual({ ...times(0, 3, 37), cold_starts: 0 });
  });
});

describe('rule 2, late binding', () => {
  it('a service that ends first takes the request that another container was started for', () => {
    // First: arrives 0, container one ready 5, served 5-7. Second: arrives 1, container two ready 1 + 20 = 21,
    // but one is free at 7: served 7-9, not cold. Two is not cancelled: ready at 21, idle 21-25.
    // One is idle 9-13. starting 5 + 20, busy 2 + 2, idle 4 + 4.
    const result = run({
      coldStarts: [5, 20],
      requests: [
        [0, 2],
        [1, 2],
      ],
    });
    expect(fates(result)).toEqual(['5-7 cold', '7-9']);
    expect(hour(result, 0, ...TIMES, 'cold_requests', 'cold_starts')).toEqual({
      ...times(25, 4, 8),
      cold_requests: 1,
      cold_starts: 2,
    });
  });

  it('a request for a container that became ready for nobody is not cold', () => {
    // Buffer 1: the request of 0 starts two, ready at 5 and 6. The second finds nobody waiting at 6 and is
    // idle when the request of 6 arrives at that instant: served at once and not cold.
    const result = run({
      buffer: 1,
      max: 2,
      coldStarts: [5, 6],
      requests: [
        [0, 9],
        [6, 2],
      ],
    });
    expect(fates(result)).toEqual(['5-14 cold', '6-8']);
  });
});

describe('the order at one instant', () => {
  it('services end before cold starts, and each takes the head of the queue', () => {
    // max 3, cold starts 1, 2, 10. Of the requests of 0 the containers ready at 1 and 2 take the first two,
    // 1-10 and 2-10; the third waits, then those of 3, 4, 5. At 10 both services end and take the third, 10-17,
    // and the fourth, 10-11; then the last container is ready and takes the fifth, the only cold one, 10-12.
    // The sixth gets the container of the fourth at 11.
    const result = run({
      max: 3,
      coldStarts: [1, 2, 10],
      requests: [
        [0, 9],
        [0, 8],
        [0, 7],
        [3, 1],
        [4, 2],
        [5, 1],
      ],
    });
    expect(fates(result)).toEqual(['1-10 cold', '2-10 cold', '10-17', '10-11', '10-12 cold', '11-12']);
  });

  it('services that end together end in the order in which the containers were started', () => {
    // Ready at 1 and 2, busy 1-10 and 2-10. At 10 the first started draws window 1, the other one 20. The
    // request of 10 goes to the one started last, 10-15, so that the first stops at 11; the last draws 4.
    // Idle 1 + 0 + 4. The other way round it would be 20 + 0 + 4.
    const result = run({
      max: 2,
      coldStarts: [1, 2],
      windows: [1, 20, 4],
      requests: [
        [0, 9],
        [0, 8],
        [10, 5],
      ],
    });
    expect(fates(result)).toEqual(['1-10 cold', '2-10 cold', '10-15']);
    expect(hour(result, 0, ...TIMES)).toEqual(times(3, 9 + 8 + 5, 5));
  });

  it('cold starts that end together end in the order in which the containers were started', () => {
    // Started for keep_warm at 0, both ready at 5, where keep_warm falls to 0: the first draws 1, the other 20.
    // The request of 5 takes the one started last, 5-10, then window 4; the first stops at 6. Idle 1 + 0 + 4.
    const result = run({
      start: 'empty',
      windows: [1, 20, 4],
      keepWarm: [
        [0, 2],
        [5, 0],
      ],
      requests: [[5, 5]],
    });
    expect(fates(result)).toEqual(['5-10']);
    expect(hour(result, 0, ...TIMES)).toEqual(times(10, 5, 5));
  });

  it('a request that comes just as a container gets free, or just as one would time out, finds it warm', () => {
    // One container: ready 5, busy 5-7; the request of 7 finds it idle at 7: 7-9. Window 9 + 4 = 13: the
    // request of 13 finds it: 13-14. Window 18: the request of 19 is too late and waits for a start, 24-25.
    const result = run({
      requests: [
        [0, 2],
        [7, 2],
        [13, 1],
        [19, 1],
      ],
    });
    expect(fates(result)).toEqual(['5-7 cold', '7-9', '13-14', '24-25 cold']);
    expect(hour(result, 0, 'cold_starts')).toEqual({ cold_starts: 2 });
  });

  it('a window is drawn also for a container that an arrival of the same instant takes', () => {
    // Windows 50, 1, 3: at 7 the container is idle for no time and takes 50; at 9 it takes 1 and stops at 10.
    // Idle 1 in all. The request of 11 needs a new start, 16-17, after which the third value, 3, is taken.
    const result = run({
      windows: [50, 1, 3],
      requests: [
        [0, 2],
        [7, 2],
        [11, 1],
      ],
    });
    expect(fates(result)).toEqual(['5-7 cold', '7-9', '16-17 cold']);
    expect(hour(result, 0, ...TIMES)).toEqual(times(10, 5, 4));
  });

  it('a request at its very deadline is saved by a container that gets free, not by a change of keep_warm', () => {
    // max 1, deadline 6. The first is cold 5-7. The second, of 1, may start until 7: it does, 7-9.
    // The third, of 2, may start until 8 and aborts, though its container is alive.
    const served = run({
      max: 1,
      startDeadline: 6,
      requests: [
        [0, 2],
        [1, 2],
        [2, 2],
      ],
    });
    expect(fates(served)).toEqual(['5-7 cold', '7-9', 'aborted']);
    // Deadline 3, cold start 5 for the request of 0. At 3 keep_warm becomes 2 and starts one of length 0: the
    // request is gone at 3 before that. Its own start goes on: starting 0-5. Both then idle: 3-30 and 5-30.
    const gone = run({
      duration: 30,
      startDeadline: 3,
      coldStarts: [5, 0],
      windows: [100],
      keepWarm: [
        [0, 0],
        [3, 2],
      ],
      requests: [[0, 1]],
    });
    expect(fates(gone)).toEqual(['aborted']);
    expect(hour(gone, 0, ...TIMES, 'aborted', 'completed', 'images', 'wait_us')).toEqual({
      ...times(5, 0, 27 + 25),
      aborted: 1,
      completed: 0,
      images: 0,
      wait_us: 0,
    });
  });

  it('a cold start of no length is ready after all arrivals of its instant and before a deadline of 0', () => {
    // At 1 the first waits and starts one container. The second finds it still starting, and one waiting:
    // rejected at queue_limit 1. Then the container is ready and takes the first: cold, with a wait of 0.
    const limited = run({
      queueLimit: 1,
      coldStarts: [0],
      requests: [
        [1, 2],
        [1, 2],
      ],
    });
    expect(fates(limited)).toEqual(['1-3 cold', 'rejected']);
    expect(hour(limited, 0, 'requests', 'rejected', 'cold_requests', 'wait_us', 'cold_starts')).toEqual({
      requests: 2,
      rejected: 1,
      cold_requests: 1,
      wait_us: 0,
      cold_starts: 1,
    });
    // Deadline 0, max 1: the first is taken by the container of no length, the second still waits and aborts.
    // The third, of 3, comes as the container gets free and is served.
    const impatient = run({
      max: 1,
      startDeadline: 0,
      coldStarts: [0],
      requests: [
        [1, 2],
        [1, 2],
        [3, 1],
      ],
    });
    expect(fates(impatient)).toEqual(['1-3 cold', 'aborted', '3-4']);
  });

  it('the start made for a request that aborts at once goes on', () => {
    // One warm container, keep_warm 1 until 5, then 0. It serves the request of 4 until 6. At 5 the second
    // request starts another (cold start 3) and aborts. That is ready at 8 and draws a window of 0: it stops at
    // 8. The first is idle 0-4 and, with window 9, 6-15.
    const result = run({
      startDeadline: 0,
      coldStarts: [3],
      windows: [2, 9, 0],
      keepWarm: [
        [0, 1],
        [5, 0],
      ],
      requests: [
        [4, 2],
        [5, 1],
      ],
    });
    expect(fates(result)).toEqual(['4-6', 'aborted']);
    expect(hour(result, 0, ...TIMES)).toEqual(times(3, 2, 4 + 9));
  });
});

describe('rule 3, dispatch', () => {
  // Three warm containers A, B, C with different windows, which tell which of them an arrival took.
  const idleTimes = (dispatch: TwinWorld['dispatch'], dice: number[] = [0]) =>
    run({
      duration: 50,
      dispatch,
      dice,
      windows: [11, 12, 13, 4],
      max: 3,
      keepWarm: [
        [0, 3],
        [10, 0],
      ],
      requests: [[5, 20]],
    });

  it('idle equally long: most-recent takes the one started last, least-recent the one started first', () => {
    // The windows of A, B, C end at 11, 12, 13; keep_warm is 3 until 10, then 0, so that 1 is desired while the
    // one is busy, 5-25, and the two others stop as their windows end. Then window 4, to 29.
    // C busy: idle 11 + 12 + (5 + 4) = 32. B busy: 11 + 13 + 9 = 33. A busy: 12 + 13 + 9 = 34.
    expect(hour(idleTimes('most-recent'), 0, 'idle_us')).toEqual({ idle_us: 32 });
    expect(hour(idleTimes('least-recent'), 0, 'idle_us')).toEqual({ idle_us: 34 });
    // Random: floor(0.5 x 3) = 1 in the order of start: B.
    expect(hour(idleTimes('random', [0.5]), 0, 'idle_us')).toEqual({ idle_us: 33 });
  });

  it('idle for different times: most-recent takes the latest to become idle, least-recent the earliest', () => {
    // A and B warm (windows 100, 100; keep_warm 2 until 30, then 0). At 1 most-recent takes B until 3 (window 31,
    // to 34). At 5 B is the one idle for a shorter time and is taken until 6 (window 32, to 38). A stops at 100.
    // idle A 100, B 1 + 2 + 32 = 35.
    const world: Seconds = {
      duration: 200,
      windows: [100, 100, 31, 32],
      keepWarm: [
        [0, 2],
        [30, 0],
      ],
      requests: [
        [1, 2],
        [5, 1],
      ],
    };
    expect(hour(run(world), 0, 'idle_us')).toEqual({ idle_us: 135 });
    // Least-recent takes A until 3 (window to 34) and at 5 B, idle since 0, until 6 (window to 38).
    // idle A 1 + 31, B 5 + 32: 69.
    expect(hour(run({ ...world, dispatch: 'least-recent' }), 0, 'idle_us')).toEqual({ idle_us: 69 });
  });

  it('random takes one draw for each arrival that finds an idle container, and none for the others', () => {
    // A, B, C warm, max 3. At 5 the first draw 0.9 takes C until 25, the second 0 takes A until 6, the third,
    // with only B idle, takes B until 25; the fourth of 5 waits for A at 6 (no draw) and keeps it until 25.
    // At 30 all are idle since 25, the fourth draw, 0.4, takes number floor(1.2) = 1: B, until 40.
    // Idle spells in order: A, B, C at 0 (values 100 each), then at 25 A, B, C: 6, 7, 8, and B at 40: 5.
    // keep_warm 0 from 10: A stops at 31, C at 33, B at 45. Idle: 5 x 3 + 6 + 8 + (5 + 5) = 39.
    const result = run({
      dispatch: 'random',
      dice: [0.9, 0, 0.99, 0.4],
      windows: [100, 100, 100, 6, 7, 8, 5],
      max: 3,
      keepWarm: [
        [0, 3],
        [10, 0],
      ],
      requests: [
        [5, 20],
        [5, 1],
        [5, 20],
        [5, 19],
        [30, 10],
      ],
    });
    expect(fates(result)).toEqual(['5-25', '5-6', '5-25', '6-25', '30-40']);
    expect(hour(result, 0, ...TIMES)).toEqual(times(0, 20 + 1 + 20 + 19 + 10, 39));
  });
});

describe('rule 4, stops', () => {
  it('an overdue container stays while it is wanted, serves, and stops when it is not, first ended first', () => {
    // A, B, C warm with windows 7, 3, 5; keep_warm 3 until 20, then 1 until 40, then 0.
    // At 20 all are overdue: B (ended 3) and C (ended 5) stop, A stays and stops at 40 exactly.
    // idle 40 + 20 + 20. Floor: 3 x 20 + 1 x 20.
    const world: Seconds = {
      windows: [7, 3, 5],
      keepWarm: [
        [0, 3],
        [20, 1],
        [40, 0],
      ],
      requests: [],
    };
    const result = run(world);
    expect(hour(result, 0, 'idle_us', 'floor_us', 'containers_max')).toEqual({
      idle_us: 80,
      floor_us: 80,
      containers_max: 3,
    });
    // A, alone and long overdue, serves the request of 30 until 32; a new window, the fourth value 100, runs
    // from then: at 40 A is not overdue. It is idle to the end, 100.
    const serves = run({ ...world, windows: [7, 3, 5, 100], requests: [[30, 2]] });
    expect(fates(serves)).toEqual(['30-32']);
    expect(hour(serves, 0, 'idle_us', 'busy_us')).toEqual({ idle_us: 20 + 20 + 98, busy_us: 2 });
  });

  it('the window that ended first goes first; of those that ended together, the container started first', () => {
    // A, B, C warm; keep_warm 3 until 20, then 2 until 40, then 0; least-recent. A serves the request of 2 until
    // 4 and draws 6: its window ends at 10. C's is 100.
    const idleTime = (windowOfB: number) =>
      run({
        dispatch: 'least-recent',
        windows: [99, windowOfB, 100, 6, 3],
        keepWarm: [
          [0, 3],
          [20, 2],
          [40, 0],
        ],
        requests: [
          [2, 2],
          [30, 2],
        ],
      }).hours[0]!.idle_us / SECOND;
    // B's window ends at 10, too: at 20 A stops, idle 2 + 16 = 18. At 30 B and C are both idle since 0: B serves
    // until 32, draws 3, is overdue at 35 and stops at 40: idle 30 + 8 = 38. C is idle to the end, 100.
    expect(idleTime(10)).toBe(18 + 38 + 100);
    // B's window ends at 9: at 20 B stops, idle 20. At 30 C, since 0, is idle longer than A, since 4: C serves
    // until 32 and is overdue at 35. At 40 both stop: A 2 + 36 = 38, C 30 + 8 = 38.
    expect(idleTime(9)).toBe(20 + 38 + 38);
  });

  it('an overdue container kept by the buffer stops when the last request has left', () => {
    // Two starts of no length at 0: one serves 0-20, the other is idle and overdue at 5, but 1 + 1 = 2 are
    // desired until 20. Then it stops at once, and the first one at 20 + 5.
    const result = run({ buffer: 1, coldStarts: [0], windows: [5], requests: [[0, 20]] });
    expect(hour(result, 0, ...TIMES)).toEqual(times(0, 20, 20 + 5));
  });
});

describe('rule 5, the daily table', () => {
  it('before the first entry the last one holds, and each change starts or stops', () => {
    // Day of 10; from 4 one, from 8 two; two runs of the day. At 0 the value is 2: A, B warm, overdue at 1.
    // 4: A stops. 8: C starts, ready 9, overdue 10. 14: B stops, its window ended before C's. 18: D starts, ready
    // 19. Idle A 4, B 14, C 9-20 = 11, D 1. Alive is keep_warm all the time: 2x4 + 1x4 + 2x6 + 1x4 + 2x2 = 32.
    const result = run({
      duration: 20,
      day: 10,
      keepWarm: [
        [4, 1],
        [8, 2],
      ],
      coldStarts: [1],
      windows: [1],
      requests: [],
    });
    expect(hour(result, 0, ...TIMES)).toEqual(times(2, 0, 30));
    expect(hour(result, 0, 'floor_us', 'cold_starts', 'containers_max')).toEqual({
      floor_us: 32,
      cold_starts: 2,
      containers_max: 2,
    });
  });

  it('floor counts what is alive of keep_warm, not more', () => {
    // keep_warm 1 until 10, then 0: A alive 0-14 (busy 4-10, window 4). At 5 B starts, ready 10, takes nobody:
    // A ends at 10 and takes the request first, 10-11, so A's window is 11-15; B's, drawn before, 10-14.
    // Alive A 15, B 9. Floor min(alive, 1) until 10: 10.
    const result = run({
      keepWarm: [
        [0, 1],
        [10, 0],
      ],
      requests: [
        [4, 6],
        [5, 1],
      ],
    });
    expect(fates(result)).toEqual(['4-10', '10-11']);
    expect(hour(result, 0, ...TIMES)).toEqual(times(5, 7, 4 + 4 + 4));
    expect(hour(result, 0, 'floor_us', 'containers_max')).toEqual({ floor_us: 10, containers_max: 2 });
  });
});

describe('rule 6, start: cycle', () => {
  it('what begins before 0 carries on and is not reported, but its time after 0 is', () => {
    // max 1, cold start 7: the request of -5 starts it, ready at 2, served 2-5; that of -1 5-9; that of 2 9-10.
    // Then idle to 14. Within 0-20: starting 2, busy 8, idle 4, and no start. Waiting at 4 and 8: the third.
    const world: Seconds = {
      begin: -20,
      duration: 20,
      max: 1,
      coldStarts: [7],
      requests: [
        [-5, 3],
        [-1, 4],
        [2, 1],
      ],
    };
    const result = run(world);
    expect(fates(result)).toEqual(['2-5 cold', '5-9', '9-10']);
    expect(hour(result, 0, ...TIMES)).toEqual(times(2, 8, 4));
    expect(hour(result, 0, 'requests', 'cold_requests', 'cold_starts', 'wait_us', 'run_us')).toEqual({
      requests: 1,
      cold_requests: 0,
      cold_starts: 0,
      wait_us: 7,
      run_us: 1,
    });
    expect(run({ ...world, hour: 4 }).backlog).toEqual([1, 1, 0, 0, 0]);
  });

  it('the table goes by the time of day also before 0', () => {
    // Day and duration 20; 1 until 5, then 0. A is warm at -20, window 4: overdue at -16, stops at -15. At 0 the
    // value is 1 again: B starts, ready at 3, window to 7, which is after 5: it stops at 7.
    const result = run({
      begin: -20,
      duration: 20,
      day: 20,
      coldStarts: [3],
      keepWarm: [
        [0, 1],
        [5, 0],
      ],
      requests: [],
    });
    expect(hour(result, 0, ...TIMES, 'cold_starts')).toEqual({ ...times(3, 0, 4), cold_starts: 1 });
  });
});

describe('rule 7, limits', () => {
  it('queue_limit counts those for whom a container is starting, and 0 lets nobody wait', () => {
    // The first waits for its start, ready 5; the second finds one waiting and starts nothing; that of 5 comes
    // as the first leaves the queue at that instant, and waits till 6 for its container.
    const one = run({
      queueLimit: 1,
      requests: [
        [0, 1],
        [1, 1],
        [5, 1],
      ],
    });
    expect(fates(one)).toEqual(['5-6 cold', 'rejected', '6-7']);
    expect(hour(one, 0, 'cold_starts')).toEqual({ cold_starts: 2 });
    // One warm container: busy 0-5, so that the request of 1 is rejected and that of 5 is not.
    const zero = run({
      queueLimit: 0,
      keepWarm: [[0, 1]],
      requests: [
        [0, 5],
        [1, 1],
        [5, 1],
      ],
    });
    expect(fates(zero)).toEqual(['0-5', 'rejected', '5-6']);
    expect(hour(zero, 0, 'cold_starts')).toEqual({ cold_starts: 0 });
  });
});

describe('rule 8, background', () => {
  it('the requests of others stand in the same queue; their time is counted and they are not', () => {
    // One container: ours 0-3, theirs 3-5, ours 5-6. Of those waiting at 2 (two) and 4 (one) only one is ours.
    const result = run({
      duration: 8,
      max: 1,
      keepWarm: [[0, 1]],
      requests: [
        [0, 3],
        [0, 2, 'theirs'],
        [1, 1],
      ],
    });
    expect(fates(result)).toEqual(['0-3', '3-5', '5-6']);
    expect(hour(result, 0, 'requests', 'completed', 'images', 'wait_us', 'run_us', 'busy_us')).toEqual({
      requests: 2,
      completed: 2,
      images: 2,
      wait_us: 4,
      run_us: 4,
      busy_us: 6,
    });
  });
});

describe('hours and the end', () => {
  it('requests count where they arrive, starts where they begin, time where it passes', () => {
    // 25 s in hours of 10, 10 and 5. First: arrives 8, ready 13, served 13-19, idle 19-23. Second: arrives 24,
    // ready 29, served 29-38, all of it after the end.
    const result = run({
      duration: 25,
      hour: 10,
      requests: [
        [8, 6],
        [24, 9],
      ],
    });
    const names = ['requests', 'cold_starts', 'wait_us', 'run_us', 'containers_max'] as const;
    const row = (requests: number, starts: number, wait: number, work: number, most: number) => ({
      requests,
      cold_starts: starts,
      wait_us: wait,
      run_us: work,
      containers_max: most,
    });
    expect(result.hours.map((_, h) => hour(result, h, ...names))).toEqual([
      row(1, 1, 5, 6, 1),
      row(0, 0, 0, 0, 1),
      row(1, 1, 5, 9, 1),
    ]);
    expect(result.hours.map((_, h) => hour(result, h, ...TIMES))).toEqual([
      times(2, 0, 0), // 8-10
      times(3, 6, 1), // 10-13, 13-19, 19-20
      times(1, 0, 3), // 24-25, 20-23
    ]);
    expect(result.after_end_busy_us).toBe(9 * SECOND);
    expect(result.backlog).toEqual([1, 0, 1]);
  });

  it('what happens at exactly an hour belongs to the hour that begins', () => {
    // One container at most. First 4-10 (start of no length at 4). The second, of 6, starts at 10 and so still
    // waits at the end of hour 0; the two of 10 do not yet. They are served 13-15 and 15-16; then the container
    // is idle to 20, where it stops: none is alive in hour 2.
    const result = run({
      duration: 30,
      hour: 10,
      max: 1,
      coldStarts: [0],
      requests: [
        [4, 6],
        [6, 3],
        [10, 2],
        [10, 1],
      ],
    });
    expect(fates(result)).toEqual(['4-10 cold', '10-13', '13-15', '15-16']);
    expect(result.backlog).toEqual([1, 0, 0]);
    expect(result.hours.map((row) => row.requests)).toEqual([2, 2, 0]);
    expect(result.hours.map((row) => row.containers_max)).toEqual([1, 1, 0]);
    expect(result.hours.map((row) => row.wait_us / SECOND)).toEqual([4, 3 + 5, 0]);
  });

  it('keep_warm goes on changing after the end until the last request has left', () => {
    // The request of 9 starts a container that takes until 29. At 12, after the end at 10, keep_warm 2 starts a
    // second one, ready at 13, which takes it: 13-14. That start is in no hour; of the first 1 s is.
    const result = run({
      duration: 10,
      coldStarts: [20, 1],
      keepWarm: [
        [0, 0],
        [12, 2],
      ],
      requests: [[9, 1]],
    });
    expect(fates(result)).toEqual(['13-14 cold']);
    expect(hour(result, 0, ...TIMES, 'cold_starts')).toEqual({ ...times(1, 0, 0), cold_starts: 1 });
    expect(result.after_end_busy_us).toBe(SECOND);
    expect(result.backlog).toEqual([1]);
  });
});

describe('scaling by the count of requests', () => {
  it('one container for every `value` requests or part of it', () => {
    // The first of 0 starts one; with the fourth L = 4 > 3 a second. Both are ready at 5 and take two each. Idle
    // 9-13 both.
    const result = run({
      requestCount: 3,
      requests: [
        [0, 2],
        [0, 2],
        [0, 2],
        [0, 2],
      ],
    });
    expect(fates(result)).toEqual(['5-7 cold', '5-7 cold', '7-9', '7-9']);
    expect(hour(result, 0, ...TIMES, 'cold_starts')).toEqual({ ...times(10, 8, 8), cold_starts: 2 });
  });

  it('an idle container is not wanted beyond keep_warm, and stops when its window ends', () => {
    // A, B, C warm, keep_warm 0 from 1; windows 5. From 2 C serves until 30, B until 20, A until 3: A stops at 8, B at
    // 25, C at 35. With a buffer of 1 A stays until L is 1, at 20, and B until 30 (max 3: no fourth is started).
    const world: Seconds = {
      max: 3,
      windows: [5],
      keepWarm: [
        [0, 3],
        [1, 0],
      ],
      requests: [
        [2, 28],
        [2, 18],
        [2, 1],
      ],
    };
    expect(hour(run({ ...world, requestCount: 1 }), 0, 'idle_us')).toEqual({ idle_us: 2 * 3 + 5 * 3 });
    expect(hour(run({ ...world, requestCount: 2 }), 0, 'idle_us')).toEqual({ idle_us: 2 * 3 + 5 * 3 });
    expect(hour(run({ ...world, buffer: 1 }), 0, 'idle_us')).toEqual({ idle_us: 2 * 3 + 17 + 10 + 5 });
  });
});

describe('scaling by the delay of the queue', () => {
  it('a pool without workers starts one at once, and each check that finds a late request one more', () => {
    // Value 4, checks at 3, 6, 9, ... At 0 one starts, ready at 10. At 3 the first has waited 3; at 6 and 9 longer
    // than 4: two starts, ready at 16 and 19. max 3. The second, of 2, is taken at 16. The worker of 19 finds
    // nobody: idle to 23, as the second one; the first one 40-44.
    const result = run({
      max: 3,
      queueDelay: { value: 4, period: 3 },
      coldStarts: [10],
      requests: [
        [0, 30],
        [2, 3],
      ],
    });
    expect(fates(result)).toEqual(['10-40 cold', '16-19 cold']);
    expect(hour(result, 0, ...TIMES, 'cold_starts')).toEqual({ ...times(30, 33, 12), cold_starts: 3 });
  });

  it('late is strictly longer than the value', () => {
    // Ready at 10, checks at 4 and 8. At 4 it has waited exactly 4.
    const starts = (value: number) =>
      run({ queueDelay: { value, period: 4 }, coldStarts: [10], requests: [[0, 2]] }).hours[0]!.cold_starts;
    expect(starts(4)).toBe(2);
    expect(starts(3)).toBe(3);
    expect(starts(8)).toBe(1);
  });

  it('an arrival that must wait starts none while a worker is alive', () => {
    // One warm worker, busy 0-5; the request of 1 waits for it, shorter than 9.
    const result = run({
      keepWarm: [[0, 1]],
      queueDelay: { value: 9, period: 1 },
      requests: [
        [0, 5],
        [1, 2],
      ],
    });
    expect(fates(result)).toEqual(['0-5', '5-7']);
    expect(hour(result, 0, 'cold_starts')).toEqual({ cold_starts: 0 });
  });

  it('the head of the queue counts, not those behind it', () => {
    // One warm worker, max 2: 0-5, then the second, of 1. Value 3, period 7: at 7 the head is the third, of 6, and
    // has waited 1. At 14 it has waited 8: a start, ready at 19, takes it.
    const result = run({
      max: 2,
      keepWarm: [[0, 1]],
      queueDelay: { value: 3, period: 7 },
      requests: [
        [0, 5],
        [1, 60],
        [6, 2],
      ],
    });
    expect(fates(result)).toEqual(['0-5', '5-65', '19-21 cold']);
  });

  it('services and cold starts that end, and deadlines, come before the check of their instant', () => {
    // The worker is ready at 6 and takes the request before the check of 6.
    const ready = run({ coldStarts: [6], queueDelay: { value: 4, period: 6 }, requests: [[0, 2]] });
    expect(hour(ready, 0, 'cold_starts')).toEqual({ cold_starts: 1 });
    // One warm worker is free at 6.
    const free = run({
      keepWarm: [[0, 1]],
      queueDelay: { value: 4, period: 6 },
      requests: [
        [0, 6],
        [1, 2],
      ],
    });
    expect(fates(free)).toEqual(['0-6', '6-8']);
    expect(hour(free, 0, 'cold_starts')).toEqual({ cold_starts: 0 });
    // The request leaves at 6; the start that was made for it goes on, 0-10, idle to 14.
    for (const limit of [{ startDeadline: 6 }, { deadline: 6 }]) {
      const gone = run({
        ...limit,
        coldStarts: [10],
        queueDelay: { value: 4, period: 6 },
        requests: [[0, 2]],
      });
      expect(fates(gone)).toEqual(['aborted']);
      expect(hour(gone, 0, ...TIMES, 'cold_starts')).toEqual({ ...times(10, 0, 4), cold_starts: 1 });
    }
  });

  it('a change of keep_warm starts what it wants before the check of its instant, which starts one more', () => {
    // At 6 keep_warm becomes 2, and the second request has waited 5 > 4: two starts, ready at 11. (The other way
    // round the check's start would be what keep_warm wants.) Then 5 + 5 s of starting.
    const result = run({
      keepWarm: [
        [0, 1],
        [6, 2],
      ],
      queueDelay: { value: 4, period: 6 },
      requests: [
        [0, 20],
        [1, 2],
      ],
    });
    expect(fates(result)).toEqual(['0-20', '11-13 cold']);
    expect(hour(result, 0, 'cold_starts', 'starting_us')).toEqual({ cold_starts: 2, starting_us: 10 });
  });

  it('a start of no length made by a check is ready after the arrivals of its instant', () => {
    // The request of 1 starts one that takes 20. The check of 6 starts one of no length; the request of 6 still
    // finds one waiting: rejected at queue_limit 1.
    const result = run({
      queueLimit: 1,
      coldStarts: [20, 0],
      queueDelay: { value: 4, period: 6 },
      requests: [
        [1, 2],
        [6, 1],
      ],
    });
    expect(fates(result)).toEqual(['6-8 cold', 'rejected']);
  });

  it('an overdue worker stops while alive > keep_warm, whoever is in service', () => {
    // A, B warm, keep_warm 0 from 10, windows to 12. B serves 5-25. A stops at 12; with a buffer of 1 it would stay
    // until 25. B idle 0-5 and 25-29.
    const world: Seconds = {
      windows: [12, 12, 4],
      keepWarm: [
        [0, 2],
        [10, 0],
      ],
      requests: [[5, 20]],
    };
    const byDelay = run({ ...world, queueDelay: { value: 1, period: 1 } });
    expect(hour(byDelay, 0, 'idle_us')).toEqual({ idle_us: 12 + 5 + 4 });
    expect(hour(run({ ...world, buffer: 1 }), 0, 'idle_us')).toEqual({ idle_us: 25 + 5 + 4 });
  });

  it('checks go on after the end until the last request has left', () => {
    // Checks at 6, 12: at 12, after the end at 10, the request has waited longer than 8; ready at 13.
    const result = run({
      duration: 10,
      coldStarts: [50, 1],
      queueDelay: { value: 8, period: 6 },
      requests: [[0, 1]],
    });
    expect(fates(result)).toEqual(['13-14 cold']);
    expect(result.after_end_busy_us).toBe(SECOND);
  });

  it('each pass of cycle has checks of its own, counted from its begin', () => {
    // Checks at -14, -8, -2 and then 6, 12, 18, 24. The request of -5 starts one, ready at 25, and the checks after
    // it one each. Before 20: the two of before 0 start all the time, those of 6, 12, 18 for 14, 8, 2.
    const result = run({
      begin: -20,
      duration: 20,
      coldStarts: [30],
      queueDelay: { value: 1, period: 6 },
      requests: [[-5, 1]],
    });
    expect(fates(result)).toEqual(['25-26 cold']);
    expect(hour(result, 0, 'cold_starts', 'starting_us')).toEqual({
      cold_starts: 3,
      starting_us: 20 + 20 + 14 + 8 + 2,
    });
    expect(result.hours[0]!.containers_max).toBe(5);
  });

  it('the begin of the second pass is no check, though it is a whole multiple of the first one', () => {
    // Checks at -16, -12, -8, -4; 4, 8. The request of -3 starts one, ready at 7; that of 4 a second one.
    const result = run({
      begin: -20,
      duration: 20,
      coldStarts: [10],
      queueDelay: { value: 1, period: 4 },
      requests: [[-3, 1]],
    });
    expect(fates(result)).toEqual(['7-8 cold']);
    expect(hour(result, 0, 'cold_starts')).toEqual({ cold_starts: 1 });
  });
});

describe('timeout', () => {
  it('a service as long as the timeout is completed, a longer one is cut and failed', () => {
    // One container: 0-5 completed; 10-15 and 15-20 cut, the second after a wait of 3; 20-21 after a wait of 7.
    const result = run({
      max: 1,
      keepWarm: [[0, 1]],
      timeout: 5,
      requests: [
        [0, 5],
        [10, 6],
        [12, 99],
        [13, 1],
      ],
    });
    expect(fates(result)).toEqual(['0-5', '10-15 failed', '15-20 failed', '20-21']);
    expect(hour(result, 0, 'requests', 'completed', 'failed', 'images')).toEqual({
      requests: 4,
      completed: 2,
      failed: 2,
      images: 2,
    });
    expect(hour(result, 0, 'latency_us', 'wait_us', 'run_us', 'cut_us', 'busy_us')).toEqual({
      latency_us: 5 + 8,
      wait_us: 3 + 7,
      run_us: 6,
      cut_us: 10,
      busy_us: 16,
    });
  });

  it('a failed request can be a cold one', () => {
    const result = run({ timeout: 2, requests: [[0, 3]] });
    expect(fates(result)).toEqual(['5-7 cold failed']);
    expect(hour(result, 0, 'cold_requests', 'wait_us', 'run_us', 'images')).toEqual({
      cold_requests: 1,
      wait_us: 5,
      run_us: 0,
      images: 0,
    });
  });
});

describe('deadline', () => {
  it('a service that ends at the deadline is completed, one that would end later is cut there', () => {
    // Deadline 6. The first ends at its deadline. The second, of 1, has 1 s left at 6; the third, of 2, 1 s at 7;
    // the fourth, of 3, ends at 9 as it should. The fifth is cut at 15 = 9 + 6.
    const result = run({
      max: 1,
      keepWarm: [[0, 1]],
      deadline: 6,
      requests: [
        [0, 6],
        [1, 3],
        [2, 3],
        [3, 1],
        [9, 7],
      ],
    });
    expect(fates(result)).toEqual(['0-6', '6-7 canceled', '7-8 canceled', '8-9', '9-15 canceled']);
    expect(hour(result, 0, 'completed', 'canceled', 'images', 'latency_us', 'wait_us', 'cut_us')).toEqual({
      completed: 2,
      canceled: 3,
      images: 2,
      latency_us: 6 + 6,
      wait_us: 5 + 5 + 5,
      cut_us: 1 + 1 + 6,
    });
  });

  it('a container that gets free at the very deadline takes the request, for a microsecond', () => {
    // All three of 0 have their deadline at 6. The second is taken then; the third finds nobody, and aborts. A
    // container that becomes ready at 6 does the same.
    const free = run({
      max: 1,
      keepWarm: [[0, 1]],
      deadline: 6,
      requests: [
        [0, 6],
        [0, 2],
        [0, 2],
      ],
    });
    expect(fates(free)).toEqual(['0-6', '6-6.000001 canceled', 'aborted']);
    const ready = run({ coldStarts: [6], deadline: 6, requests: [[0, 2]] });
    expect(fates(ready)).toEqual(['6-6.000001 cold canceled']);
    expect(fates(run({ coldStarts: [7], deadline: 6, requests: [[0, 2]] }))).toEqual(['aborted']);
  });

  it('who waits leaves at the start deadline or the deadline, whichever comes first', () => {
    // The container is ready at 5; the request could be served 5-7.
    const fate = (limits: Partial<Seconds>) => fates(run({ ...limits, requests: [[0, 2]] }))[0];
    expect(fate({ startDeadline: 4, deadline: 9 })).toBe('aborted');
    expect(fate({ startDeadline: 9, deadline: 4 })).toBe('aborted');
    expect(fate({ startDeadline: 5, deadline: 9 })).toBe('5-7 cold');
    expect(fate({ startDeadline: 5, deadline: 6 })).toBe('5-6 cold canceled');
  });

  it('of timeout and deadline the one that leaves less time counts; if both leave as much, it is failed', () => {
    const fate = (timeout: number, deadline: number) =>
      fates(run({ keepWarm: [[0, 1]], timeout, deadline, requests: [[0, 9]] }))[0];
    expect(fate(4, 5)).toBe('0-4 failed');
    expect(fate(6, 5)).toBe('0-5 canceled');
    expect(fate(5, 5)).toBe('0-5 failed');
    // After a wait of 5 the deadline of 8 leaves 3.
    const later = (timeout: number) => fates(run({ timeout, deadline: 8, requests: [[0, 9]] }))[0];
    expect(later(3)).toBe('5-8 cold failed');
    expect(later(4)).toBe('5-8 cold canceled');
  });

  it('holds for other tenants too: the pool has the time, and their fate is not reported', () => {
    const result = run({
      max: 1,
      keepWarm: [[0, 1]],
      timeout: 5,
      requests: [
        [0, 9, 'theirs'],
        [1, 2],
      ],
    });
    expect(fates(result)).toEqual(['0-5 failed', '5-7']);
    expect(hour(result, 0, 'requests', 'failed', 'cut_us', 'busy_us')).toEqual({
      requests: 1,
      failed: 0,
      cut_us: 0,
      busy_us: 7,
    });
  });
});

describe('the creation limit', () => {
  // Three warm containers; windows [0, 10), [10, 20), ... with one entry each.
  const world: Seconds = {
    duration: 30,
    max: 3,
    keepWarm: [[0, 3]],
    creations: { limit: 1, period: 10, retries: true },
    requests: [
      [1, 3],
      [2, 3],
      [10, 3],
    ],
  };

  it('retry: those held back enter as the next window begins, before the arrivals of that instant', () => {
    // The second is held back from 2 to 10 and uses up the window, so that the third, of 10, is held back to 20.
    const result = run({ ...world, hour: 5 });
    expect(fates(result)).toEqual(['1-4', '10-13', '20-23']);
    expect(result.hours.map((row) => row.wait_us / SECOND)).toEqual([8, 0, 10, 0, 0, 0]);
    expect(result.hours.map((row) => row.latency_us / SECOND)).toEqual([3 + 11, 0, 13, 0, 0, 0]);
    // Those held back wait. At 10 that is the second only: the third comes at 10 itself.
    expect(result.backlog).toEqual([1, 1, 1, 1, 0, 0]);
  });

  it('reject: an arrival in a window that is used up is turned away, and nobody is held back', () => {
    const result = run({ ...world, creations: { limit: 1, period: 10, retries: false } });
    expect(fates(result)).toEqual(['1-4', 'rejected', '10-13']);
    expect(hour(result, 0, 'requests', 'completed', 'rejected')).toEqual({
      requests: 3,
      completed: 2,
      rejected: 1,
    });
    expect(result.backlog).toEqual([0]);
  });

  it('other tenants neither count nor are held back', () => {
    const result = run({
      ...world,
      requests: [
        [1, 3, 'theirs'],
        [2, 3],
        [3, 3],
        [3, 3, 'theirs'],
      ],
    });
    expect(fates(result)).toEqual(['1-4', '2-5', '10-13', '3-6']);
  });

  it('who arrives while others are held back is held back behind them, as many enter a window as may', () => {
    // Limit 2: of the five of 1 two enter at 1, two at 10. The fifth and, of 11, the sixth at 20; of 20 nobody.
    const result = run({
      ...world,
      duration: 50,
      creations: { limit: 2, period: 10, retries: true },
      requests: [
        [1, 1],
        [1, 1],
        [1, 1],
        [1, 1],
        [1, 1],
        [11, 1],
        [20, 1],
      ],
    });
    expect(fates(result)).toEqual(['1-2', '1-2', '10-11', '10-11', '20-21', '20-21', '30-31']);
  });

  it('a window with room left takes arrivals after those that were held back', () => {
    const result = run({
      ...world,
      creations: { limit: 2, period: 10, retries: true },
      requests: [
        [1, 1],
        [1, 1],
        [5, 1],
        [10, 1],
        [11, 1],
      ],
    });
    expect(fates(result)).toEqual(['1-2', '1-2', '10-11', '10-11', '20-21']);
  });

  it('entering is like arriving: it may start containers, and the pool does not see those held back', () => {
    // Cold start 5, window 4. The first: start at 1, served 6-9, idle to 13. The second finds it idle at 10: 10-13,
    // then to 17. The third enters at 20 and starts one: 25-28.
    const result = run({ ...world, keepWarm: [[0, 0]] });
    expect(fates(result)).toEqual(['6-9 cold', '10-13', '25-28 cold']);
    expect(hour(result, 0, 'cold_starts')).toEqual({ cold_starts: 2 });
  });

  it('who enters may meet the limit of the queue, and has used up its window all the same', () => {
    // One container, busy 0-15, nobody may wait: the second, held back from 1 to 10, is rejected then. The third is
    // held back until 20.
    const result = run({
      ...world,
      hour: 10,
      max: 1,
      keepWarm: [[0, 1]],
      queueLimit: 0,
      requests: [
        [0, 15],
        [1, 2],
        [2, 1],
      ],
    });
    expect(fates(result)).toEqual(['0-15', 'rejected', '20-21']);
    expect(result.backlog).toEqual([2, 1, 0]);
  });

  it('deadlines count from the entry, the wait from the arrival', () => {
    // The second enters at 10 and is cut at 10 + 5. With one container, busy until 14, it may wait until 13 only.
    const cut = run({ ...world, deadline: 5, requests: world.requests.slice(0, 1).concat([[2, 9]]) });
    expect(fates(cut)).toEqual(['1-4', '10-15 canceled']);
    expect(hour(cut, 0, 'wait_us', 'cut_us')).toEqual({ wait_us: 8, cut_us: 5 });
    const busyUntil = (end: number) =>
      fates(
        run({
          ...world,
          max: 1,
          keepWarm: [[0, 1]],
          startDeadline: 3,
          requests: [
            [1, end - 1],
            [2, 1],
          ],
        }),
      )[1];
    expect(busyUntil(13)).toBe('13-14');
    expect(busyUntil(14)).toBe('aborted');
  });

  it('the delay of the queue counts from the entry', () => {
    // One worker, busy 0-18, value 4, checks at 6, 12, 18: the second enters at 10, has waited 2 at 12 and is taken
    // at 18.
    const result = run({
      ...world,
      keepWarm: [[0, 1]],
      queueDelay: { value: 4, period: 6 },
      requests: [
        [0, 18],
        [1, 2],
      ],
    });
    expect(fates(result)).toEqual(['0-18', '18-20']);
    expect(hour(result, 0, 'cold_starts')).toEqual({ cold_starts: 0 });
  });

  it('check, entry and arrival at one instant come in this order', () => {
    // At 10 the worker is busy and nobody waits: the check does nothing. The second enters, then comes the one of
    // another tenant. Both wait, in this order, for the worker that is free at 14.
    const result = run({
      ...world,
      max: 1,
      keepWarm: [[0, 1]],
      queueDelay: { value: 0, period: 10 },
      requests: [
        [0, 14],
        [3, 1],
        [10, 1, 'theirs'],
      ],
    });
    expect(fates(result)).toEqual(['0-14', '14-15', '15-16']);
  });

  it('those held back at the end enter later', () => {
    const result = run({ ...world, duration: 5, requests: world.requests.slice(0, 2) });
    expect(fates(result)).toEqual(['1-4', '10-13']);
    expect(result.after_end_busy_us).toBe(3 * SECOND);
    expect(result.backlog).toEqual([1]);
  });

  it('windows are those of the clock, also before 0', () => {
    // Windows [-24, -16), [-16, -8), [-8, 0), [0, 8): the third enters with no wait, the fourth at 0, so that the
    // one of 0 is held back until 8.
    const result = run({
      ...world,
      begin: -20,
      duration: 20,
      creations: { limit: 1, period: 8, retries: true },
      requests: [
        [-20, 1],
        [-19, 1],
        [-7, 1],
        [-5, 1],
        [0, 1],
      ],
    });
    expect(fates(result)).toEqual(['-20--19', '-16--15', '-7--6', '0-1', '8-9']);
    expect(hour(result, 0, 'requests', 'wait_us')).toEqual({ requests: 1, wait_us: 8 });
  });
});

describe('rounding of lives', () => {
  const rounded = (world: Seconds) => run(world).hours.map((row) => row.rounding_us / SECOND);

  it('what is missing of a whole multiple is booked when a container stops', () => {
    // Started 10, stops 22: 12 s are three times 4, and 3 less than three times 5.
    expect(rounded({ rounding: 4, requests: [[10, 3]] })).toEqual([0]);
    expect(rounded({ rounding: 5, requests: [[10, 3]] })).toEqual([3]);
    expect(rounded({ rounding: 60, requests: [[10, 3]] })).toEqual([48]);
    expect(rounded({ requests: [[10, 3]] })).toEqual([0]);
  });

  it('it belongs to the hour in which the container stops; one warm at the begin lives from there', () => {
    // Stops at 10, the begin of hour 1, after 10 s.
    const keepWarm: Seconds['keepWarm'] = [
      [0, 1],
      [10, 0],
    ];
    expect(rounded({ duration: 30, hour: 10, keepWarm, rounding: 4, requests: [] })).toEqual([0, 2, 0]);
  });

  it('who is alive at the end, or stops then or later, is not rounded', () => {
    // Started 0, stops at 12.
    const until = (duration: number) => rounded({ duration, rounding: 5, requests: [[0, 3]] });
    expect(until(13)).toEqual([3]);
    expect(until(12)).toEqual([0]);
    expect(until(11)).toEqual([0]);
  });

  it('stops before 0 are not booked; a life that began before 0 counts whole', () => {
    // Day 20: 1 until 15, then 0. A, warm at -20, stops at -5. B starts at 0, stops at 15: 1 less than 16.
    const daily: Seconds = {
      begin: -20,
      duration: 20,
      day: 20,
      rounding: 4,
      keepWarm: [
        [0, 1],
        [15, 0],
      ],
      requests: [],
    };
    expect(rounded(daily)).toEqual([1]);
    // Day 40: 1 from -20 to 5. A lives 25 s.
    const longer: Seconds['keepWarm'] = [
      [0, 1],
      [5, 0],
      [20, 1],
    ];
    expect(rounded({ ...daily, day: 40, keepWarm: longer })).toEqual([3]);
  });
});

describe('adapters', () => {
  const ours = (arrival: number, service: number, adapter: number): Row => [
    arrival,
    service,
    'ours',
    adapter,
  ];

  it('a container loads what it does not hold; the least recently used of its adapters leaves', () => {
    // Loads 1, 2, 3, 4; two are held. 0: load 1; 1: load 2; 0 is held, and the later used one now; 2: load 3, 1
    // leaves; 0 is held; 1: load 4. Who needs none loads none.
    const world: Seconds = {
      keepWarm: [[0, 1]],
      adapters: { cache: 2, affinity: false, loads: [1, 2, 3, 4] },
      requests: [
        ours(0, 2, 0),
        ours(10, 2, 1),
        ours(20, 2, 0),
        ours(30, 2, 2),
        ours(40, 2, 0),
        ours(50, 2, 1),
        ours(60, 2, -1),
      ],
    };
    const result = run(world);
    expect(fates(result)).toEqual(['0-3', '10-14', '20-22', '30-35', '40-42', '50-56', '60-62']);
    expect(hour(result, 0, 'adapter_loads', 'run_us', 'busy_us')).toEqual({
      adapter_loads: 4,
      run_us: 14 + 10,
      busy_us: 24,
    });
    // A request without an adapter in between does not change what was used last.
    const one = run({
      ...world,
      adapters: { cache: 1, affinity: false, loads: [1] },
      requests: [ours(0, 2, 5), ours(10, 2, -1), ours(20, 2, 5), ours(30, 2, 6), ours(40, 2, 5)],
    });
    expect(fates(one)).toEqual(['0-3', '10-12', '20-22', '30-33', '40-43']);
  });

  it('without adapters in the policy the adapter of a request is ignored', () => {
    const result = run({ keepWarm: [[0, 1]], requests: [ours(0, 2, 0), ours(10, 2, 1)] });
    expect(fates(result)).toEqual(['0-2', '10-12']);
    expect(hour(result, 0, 'adapter_loads')).toEqual({ adapter_loads: 0 });
  });

  it('a new container holds none', () => {
    // The first container stops at 1 + 5 + 2 + 1 + 4; the request of 30 needs another one, which must load.
    const result = run({
      adapters: { cache: 3, affinity: true, loads: [1] },
      requests: [ours(1, 2, 0), ours(30, 2, 0)],
    });
    expect(fates(result)).toEqual(['6-9 cold', '35-38 cold']);
  });

  it('the load of another tenant takes its value and is not counted; loads belong to the hour of arrival', () => {
    // One container. Theirs loads for 1, ours of 2 waits from 2 to 10 and loads for 2, in hour 0. The third in hour 1.
    const result = run({
      duration: 40,
      hour: 5,
      max: 1,
      keepWarm: [[0, 1]],
      adapters: { cache: 1, affinity: false, loads: [1, 2, 3] },
      requests: [[0, 9, 'theirs', 0], ours(2, 1, 1), ours(6, 1, 2)],
    });
    expect(fates(result)).toEqual(['0-10', '10-13', '13-17']);
    expect(result.hours.map((row) => row.adapter_loads)).toEqual([1, 1, 0, 0, 0, 0, 0, 0]);
  });

  it('the load is cut with the service, is counted, and leaves the adapter in the container', () => {
    // Loading takes 4, the timeout is 3.
    const result = run({
      keepWarm: [[0, 1]],
      timeout: 3,
      adapters: { cache: 1, affinity: false, loads: [4] },
      requests: [ours(0, 2, 0), ours(10, 2, 0), ours(20, 3, 0)],
    });
    expect(fates(result)).toEqual(['0-3 failed', '10-12', '20-23']);
    expect(hour(result, 0, 'adapter_loads', 'failed', 'cut_us')).toEqual({
      adapter_loads: 1,
      failed: 1,
      cut_us: 3,
    });
  });

  // Three warm containers A, B, C take the adapters 0, 1, 2 (by most-recent in the order C, B, A) and are idle since 6.
  const three = (
    dispatch: TwinWorld['dispatch'],
    affinity: boolean,
    dice: number[],
    requests: Row[],
  ): string[] =>
    fates(
      run({
        max: 3,
        keepWarm: [[0, 3]],
        dispatch,
        dice,
        adapters: { cache: 2, affinity, loads: [1] },
        requests: [ours(0, 5, 0), ours(0, 5, 1), ours(0, 5, 2), ...requests],
      }),
    ).slice(3);

  it.each(['most-recent', 'least-recent', 'random'] as const)(
    '%s: with affinity an arrival goes to the container that holds its adapter',
    (dispatch) => {
      // B holds adapter 1; without affinity C is taken by most-recent, A by the others (die 0), which must load.
      expect(three(dispatch, true, [0], [ours(10, 5, 1)])).toEqual(['10-15']);
      expect(three(dispatch, false, [0], [ours(10, 5, 1)])).toEqual(['10-16']);
    },
  );

  it.each([
    ['most-recent', [0], [1, 2, 0]],
    ['least-recent', [0], [1, 2, 0]],
    // The dice of the first five arrivals that find somebody idle are 0; then floor(0.9 x 2) = 1, which is B.
    ['random', [0, 0, 0, 0, 0, 0.9, 0], [0, 2, 1]],
  ] as const)(
    '%s: among those that hold it the dispatch rule decides',
    (dispatch, dice, [first, second, third]) => {
      // At 10 two containers take adapter 3 beside their first one: C, B by most-recent; A, B by the others. They are
      // idle since 16, the third one since 6. At 20 one of the two serves adapter 3 until 60. Most-recent takes C,
      // which holds 0; least-recent A, which holds 0 (and not C, idle for longer); random B, which holds 1. Of the
      // first three adapters those of the two others are still held, and that of the one which is busy is not.
      const probes = [ours(21, 1, first), ours(23, 1, second), ours(25, 1, third)];
      const result = three(
        dispatch,
        true,
        [...dice],
        [ours(10, 5, 3), ours(10, 5, 3), ours(20, 40, 3), ...probes],
      );
      expect(result).toEqual(['10-16', '10-16', '20-60', '21-22', '23-24', '25-27']);
    },
  );

  it('if no idle container holds it, or the request needs none, all of them are candidates', () => {
    // Adapter 7: most-recent takes C and loads. It holds 0 and 7 then: 0 is a hit at 20. At 30, who needs none takes
    // C, idle for the shortest time, until 35: adapter 0 of 31 must be loaded elsewhere.
    expect(
      three('most-recent', true, [0], [ours(10, 5, 7), ours(20, 5, 0), ours(30, 5, -1), ours(31, 1, 0)]),
    ).toEqual(['10-16', '20-25', '30-35', '31-33']);
  });

  it('who waits takes the first container that gets free, whatever it holds', () => {
    // B serves adapter 0 until 10, A adapter 1 until 6. Adapter 0 of 2 is taken by A and loaded there: 6-10.
    const result = run({
      max: 2,
      keepWarm: [[0, 2]],
      adapters: { cache: 1, affinity: true, loads: [1] },
      requests: [ours(0, 9, 0), ours(0, 5, 1), ours(2, 3, 0)],
    });
    expect(fates(result)).toEqual(['0-10', '0-6', '6-10']);
    expect(hour(result, 0, 'adapter_loads')).toEqual({ adapter_loads: 3 });
  });
});
