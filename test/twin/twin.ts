/**
 * The slow twin: the pool of docs/MODEL.md once more, as plainly as it can be written, to be compared with
 * the fast engine request by request and hour by hour. It shares no code with it. Everything is found by
 * looking through whole lists, and no total is kept while the clock runs: containers and requests only
 * remember their spells, and the hours are cut out of these at the very end.
 *
 * All times are integer microseconds.
 */

export interface TwinRequest {
  arrival_us: number;
  service_us: number;
  images: number;
  /** false: another tenant's request, served but never reported. */
  ours: boolean;
  /** The adapter it needs; -1: none. */
  adapter: number;
}

export type TwinScaling =
  | { rule: 'load'; buffer: number }
  | { rule: 'request-count'; value: number }
  | { rule: 'queue-delay'; value_us: number; period_us: number };

export interface TwinWorld {
  /** 0, or minus the duration for `start: cycle`: the first pass then runs on negative times. */
  begin_us: number;
  /** What is reported is [0, duration). */
  duration_us: number;
  /** The length of an hour; hours are counted from 0, and a last, shorter one is kept. */
  hour_us: number;
  /** The length of a day, for the keep_warm table. */
  day_us: number;
  /** The state at begin_us. */
  start: 'warm' | 'empty';
  /** The daily table, sorted by time of day; a constant is one entry at 0. */
  keepWarm: { at_us: number; containers: number }[];
  maxContainers: number;
  scaling: TwinScaling;
  /** Infinity: none. */
  timeout_us: number;
  /** From the entry into the pool to the end of the service; Infinity: none. */
  deadline_us: number;
  creations: { limit: number; period_us: number; retries: boolean } | undefined;
  /** 0: lives are not rounded. */
  rounding_us: number;
  adapters: { cache: number; affinity: boolean } | undefined;
  /** The n-th load of an adapter takes the n-th value. */
  nextLoad_us: () => number;
  /** Infinity: none. */
  queueLimit: number;
  /** Infinity: none. */
  startDeadline_us: number;
  dispatch: 'most-recent' | 'least-recent' | 'random';
  /** The n-th start of the pool takes the n-th value. */
  nextColdStart_us: () => number;
  /** The n-th idle spell of the pool takes the n-th value. */
  nextWindow_us: () => number;
  /** Uniform in [0, 1); asked for random dispatch only. */
  nextDispatch: () => number;
  /** In the order of processing: by time, at one time ours before the background. */
  requests: TwinRequest[];
}

export interface TwinOutcome {
  /** NaN unless it was started: completed, failed or canceled. */
  start_us: number;
  /** NaN unless it was started. */
  end_us: number;
  cold: boolean;
  outcome: 'completed' | 'failed' | 'canceled' | 'rejected' | 'aborted';
}

/** Request quantities by the hour of arrival, time quantities by the hour in which the time passes. */
export interface TwinHour {
  requests: number;
  completed: number;
  rejected: number;
  aborted: number;
  images: number;
  cold_requests: number;
  latency_us: number;
  wait_us: number;
  cold_wait_us: number;
  run_us: number;
  starting_us: number;
  busy_us: number;
  idle_us: number;
  alive_us: number;
  floor_us: number;
  cold_starts: number;
  containers_max: number;
  failed: number;
  canceled: number;
  cut_us: number;
  adapter_loads: number;
  rounding_us: number;
}

export interface TwinResult {
  /** The same index as in the world's requests, also for those that are not reported. */
  outcomes: TwinOutcome[];
  hours: TwinHour[];
  /** The whole pool's service after the end of the duration. */
  after_end_busy_us: number;
  /** Reported requests waiting or held back at each hour's end, before anything happens at that very instant. */
  backlog: number[];
}

type State = 'starting' | 'idle' | 'busy';

/** From `from` up to, not including, `to`; `to` is Infinity as long as the spell lasts. */
interface Span {
  from: number;
  to: number;
}

interface Spell extends Span {
  state: State;
}

interface Container {
  /** Every spell since it was started, or since begin if it was warm then. The last one is the current. */
  spells: Spell[];
  /** When it is due: starting: it is ready; busy: its service ends; idle: its idle window ends. */
  due: number;
  /** The adapters it served, the latest last, each once. */
  adapters: number[];
  /** Whether it has been stopped. */
  stopped: boolean;
}

/** Everything that a run leaves behind for the accounts. */
interface History {
  /** All containers that ever were, in the order in which they were started. */
  containers: Container[];
  outcomes: TwinOutcome[];
  /** For each request whether its container had to load its adapter. */
  loaded: boolean[];
  /** For each request the span of its waiting; null if it never waited. */
  waits: (Span | null)[];
}

export function runTwin(world: TwinWorld): TwinResult {
  checkWorld(world);
  return accounts(world, simulate(world));
}

function checkWorld(world: TwinWorld): void {
  let last = world.begin_us;
  for (const request of world.requests) {
    if (request.arrival_us < last) throw new Error('twin: an arrival is out of order or before the begin');
    if (request.arrival_us >= world.duration_us) throw new Error('twin: an arrival at or after the end');
    if (request.service_us < 1) throw new Error('twin: a service of no length');
    last = request.arrival_us;
  }
}

// ---------------------------------------------------------------------------------------- keep_warm

/** The latest entry at or before this time of day; before the first entry the last one's value holds. */
function keepWarmAt(world: TwinWorld, time: number): number {
  const timeOfDay = time - Math.floor(time / world.day_us) * world.day_us;
  let containers = world.keepWarm[world.keepWarm.length - 1]!.containers;
  for (const entry of world.keepWarm) {
    if (entry.at_us <= timeOfDay) containers = entry.containers;
  }
  return containers;
}

/** The first instant after `time` at which an entry of the table takes effect. */
function nextKeepWarmChange(world: TwinWorld, time: number): number {
  const midnight = Math.floor(time / world.day_us) * world.day_us;
  let next = Infinity;
  for (const entry of world.keepWarm) {
    for (const change of [midnight + entry.at_us, midnight + world.day_us + entry.at_us]) {
      if (change > time) next = Math.min(next, change);
    }
  }
  return next;
}

// --------------------------------------------------------------------------------------- simulation

function simulate(world: TwinWorld): History {
  const { requests } = world;

  /** Every container that ever was, and those of them that are alive; both in the order of start. */
  const everyContainer: Container[] = [];
  let alive: Container[] = [];
  /** The waiting requests (their indices), first come first. */
  let queue: number[] = [];
  /** Requests that the creation limit holds back, first come first. */
  const held: number[] = [];
  /** The window of the creation limit and how many entered in it. */
  let window = Number.NaN;
  let entered = 0;
  /** When each request entered the pool. */
  const entries: number[] = [];
  /** The index of the next request to arrive. */
  let arrived = 0;
  const loaded: boolean[] = requests.map(() => false);

  const outcomes: TwinOutcome[] = [];
  const waits: (Span | null)[] = requests.map(() => null);

  let now = world.begin_us;

  // What a container can do. -----------------------------------------------------------------------

  function spellOf(container: Container): Spell {
    return container.spells[container.spells.length - 1]!;
  }

  function inState(state: State): Container[] {
    return alive.filter((container) => spellOf(container).state === state);
  }

  function addContainer(): Container {
    const container: Container = { spells: [], due: Infinity, adapters: [], stopped: false };
    everyContainer.push(container);
    alive.push(container);
    return container;
  }

  function enter(container: Container, state: State, length: number): void {
    if (container.spells.length > 0) spellOf(container).to = now;
    container.spells.push({ state, from: now, to: Infinity });
    container.due = now + length;
  }

  /** Rule 4: the window is drawn anew each time that a container becomes idle. */
  function becomeIdle(container: Container): void {
    enter(container, 'idle', world.nextWindow_us());
  }

  function serve(container: Container, request: number, cold: boolean): void {
    const full = requests[request]!.service_us + loadOf(container, request);
    const left = Math.max(1, entries[request]! + world.deadline_us - now);
    const timeout = Math.max(1, world.timeout_us);
    const service = Math.min(full, left, timeout);
    let outcome: TwinOutcome['outcome'] = 'completed';
    if (service < full) outcome = service === timeout ? 'failed' : 'canceled';
    outcomes[request] = { start_us: now, end_us: now + service, cold, outcome };
    enter(container, 'busy', service);
  }

  /** How long the container must load the request's adapter; afterwards it holds it as the latest. */
  function loadOf(container: Container, request: number): number {
    const { adapter } = requests[request]!;
    if (world.adapters === undefined || adapter < 0) return 0;
    const holds = container.adapters.includes(adapter);
    container.adapters = [...container.adapters.filter((other) => other !== adapter), adapter];
    container.adapters = container.adapters.slice(-world.adapters.cache);
    if (holds) return 0;
    loaded[request] = true;
    return world.nextLoad_us();
  }

  /** Rule 2: whichever container becomes free takes the head of the queue; if there is none it is idle. */
  function becomeFree(container: Container, hasJustStarted: boolean): void {
    const head = queue.shift();
    if (head === undefined) {
      becomeIdle(container);
    } else {
      waits[head]!.to = now;
      serve(container, head, hasJustStarted);
    }
  }

  function stop(container: Container): void {
    spellOf(container).to = now;
    container.stopped = true;
    alive = alive.filter((other) => other !== container);
  }

  // Rule 1. ----------------------------------------------------------------------------------------

  function desired(): number {
    const load = queue.length + inState('busy').length;
    const { scaling } = world;
    let needed = 0;
    if (scaling.rule === 'load' && load > 0) needed = load + scaling.buffer;
    if (scaling.rule === 'request-count') needed = Math.ceil(load / scaling.value);
    return Math.min(world.maxContainers, Math.max(keepWarmAt(world, now), needed));
  }

  function startWhatIsMissing(): void {
    while (alive.length < desired()) startOne();
  }

  function startOne(): void {
    enter(addContainer(), 'starting', world.nextColdStart_us());
  }

  /** Checks are due at whole multiples of the period after the begin of the pass, but not at its begin. */
  function isCheck(time: number): boolean {
    if (world.scaling.rule !== 'queue-delay') return false;
    const begin = time < 0 ? world.begin_us : 0;
    return time > begin && (time - begin) % world.scaling.period_us === 0;
  }

  function periodicCheck(): void {
    const { scaling } = world;
    if (scaling.rule !== 'queue-delay' || !isCheck(now) || queue.length === 0) return;
    const waited = now - entries[queue[0]!]!;
    if (waited > scaling.value_us && alive.length < world.maxContainers) startOne();
  }

  // Rule 3. ----------------------------------------------------------------------------------------

  function pick(everyIdle: Container[], request: number): Container {
    const { adapter } = requests[request]!;
    const holders = everyIdle.filter((container) => container.adapters.includes(adapter));
    const idle = world.adapters?.affinity && adapter >= 0 && holders.length > 0 ? holders : everyIdle;
    if (world.dispatch === 'random') return idle[Math.floor(world.nextDispatch() * idle.length)]!;
    let choice = idle[0]!;
    for (const container of idle) {
      const since = spellOf(container).from;
      const best = spellOf(choice).from;
      // The list is in the order of start: of containers that are idle equally long, `>=` leaves the one
      // started last and `<` the one started first.
      if (world.dispatch === 'most-recent' ? since >= best : since < best) choice = container;
    }
    return choice;
  }

  // The steps of one instant. ----------------------------------------------------------------------

  function servicesEnd(): void {
    for (const container of inState('busy')) {
      if (container.due === now) becomeFree(container, false);
    }
  }

  function coldStartsEnd(): void {
    for (const container of inState('starting')) {
      if (container.due === now) becomeFree(container, true);
    }
  }

  function startDeadlines(): void {
    const late = queue.filter((request) => latestStart(request) <= now);
    queue = queue.filter((request) => !late.includes(request));
    for (const request of late) {
      waits[request]!.to = now;
      outcomes[request] = { start_us: Number.NaN, end_us: Number.NaN, cold: false, outcome: 'aborted' };
    }
  }

  function latestStart(request: number): number {
    return entries[request]! + Math.min(world.startDeadline_us, world.deadline_us);
  }

  function warmContainersOfTheBegin(): void {
    const containers = Math.min(world.maxContainers, keepWarmAt(world, now));
    for (let i = 0; i < containers; i++) becomeIdle(addContainer());
  }

  function arrivals(): void {
    while (arrived < requests.length && requests[arrived]!.arrival_us === now) {
      const request = arrived;
      arrived += 1;
      if (world.creations === undefined || !requests[request]!.ours) {
        enterPool(request);
      } else if (held.length === 0 && enteredNow() < world.creations.limit) {
        entered += 1;
        enterPool(request);
      } else if (world.creations.retries) {
        waits[request] = { from: now, to: Infinity };
        held.push(request);
      } else {
        reject(request);
      }
    }
  }

  /** How many have entered in the window of now. */
  function enteredNow(): number {
    const current = Math.floor(now / world.creations!.period_us);
    if (current !== window) {
      window = current;
      entered = 0;
    }
    return entered;
  }

  /** At the begin of a window those held back enter, as many as may. */
  function letIn(): void {
    if (world.creations === undefined || now % world.creations.period_us !== 0) return;
    while (held.length > 0 && enteredNow() < world.creations.limit) {
      entered += 1;
      enterPool(held.shift()!);
    }
  }

  function reject(request: number): void {
    const wait = waits[request];
    if (wait) wait.to = now;
    outcomes[request] = { start_us: Number.NaN, end_us: Number.NaN, cold: false, outcome: 'rejected' };
  }

  function enterPool(request: number): void {
    entries[request] = now;
    const idle = inState('idle');
    if (idle.length > 0) {
      const wait = waits[request];
      if (wait) wait.to = now;
      serve(pick(idle, request), request, false);
    } else if (queue.length >= world.queueLimit) {
      reject(request);
    } else {
      waits[request] ??= { from: now, to: Infinity };
      queue.push(request);
      if (world.scaling.rule === 'queue-delay' && alive.length === 0) startOne();
    }
    startWhatIsMissing();
  }

  /** Rule 4. Looks at all idle containers, so also at those whose windows ended long ago. */
  function idleWindowsEnd(): void {
    while (alive.length > desired()) {
      let first: Container | undefined;
      for (const container of inState('idle')) {
        // `<` over the order of start: of windows that ended together, the container started first goes.
        if (container.due <= now && (first === undefined || container.due < first.due)) first = container;
      }
      if (first === undefined) return;
      stop(first);
    }
  }

  // The clock. -------------------------------------------------------------------------------------

  /** The least of all instants after now at which something may happen. */
  function nextInstant(): number {
    const instants = [nextKeepWarmChange(world, now)];
    if (arrived < requests.length) instants.push(requests[arrived]!.arrival_us);
    for (const request of queue) instants.push(latestStart(request));
    if (held.length > 0) {
      const { period_us } = world.creations!;
      instants.push((Math.floor(now / period_us) + 1) * period_us);
    }
    if (world.scaling.rule === 'queue-delay' && queue.length > 0) {
      // Every check, also those that will find nothing to do.
      const { period_us } = world.scaling;
      const begin = now < 0 ? world.begin_us : 0;
      const next = begin + (Math.floor((now - begin) / period_us) + 1) * period_us;
      instants.push(now < 0 && next >= 0 ? period_us : next);
    }
    for (const container of alive) instants.push(container.due);
    // Overdue containers are due in the past. They need no instant of their own: alive > desired can only
    // come true by a change of keep_warm or by a request that leaves, and those are instants anyway.
    return Math.min(...instants.filter((instant) => instant > now));
  }

  function isAnyoneHere(): boolean {
    return queue.length > 0 || held.length > 0 || inState('busy').length > 0;
  }

  if (world.start === 'warm') warmContainersOfTheBegin();
  while (now < world.duration_us || isAnyoneHere()) {
    servicesEnd();
    coldStartsEnd(); // those begun before this instant: none has been begun at it yet
    startDeadlines(); // a deadline of 0 finds nobody here: who waits at the end of an instant has a longer one
    startWhatIsMissing(); // keep_warm changes and the starts of the begin
    periodicCheck();
    letIn();
    arrivals();
    coldStartsEnd(); // those of zero length begun at this instant: all others were seen to above
    startDeadlines(); // deadlines of 0: all others were seen to above
    idleWindowsEnd();
    now = nextInstant();
  }

  return { containers: everyContainer, outcomes, waits, loaded };
}

// ----------------------------------------------------------------------------------------- accounts

/** For how long two spans are on at the same time. */
function overlap(a: Span, b: Span): number {
  return Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from));
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** The pieces of an hour between the instants at which a container comes or goes or keep_warm changes. */
function piecesOf(hour: Span, lives: Span[], world: TwinWorld): Span[] {
  const cuts = [hour.from, hour.to];
  for (const life of lives) cuts.push(life.from, life.to);
  let change = nextKeepWarmChange(world, hour.from);
  while (change < hour.to) {
    cuts.push(change);
    change = nextKeepWarmChange(world, change);
  }
  const inside = cuts.filter((cut) => cut >= hour.from && cut <= hour.to).sort((a, b) => a - b);
  const pieces: Span[] = [];
  for (let i = 1; i < inside.length; i++) {
    const piece = { from: inside[i - 1]!, to: inside[i]! };
    if (piece.from < piece.to) pieces.push(piece);
  }
  return pieces;
}

function accounts(world: TwinWorld, history: History): TwinResult {
  const { containers, outcomes, waits, loaded } = history;
  const { requests } = world;

  const hourSpans: Span[] = [];
  for (let from = 0; from < world.duration_us; from += world.hour_us) {
    hourSpans.push({ from, to: Math.min(from + world.hour_us, world.duration_us) });
  }
  const after: Span = { from: world.duration_us, to: Infinity };

  const spells = containers.flatMap((container) => container.spells);
  const lives = containers.map((container) => ({
    from: container.spells[0]!.from,
    to: container.spells[container.spells.length - 1]!.to,
  }));
  // A container that was warm at the begin has an idle first spell and is not a start.
  const starts = containers.map((container) => container.spells[0]!).filter((s) => s.state === 'starting');
  const reported = requests.map((_, index) => index).filter((index) => isReported(requests[index]!));

  function isReported(request: TwinRequest): boolean {
    return request.ours && request.arrival_us >= 0;
  }

  function timeIn(state: State, span: Span): number {
    return sum(spells.filter((spell) => spell.state === state).map((spell) => overlap(spell, span)));
  }

  function contains(span: Span, time: number): boolean {
    return span.from <= time && time < span.to;
  }

  /** From the end of a container's life to the next whole unit. */
  function roundingOf(container: Container): number {
    const life = container.spells.at(-1)!.to - container.spells[0]!.from;
    return Math.ceil(life / world.rounding_us) * world.rounding_us - life;
  }

  const hours = hourSpans.map((hour): TwinHour => {
    const own = reported.filter((index) => contains(hour, requests[index]!.arrival_us));
    const completed = own.filter((index) => outcomes[index]!.outcome === 'completed');
    const cut = own.filter((index) => ['failed', 'canceled'].includes(outcomes[index]!.outcome));
    const started = [...completed, ...cut];
    const stoppedNow = containers.filter((one) => one.stopped && contains(hour, one.spells.at(-1)!.to));
    const pieces = piecesOf(hour, lives, world).map((piece) => ({
      length: piece.to - piece.from,
      alive: lives.filter((life) => life.from <= piece.from && piece.to <= life.to).length,
      keepWarm: keepWarmAt(world, piece.from),
    }));
    return {
      requests: own.length,
      completed: completed.length,
      rejected: own.filter((index) => outcomes[index]!.outcome === 'rejected').length,
      aborted: own.filter((index) => outcomes[index]!.outcome === 'aborted').length,
      images: sum(completed.map((index) => requests[index]!.images)),
      cold_requests: started.filter((index) => outcomes[index]!.cold).length,
      latency_us: sum(completed.map((index) => outcomes[index]!.end_us - requests[index]!.arrival_us)),
      wait_us: sum(started.map((index) => outcomes[index]!.start_us - requests[index]!.arrival_us)),
      cold_wait_us: sum(
        started.map((index) =>
          outcomes[index]!.cold ? outcomes[index]!.start_us - requests[index]!.arrival_us : 0,
        ),
      ),
      run_us: sum(completed.map((index) => outcomes[index]!.end_us - outcomes[index]!.start_us)),
      starting_us: timeIn('starting', hour),
      busy_us: timeIn('busy', hour),
      idle_us: timeIn('idle', hour),
      alive_us: sum(lives.map((life) => overlap(life, hour))),
      floor_us: sum(pieces.map((piece) => piece.length * Math.min(piece.alive, piece.keepWarm))),
      cold_starts: starts.filter((spell) => contains(hour, spell.from)).length,
      containers_max: Math.max(...pieces.map((piece) => piece.alive)),
      failed: own.filter((index) => outcomes[index]!.outcome === 'failed').length,
      canceled: own.filter((index) => outcomes[index]!.outcome === 'canceled').length,
      cut_us: sum(cut.map((index) => outcomes[index]!.end_us - outcomes[index]!.start_us)),
      adapter_loads: own.filter((index) => loaded[index]).length,
      rounding_us: world.rounding_us === 0 ? 0 : sum(stoppedNow.map(roundingOf)),
    };
  });

  /** Came before this instant and has not left before it. */
  function isWaitingJustBefore(index: number, instant: number): boolean {
    const wait = waits[index];
    return wait != null && wait.from < instant && instant <= wait.to;
  }

  return {
    outcomes,
    hours,
    after_end_busy_us: timeIn('busy', after),
    backlog: hourSpans.map((hour) => reported.filter((index) => isWaitingJustBefore(index, hour.to)).length),
  };
}
