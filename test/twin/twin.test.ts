import { describe, expect, it } from 'vitest';
import { runTwin, type TwinHour, type TwinResult, type TwinWorld } from './twin.ts';

// Tiny worlds, calculated by hand. All times in this file are whole seconds.

const SECOND = 1_000_000;

/** Arrival and service in seconds; a third value 'theirs' is a request of another tenant. */
type Row = [arrival: number, service: number, whose?: 'theirs'];

interface Seconds {
  begin?: number;
  duration?: number;
  hour?: number;
  day?: number;
  start?: 'warm' | 'empty';
  /** Time of day to containers. */
  keepWarm?: [at: number, containers: number][];
  max?: number;
  buffer?: number;
  queueLimit?: number;
  deadline?: number;
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
    scaling: { rule: 'load', buffer: world.buffer ?? 0 },
    timeout_us: Infinity,
    deadline_us: Infinity,
    creations: undefined,
    rounding_us: 0,
    adapters: undefined,
    nextLoad_us: () => 0,
    queueLimit: world.queueLimit ?? Infinity,
    startDeadline_us: (world.deadline ?? Infinity) * SECOND,
    dispatch: world.dispatch ?? 'most-recent',
    nextColdStart_us: values(world.coldStarts ?? [5], SECOND),
    nextWindow_us: values(world.windows ?? [4], SECOND),
    nextDispatch: values(world.dice ?? [0], 1),
    requests: world.requests.map(([arrival, service, whose]) => ({
      arrival_us: arrival * SECOND,
      service_us: service * SECOND,
      images: 1,
      ours: whose === undefined,
      adapter: -1,
    })),
  });
}

/** '15-18' served from 15 to 18, '15-18 cold' by a container that it had waited for, or what else became of it. */
function fates(result: TwinResult): string[] {
  return result.outcomes.map((one) => {
    if (one.outcome !== 'completed') {
      expect([one.start_us, one.end_us]).toEqual([Number.NaN, Number.NaN]);
      return one.outcome;
    }
    return `${one.start_us / SECOND}-${one.end_us / SECOND}${one.cold ? ' cold' : ''}`;
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
      deadline: 6,
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
      deadline: 3,
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
      deadline: 0,
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
      deadline: 0,
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
