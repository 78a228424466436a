import type { Reply, Request } from './protocol.ts';
import { answers, type Question } from './work.ts';

/** Milliseconds of work between two looks for a newer request. */
const PACE_MS = 12;

class Superseded extends Error {}

let newest = -1;
const channel = new MessageChannel();
let resume = () => {};
/** Lets messages in. A message to oneself comes sooner than a timer, which browsers hold back. */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    resume = resolve;
    channel.port2.postMessage(null);
  });
}

function post(reply: Reply): void {
  self.postMessage(reply);
}

async function answer(request: Question): Promise<void> {
  const { id } = request;
  let last = performance.now();
  const giveWay = async () => {
    if (performance.now() - last < PACE_MS) return;
    await pause();
    if (id !== newest) throw new Superseded();
    last = performance.now();
  };
  try {
    for await (const one of answers(request, giveWay)) {
      if (id !== newest) return;
      post({ id, answer: one });
    }
    post({ id, answer: { kind: 'done' } });
  } catch (error) {
    if (error instanceof Superseded) return;
    post({ id, answer: { kind: 'fault', message: String((error as Error).stack ?? error) } });
  }
}

/** Answers what the page asks, in a worker. */
export function serveEngine(): void {
  channel.port1.onmessage = () => resume();
  self.onmessage = ({ data }: MessageEvent<Request>) => {
    newest = data.id;
    const { scenario } = data;
    if (scenario !== undefined) void answer({ ...data, scenario });
  };
}
