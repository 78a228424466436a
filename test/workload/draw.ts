import { streamsOf } from '../../src/random/stream.ts';
import { newBatch } from '../../src/workload/batch.ts';
import { instantsBefore as allBefore } from '../../src/workload/processes/instants.ts';
import type { ArrivalProcess } from '../../src/workload/processes/process.ts';
import { type ProcessSpec, processKind } from '../../src/workload/processes/table.ts';
import type { SourceSpec } from '../../src/workload/source.ts';
import { Workload } from '../../src/workload/workload.ts';

export interface Make {
  /** One replication of one seed: other streams for other numbers. */
  replication?: number;
  rateScale?: number;
  begin_us?: number;
  end_us?: number;
}

export function makeProcess(spec: ProcessSpec, made: Make = {}): ArrivalProcess {
  const { replication = 0, rateScale = 1, begin_us = 0, end_us = Number.POSITIVE_INFINITY } = made;
  return processKind(spec).make(spec, {
    streams: streamsOf('workload', replication),
    begin_us,
    end_us,
    rateScale,
  });
}

/** What a process writes when it is filled in pieces; it stops early if the process does. */
export function fillIn(process: ArrivalProcess, pieces: readonly number[]): Record<string, number[]> {
  const { batch, at } = filled(process, pieces);
  const first = (values: Float64Array) => plain(values, at);
  return { arrival_us: first(batch.arrival_us), size: first(batch.size), images: first(batch.images) };
}

/** The first numbers; by Array.from it would take five times as long. */
function plain(values: Float64Array, count: number): number[] {
  const out: number[] = [];
  for (let i = 0; i < count; i++) out.push(values[i]!);
  return out;
}

function filled(process: ArrivalProcess, pieces: readonly number[]) {
  const batch = newBatch(pieces.reduce((sum, piece) => sum + piece, 0));
  let at = 0;
  for (const piece of pieces) {
    const end = process.fill(batch, at, at + piece);
    const isDone = end < at + piece;
    at = end;
    if (isDone) break;
  }
  return { batch, at };
}

/** The first instants of a process, at most `count`. */
export function firstInstants(spec: ProcessSpec, count: number, made: Make = {}): number[] {
  const { batch, at } = filled(makeProcess(spec, made), [count]);
  return plain(batch.arrival_us, at);
}

/** All instants of a process before an end, in microseconds. */
export function instantsBefore(spec: ProcessSpec, end_us: number, made: Make = {}): number[] {
  return allBefore(makeProcess(spec, { ...made, end_us }), end_us);
}

/** How many arrivals there are before an instant, one entry a replication. */
export function counts(spec: ProcessSpec, end_us: number, replications: number, rateScale = 1): Float64Array {
  const out = new Float64Array(replications);
  const batch = newBatch(64);
  for (let replication = 0; replication < replications; replication++) {
    const process = makeProcess(spec, { replication, rateScale });
    for (let filled = 64, before = 64; filled === 64 && before === 64; ) {
      filled = process.fill(batch, 0, 64);
      before = filled;
      while (before > 0 && batch.arrival_us[before - 1]! >= end_us) before--;
      out[replication]! += before;
    }
  }
  return out;
}

/** A source of one image and of work 1 a request, unless told otherwise. */
export function sourceOf(process: ProcessSpec, rest: Partial<SourceSpec> = {}): SourceSpec {
  const one = { distribution: 'constant', value: 1 } as const;
  return { name: process.process, process, rate_scale: 1, images: one, work: one, ...rest };
}

/** A request as it comes out of a workload. */
export interface Request {
  readonly arrival_us: number;
  readonly size: number;
  readonly images: number;
  readonly source: number;
}

export interface Window {
  begin_us?: number;
  end_us?: number;
  /** Requests drawn at a time. */
  length?: number;
  replication?: number;
}

/** All requests of some sources. */
export function requestsOf(sources: readonly SourceSpec[], window: Window = {}): Request[] {
  const { begin_us = 0, end_us = 3600e6, length = 100, replication = 0 } = window;
  const streams = streamsOf('workload', replication);
  const streamsFor = (source: string) => (name: string) => streams(`traffic/${source}/${name}`);
  const workload = new Workload(sources, streamsFor, begin_us, end_us, length);
  const requests: Request[] = [];
  for (let batch = workload.next(); batch !== null; batch = workload.next()) {
    for (let i = 0; i < batch.count; i++) {
      requests.push({
        arrival_us: batch.arrival_us[i]!,
        size: batch.size[i]!,
        images: batch.images[i]!,
        source: batch.source[i]!,
      });
    }
  }
  return requests;
}
